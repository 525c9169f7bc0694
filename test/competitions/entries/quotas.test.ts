import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { QuotaRoom } from '../../../src/competitions/entries/quotas.ts';
import { setQuota } from '../../../src/competitions/entries/set-quota.ts';
import { withdrawOwnEntry } from '../../../src/competitions/entries/withdraw-entry.ts';
import { accepted, aKey, anAdmin, auditTrail, refused } from '../../unions/tree.ts';
import { aCompetition, aPerson, aScene, enter, type Scene, whoIsIn } from './world.ts';

let scene: Scene;
let competitionId: string;

beforeEach(async () => {
  scene = await aScene();
  competitionId = await aCompetition(scene);
});

const set = (unionId: string, atMost: number | null, caller = scene.caller) =>
  setQuota(scene.deps, caller, aKey(), { competitionId, unionId, atMost });

const entered = async (unionId: string) => {
  const [row] = await scene.deps.db.query('SELECT entered FROM entry_quota WHERE union_id = ?', [unionId]);
  return row?.entered;
};

test('of many who enter at once as many stand as the quota of their city allows, and no more', async () => {
  const { deps, east, eastWorks, westWorks } = scene;
  accepted(await set(east, 3));
  const crowd = await Promise.all(Array.from({ length: 8 }, () => aPerson(scene, eastWorks)));
  const outcomes = await Promise.all(crowd.map((person) => enter(deps, person, competitionId)));
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(3);
  expect(outcomes.filter(({ ok }) => !ok)).toMatchObject(Array(5).fill(refused('QUOTA_FULL')));
  expect(await entered(east)).toBe(3);
  accepted(await enter(deps, await aPerson(scene, westWorks), competitionId));
  expect(await whoIsIn(deps, competitionId)).toHaveLength(4);
});

test('a place that is given back can be taken by somebody else', async () => {
  const { deps, east, eastWorks } = scene;
  accepted(await set(east, 1));
  const [first, second] = [await aPerson(scene, eastWorks), await aPerson(scene, eastWorks)];
  const entryId = accepted(await enter(deps, first, competitionId));
  expect(await enter(deps, second, competitionId)).toMatchObject(refused('QUOTA_FULL'));
  accepted(await withdrawOwnEntry(deps, first.caller, aKey(), { entryId }));
  accepted(await enter(deps, second, competitionId));
  expect(await entered(east)).toBe(1);
});

test('a quota counts what stands already, is not set below that, and can be taken away', async () => {
  const { deps, east, eastWorks, province } = scene;
  for (let i = 0; i < 2; i++) accepted(await enter(deps, await aPerson(scene, eastWorks), competitionId));
  expect(await set(east, 1)).toMatchObject(refused('QUOTA_BELOW_ENTERED'));
  expect(await set(east, -1)).toMatchObject(refused('QUOTA_OUT_OF_RANGE'));
  accepted(await set(east, 2));
  accepted(await set(province, 5));
  expect(await entered(east)).toBe(2);
  expect(await enter(deps, await aPerson(scene, eastWorks), competitionId)).toMatchObject(refused('QUOTA_FULL'));
  expect(await entered(province)).toBe(2);
  accepted(await set(east, null));
  expect((await auditTrail(deps)).at(-1)).toMatchObject({ before: { atMost: 2 }, after: { atMost: null } });
  accepted(await enter(deps, await aPerson(scene, eastWorks), competitionId));
  expect(await entered(province)).toBe(3);
});

test('quotas are set by the union of the competition alone', async () => {
  const { deps, east } = scene;
  expect(await set(east, 9, await anAdmin(deps, [east]))).toMatchObject(refused('COMPETITION_UNKNOWN'));
  expect(await set(competitionId, 9)).toMatchObject(refused('UNION_UNKNOWN'));
});

test('an entry takes a place in every quota on its path, or in none', () => {
  const unions = ['a', 'b', 'c'];
  const quotas = fc.array(fc.nat(3), { minLength: 3, maxLength: 3 });
  const asked = fc.array(fc.constantFrom('/a/', '/a/b/', '/a/c/', '/d/'), { maxLength: 12 });
  fc.assert(
    fc.property(quotas, asked, (atMost, paths) => {
      const quota = (unionId: string, i: number) => ({ unionId, unionName: unionId, atMost: atMost[i]!, entered: 0 });
      const room = new QuotaRoom(new Map(unions.map((id, i) => [id, quota(id, i)])));
      const inside = paths.filter((path) => room.take(path) === undefined);
      const takings = new Map(room.takings());
      for (const [i, id] of unions.entries()) {
        const count = inside.filter((path) => path.includes(`/${id}/`)).length;
        expect(takings.get(id) ?? 0).toBe(count);
        expect(count).toBeLessThanOrEqual(atMost[i]!);
      }
    }),
    { numRuns: 50 },
  );
});
