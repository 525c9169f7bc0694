import { expect, test } from 'vitest';
import { newId } from '../../src/platform/ids.ts';
import { changeProgramme } from '../../src/unions/change-programme.ts';
import { createProgrammeAs } from '../../src/unions/create-programme.ts';
import { coversMember, findProgrammes, programmesIn, programmesOfMember, unionPath } from '../../src/unions/queries.ts';
import { countQueries } from '../support/count-queries.ts';
import { aKey, aMember, anAdmin, aProgramme, aTree, auditTrail, refused } from './tree.ts';

const terms = { name: '幸福账户', pointPriceFen: 10, pointsLiveDays: 365, undoMinutes: 10 };

test('a member is covered by the programmes from the root down to her union, and by no others', async () => {
  const { deps, province, east, west, eastWorks, westWorks } = await aTree();
  const ofWorks = await aProgramme(deps, eastWorks, '厂积分');
  const ofCity = await aProgramme(deps, east, '市积分');
  const ofProvince = await aProgramme(deps, province, '省积分');
  const ofWest = await aProgramme(deps, west, '西市积分');
  const [inWorks, inCity, inWest] = [
    await aMember(deps, eastWorks),
    await aMember(deps, east),
    await aMember(deps, westWorks),
  ];
  const nobody = newId();
  const covering = await programmesOfMember(deps.db.manager, [inWorks, inCity, inWest, nobody]);
  const ids = (memberId: string) => covering.get(memberId)?.map((programme) => programme.id);
  expect(ids(inWorks)).toEqual([ofProvince, ofCity, ofWorks]);
  expect(ids(inCity)).toEqual([ofProvince, ofCity]);
  expect(ids(inWest)).toEqual([ofProvince, ofWest]);
  expect(ids(nobody)).toEqual([]);
  const path = (await unionPath(deps.db.manager, eastWorks)) ?? '';
  const [city, western] = [
    await findProgrammes(deps.db.manager, [ofCity]),
    await findProgrammes(deps.db.manager, [ofWest]),
  ];
  expect([coversMember(city[0]!, path), coversMember(western[0]!, path)]).toEqual([true, false]);
});

test('the programmes of a hundred members take no more statements than those of one', async () => {
  const { deps, eastWorks, westWorks } = await aTree();
  await aProgramme(deps, eastWorks, '厂积分');
  const ids: string[] = [];
  for (let i = 0; i < 100; i++) ids.push(await aMember(deps, i % 2 ? eastWorks : westWorks));
  const count = (some: string[]) => countQueries(deps.db, () => programmesOfMember(deps.db.manager, some));
  expect([await count(ids.slice(0, 1)), await count(ids)]).toEqual([2, 2]);
});

test('an admin makes a programme and changes some of its terms, and the audit says what was before', async () => {
  const { deps, east } = await aTree();
  const admin = await anAdmin(deps, [east]);
  const made = await createProgrammeAs(deps, admin, aKey(), { unionId: east, ...terms });
  if (!made.ok) throw new Error(made.refusal.code);
  const id = made.value;
  expect(await changeProgramme(deps, admin, aKey(), { id, pointPriceFen: 12 })).toEqual(made);
  expect(await changeProgramme(deps, admin, aKey(), { id, pointPriceFen: 12 })).toEqual(made);
  expect(await findProgrammes(deps.db.manager, [id])).toMatchObject([{ ...terms, pointPriceFen: 12, unionId: east }]);
  expect(await auditTrail(deps)).toMatchObject([
    { action: 'createProgramme', targetId: id, unionId: east, before: null, after: { unionId: east, ...terms } },
    { action: 'changeProgramme', targetId: id, unionId: east, before: terms, after: { ...terms, pointPriceFen: 12 } },
  ]);
});

test('two admins who change different terms at once both succeed and lose nothing', async () => {
  const { deps, east } = await aTree();
  const [one, other] = [await anAdmin(deps, [east]), await anAdmin(deps, [east])];
  const id = await aProgramme(deps, east, '幸福账户');
  const outcomes = await Promise.all([
    changeProgramme(deps, one, aKey(), { id, pointsLiveDays: 730 }),
    changeProgramme(deps, other, aKey(), { id, undoMinutes: 30 }),
  ]);
  expect(outcomes).toEqual([
    { ok: true, value: id },
    { ok: true, value: id },
  ]);
  expect(await findProgrammes(deps.db.manager, [id])).toMatchObject([{ pointsLiveDays: 730, undoMinutes: 30 }]);
});

test.each([
  [{ name: ' ' }, 'NAME_MALFORMED', 'name'],
  [{ pointPriceFen: -1 }, 'TERM_OUT_OF_RANGE', 'pointPriceFen'],
  [{ pointPriceFen: 0.5 }, 'TERM_OUT_OF_RANGE', 'pointPriceFen'],
  [{ pointsLiveDays: 0 }, 'TERM_OUT_OF_RANGE', 'pointsLiveDays'],
  [{ pointsLiveDays: 36_501 }, 'TERM_OUT_OF_RANGE', 'pointsLiveDays'],
  [{ undoMinutes: 1_441 }, 'TERM_OUT_OF_RANGE', 'undoMinutes'],
  [{ name: '厂积分' }, 'PROGRAMME_NAME_TAKEN', 'name'],
])('terms like %j are refused, both new and changed', async (bad, code, at) => {
  const { deps, east } = await aTree();
  const admin = await anAdmin(deps, [east]);
  await aProgramme(deps, east, '厂积分');
  const id = await aProgramme(deps, east, '幸福账户');
  const before = await deps.db.query('SELECT * FROM programme ORDER BY id');
  const refusal = { ok: false, refusal: { code, at } };
  expect(await createProgrammeAs(deps, admin, aKey(), { unionId: east, ...terms, ...bad })).toMatchObject(refusal);
  expect(await changeProgramme(deps, admin, aKey(), { id, ...bad })).toMatchObject(refusal);
  expect(await deps.db.query('SELECT * FROM programme ORDER BY id')).toEqual(before);
  expect(await auditTrail(deps)).toEqual([]);
});

test('an admin of another branch sees no programme here, makes none and changes none', async () => {
  const { deps, province, east, west, eastWorks } = await aTree();
  const id = await aProgramme(deps, east, '幸福账户');
  await aProgramme(deps, province, '省积分');
  for (const stranger of [await anAdmin(deps, [west]), await anAdmin(deps, [eastWorks])]) {
    expect(await createProgrammeAs(deps, stranger, aKey(), { unionId: east, ...terms })).toMatchObject(
      refused('UNION_UNKNOWN'),
    );
    expect(await changeProgramme(deps, stranger, aKey(), { id, undoMinutes: 0 })).toMatchObject(
      refused('PROGRAMME_UNKNOWN'),
    );
    const branches = stranger.grants.map((grant) => grant.unionPath);
    expect(await programmesIn(deps.db.manager, branches, { first: 10, after: undefined })).toMatchObject({ items: [] });
  }
  expect(await findProgrammes(deps.db.manager, [id])).toMatchObject([terms]);
  expect(await auditTrail(deps)).toEqual([]);
});
