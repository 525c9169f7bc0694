import { expect, test } from 'vitest';
import { enterFirm } from '../../../src/competitions/entries/enter-firm.ts';
import { ageBand } from '../../../src/competitions/entries/participation/age-bands.ts';
import {
  countChangedParticipation,
  countParticipation,
} from '../../../src/competitions/entries/participation/count-participation.ts';
import { branchParts, participationOf, partsBy } from '../../../src/competitions/entries/participation/queries.ts';
import { withdrawOwnEntry } from '../../../src/competitions/entries/withdraw-entry.ts';
import { accepted, aKey, aUnion } from '../../unions/tree.ts';
import { aCompetition, aPerson, aScene, enter, importAll, type Scene, silent } from './world.ts';

const all = { first: 100, after: undefined };

async function figures({ deps }: Scene, competitionId: string) {
  return (await participationOf(deps.db.manager, [competitionId])).get(competitionId);
}

async function parts(
  { deps }: Scene,
  competitionId: string,
  dimension: 'firm_type' | 'sex' | 'age_band' | 'skill_level',
) {
  const found = (await partsBy(deps.db.manager, dimension, [competitionId])).get(competitionId) ?? [];
  return Object.fromEntries(found.map(({ value, ...figure }) => [value, figure]));
}

test('participation is counted by branch, firm type, sex, age band and level, of what stands', async () => {
  const scene = await aScene();
  const { deps, province, east, west, eastWorks, westWorks } = scene;
  const competitionId = await aCompetition(scene);
  const nowhere = await aUnion(deps, west, '西市街道工会', 'district');
  const people = [
    await aPerson(scene, eastWorks, { sex: 'female', birthDate: '2002-01-01' }),
    await aPerson(scene, eastWorks, { sex: 'male', birthDate: '1980-01-01' }),
    await aPerson(scene, westWorks, { sex: 'male' }),
    await aPerson(scene, nowhere, { sex: 'female', birthDate: '1980-01-01' }),
  ];
  for (const person of people) accepted(await enter(deps, person, competitionId));
  const gone = await aPerson(scene, westWorks, { sex: 'male' });
  const entryId = accepted(await enter(deps, gone, competitionId));
  accepted(await withdrawOwnEntry(deps, gone.caller, aKey(), { entryId }));
  await countParticipation(deps, competitionId);
  const now = deps.clock.now();
  expect(await figures(scene, competitionId)).toMatchObject({ firms: 2, entries: 4, members: 4, countedAt: now });
  expect(await parts(scene, competitionId, 'firm_type')).toEqual({
    little_giant: { firms: 1, entries: 2, members: 2 },
    specialised: { firms: 1, entries: 1, members: 1 },
    unknown: { firms: 0, entries: 1, members: 1 },
  });
  const ofPeople = (members: number) => ({ firms: null, entries: null, members });
  expect(await parts(scene, competitionId, 'sex')).toEqual({ female: ofPeople(2), male: ofPeople(2) });
  expect(await parts(scene, competitionId, 'age_band')).toEqual({
    under_25: ofPeople(1),
    '45_to_54': ofPeople(2),
    unknown: ofPeople(1),
  });
  expect(await parts(scene, competitionId, 'skill_level')).toEqual({ unknown: ofPeople(4) });
  const below = await branchParts(deps.db.manager, competitionId, province, all);
  expect(below.items).toEqual([
    { value: east, firms: 1, entries: 2, members: 2 },
    { value: west, firms: 1, entries: 2, members: 2 },
  ]);
  expect((await branchParts(deps.db.manager, competitionId, west, { first: 1, after: undefined })).items).toHaveLength(
    1,
  );
});

test('the people who take part for firms are counted with their firms', async () => {
  const scene = await aScene();
  const { deps, caller, eastWorks, westWorks } = scene;
  const competitionId = await aCompetition(scene, { entrant: 'firm', trade: null });
  for (const unionId of [eastWorks, westWorks])
    accepted(await enterFirm(deps, caller, aKey(), { competitionId, divisionId: null, unionId }));
  const { name, staffNumber } = await aPerson(scene, eastWorks);
  await importAll(deps, caller, { competitionId, unionId: eastWorks }, [
    ['姓名', '工号'],
    [name, staffNumber],
  ]);
  expect(await figures(scene, competitionId)).toMatchObject({ firms: 2, entries: 2, members: 1 });
});

test('the job counts a competition while its entries may change, and once after, and no more', async () => {
  const scene = await aScene();
  const { deps, eastWorks } = scene;
  const competitionId = await aCompetition(scene);
  const countedAt = async () => (await figures(scene, competitionId))?.countedAt;
  deps.clock.set('2026-02-10T00:00:00+08:00');
  await countChangedParticipation(deps, silent);
  expect(await countedAt()).toBeUndefined();
  deps.clock.set('2026-03-15T00:00:00+08:00');
  accepted(await enter(deps, await aPerson(scene, eastWorks), competitionId));
  await countChangedParticipation(deps, silent);
  expect(await figures(scene, competitionId)).toMatchObject({ members: 1 });
  deps.clock.set('2026-04-15T01:00:00+08:00');
  await countChangedParticipation(deps, silent);
  const last = deps.clock.now();
  deps.clock.advance({ hours: 1 });
  await countChangedParticipation(deps, silent);
  expect(await countedAt()).toEqual(last);
});

test('every age is in one band', () => {
  const bands = [24, 25, 34, 35, 44, 45, 54, 55, null].map((age) => ageBand(age));
  const expected = ['under_25', '25_to_34', '25_to_34', '35_to_44', '35_to_44', '45_to_54', '45_to_54', 'from_55'];
  expect(bands).toEqual([...expected, 'unknown']);
});
