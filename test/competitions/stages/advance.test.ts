import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Advance } from '../../../src/competitions/plan/stage.entity.ts';
import { nameWildCard } from '../../../src/competitions/stages/name-wild-card.ts';
import { advancing, type PlaceToJudge } from '../../../src/competitions/stages/who-advances.ts';
import { accepted, aKey, auditTrail, refused } from '../../unions/tree.ts';
import { aFinal, aHeat } from '../plan/world.ts';
import { aStageWorld, FINAL, HEATS } from './world.ts';

describe('who advances', () => {
  const rankings = fc
    .array(fc.record({ total: fc.integer({ min: 0, max: 20 }), branch: fc.constantFrom('a', 'b', 'c') }), {
      maxLength: 40,
    })
    .map((all) => all.sort((a, b) => b.total - a.total).map((one, i): PlaceToJudge => ({ ...one, place: i + 1 })));
  const n = fc.integer({ min: 1, max: 12 });
  const going = (rule: Advance, ranking: readonly PlaceToJudge[]) => ranking.filter(advancing(rule));

  test('by the first n are exactly n, or all where there are fewer, and nobody stands above them', () => {
    fc.assert(
      fc.property(rankings, n, (ranking, most) => {
        expect(going({ kind: 'top', n: most }, ranking)).toEqual(ranking.slice(0, most));
      }),
      { numRuns: 100 },
    );
  });

  test('by the first n of each branch are exactly n of each, or all of it, and the best of it', () => {
    fc.assert(
      fc.property(rankings, n, (ranking, most) => {
        const found = going({ kind: 'top_per_branch', n: most, unionKind: 'city' }, ranking);
        for (const branch of ['a', 'b', 'c']) {
          const ofBranch = (one: PlaceToJudge) => one.branch === branch;
          expect(found.filter(ofBranch)).toEqual(ranking.filter(ofBranch).slice(0, most));
        }
      }),
      { numRuns: 100 },
    );
  });

  test('by a threshold are those who reach it and no others; by all, all', () => {
    fc.assert(
      fc.property(rankings, fc.integer({ min: 0, max: 20 }), (ranking, score) => {
        const found = going({ kind: 'threshold', score }, ranking);
        expect(found).toEqual(ranking.filter(({ total }) => total >= score));
        expect(going({ kind: 'all' }, ranking)).toEqual(ranking);
      }),
      { numRuns: 100 },
    );
  });
});

test('the first of each city go on from a stage of the province, and begin the next one', async () => {
  const { deps, province, competition, eastWorks, westWorks, made, advanced, open, candidates } = await aStageWorld();
  const perCity = { kind: 'top_per_branch', n: 1, unionKind: 'city' } as const;
  const stages = [aFinal(province), aHeat(province, { level: 'province', round: 'semi_final', advance: perCity })];
  const { entryIds, stageIds } = await competition({ stages }, [eastWorks, eastWorks, westWorks, westWorks]);
  const [final, semi] = stageIds as [string, string];
  deps.clock.set(HEATS);
  await made(semi, [70, 90, 50, 60]);
  expect((await advanced(semi)).map(({ entryId, place, kind }) => [entryId, place, kind])).toEqual([
    [entryIds[1], 1, 'rule'],
    [entryIds[3], 3, 'rule'],
  ]);
  deps.clock.set(FINAL);
  accepted(await open(final));
  expect(await candidates(final)).toEqual([entryIds[1], entryIds[3]]);
});

test('wild cards are named with a reason once the ranking is final, as many as the plan has, until the next stage begins', async () => {
  const world = await aStageWorld();
  const { deps, admin, competition, heats, inNotice, afterNotice, advanced, open, candidates } = world;
  const { entryIds, stageIds } = await competition(heats({ wildCards: 1 }), Array(4).fill(world.eastWorks));
  const [final, east] = stageIds as [string, string];
  const name = (entryId: string, reason = '特殊贡献', stageId = east) =>
    nameWildCard(deps, admin, aKey(), { stageId, entryId, reason });
  deps.clock.set(HEATS);
  await inNotice(east, [60, 70, 80, 90]);
  expect(await name(entryIds[0]!)).toMatchObject(refused('ADVANCE_TOO_EARLY'));
  await afterNotice();
  expect(await name(entryIds[0]!, '')).toMatchObject(refused('REASON_NEEDED'));
  expect(await name(entryIds[3]!)).toMatchObject(refused('ENTRY_ADVANCED'));
  expect(await name(final)).toMatchObject(refused('ENTRY_UNKNOWN'));
  expect(await name(entryIds[0]!, '特殊贡献', final)).toMatchObject(refused('STAGE_IS_LAST'));
  const [one, other] = await Promise.all([name(entryIds[0]!), name(entryIds[1]!)]);
  expect([one, other].filter(({ ok }) => ok)).toHaveLength(1);
  expect([one, other].find(({ ok }) => !ok)).toMatchObject(refused('WILD_CARDS_USED'));
  const named = one.ok ? entryIds[0] : entryIds[1];
  expect(await advanced(east)).toMatchObject([
    { entryId: entryIds[3], kind: 'rule', reason: null },
    { entryId: named, kind: 'wild_card', reason: '特殊贡献', namedBy: admin.actor },
  ]);
  expect((await auditTrail(deps)).at(-1)).toMatchObject({ action: 'nameWildCard', after: { entryId: named } });
  deps.clock.set(FINAL);
  accepted(await open(final));
  expect(new Set(await candidates(final))).toEqual(new Set([entryIds[3], named]));
  expect(await name(entryIds[2]!)).toMatchObject(refused('STAGE_BEGUN'));
});
