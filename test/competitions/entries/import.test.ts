import { createReadStream, existsSync } from 'node:fs';
import { beforeEach, expect, test } from 'vitest';
import { enterFirm } from '../../../src/competitions/entries/enter-firm.ts';
import { checkEntries } from '../../../src/competitions/entries/import/check-entries.ts';
import { enterStaged } from '../../../src/competitions/entries/import/enter-staged.ts';
import { importEntries } from '../../../src/competitions/entries/import/import-entries.ts';
import { receiveEntries } from '../../../src/competitions/entries/import/upload-entries.ts';
import { entriesOf } from '../../../src/competitions/entries/queries.ts';
import { setQuota } from '../../../src/competitions/entries/set-quota.ts';
import { cancelCompetition } from '../../../src/competitions/plan/cancel-competition.ts';
import type { ReportProgress } from '../../../src/platform/jobs.ts';
import { Overtaken } from '../../../src/unions/roster/batches.ts';
import { pathOf } from '../../../src/unions/roster/stored-file.ts';
import { inFile, xlsx } from '../../unions/roster/files.ts';
import { accepted, aKey, anAdmin, auditTrail, refused } from '../../unions/tree.ts';
import {
  aCompetition,
  aPerson,
  aScene,
  check,
  enter,
  importAll,
  problems,
  type Scene,
  type SomePerson,
  silent,
  TEAMS,
  theImport,
  upload,
  whoIsIn,
} from './world.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await aScene();
});

const HEADINGS = ['姓名', '工号', '单位'];
const row = ({ name, staffNumber }: SomePerson, union = '东厂工会') => [name, staffNumber, union];

async function crowd(size: number): Promise<SomePerson[]> {
  const people: SomePerson[] = [];
  for (let i = 0; i < size; i++) people.push(await aPerson(scene, scene.eastWorks));
  return people;
}

/** Lets a job report so many batches and then dies, as a killed process does. */
function diesAfter(batches: number): ReportProgress {
  let left = batches;
  return async () => {
    left -= 1;
    if (left === 0) throw new Error('killed');
  };
}

test('the check enters nobody; the import enters the good rows, each bad one is told with its reason, and the file is gone', async () => {
  const { deps, caller, east, westWorks } = scene;
  const competitionId = await aCompetition(scene);
  const people = (await crowd(3)) as [SomePerson, SomePerson, SomePerson];
  accepted(await enter(deps, people[2], competitionId));
  const stranger = await aPerson(scene, westWorks);
  const frozen = await aPerson(scene, scene.eastWorks, { state: 'frozen' });
  const table = [
    HEADINGS,
    row(people[0]),
    ['改名', people[1].staffNumber, '东厂工会'],
    row(people[1]),
    row(people[0]),
    row(people[2]),
    ['无此人', 'X-1', '东厂工会'],
    row(stranger, '西厂工会'),
    row(frozen),
    ['', people[1].staffNumber, '东厂工会'],
  ];
  const found = [
    '3 姓名 NAME_DIFFERS',
    '5 姓名 SAME_MEMBER',
    '6 姓名 ALREADY_ENTERED',
    '7 姓名 NOT_ON_ROLL',
    '8 单位 UNION_UNKNOWN',
    '9 姓名 MEMBER_NOT_ACTIVE',
    '10 姓名 NAME_MISSING',
    '10 姓名 SAME_MEMBER',
  ];
  const checked = await check(deps, caller, { competitionId, unionId: east }, table);
  expect(checked.problems).toEqual(found);
  expect(checked.one).toMatchObject({ state: 'checked', rowsRead: 9, rowsGood: 2, rowsBad: 7, entriesMade: 0 });
  expect(existsSync(pathOf(deps.config, checked.one))).toBe(false);
  expect(await whoIsIn(deps, competitionId)).toHaveLength(1);
  deps.clock.advance({ hours: 1 });
  accepted(await importEntries(deps, caller, aKey(), { id: checked.id }));
  const askedAt = deps.clock.now();
  deps.clock.advance({ hours: 1 });
  await enterStaged(deps, checked.id, silent);
  expect(await theImport(deps, checked.id)).toMatchObject({
    state: 'imported',
    rowsDone: 2,
    entriesMade: 2,
    rowsBad: 7,
    finishedAt: deps.clock.now(),
  });
  const { items } = await entriesOf(deps.db.manager, { competitionId }, { first: 9, after: undefined });
  expect(items.map(({ name }) => name).sort()).toEqual(people.map(({ name }) => name).sort());
  expect(items[1]).toMatchObject({ enteredAt: askedAt, enteredBy: caller.actor, kind: 'individual' });
  expect(await deps.db.query('SELECT * FROM entry_import_row')).toEqual([]);
  expect((await auditTrail(deps)).map(({ action }) => action).slice(-2)).toEqual(['uploadEntries', 'importEntries']);
});

test('following rows of one team make it; a team with a bad row is not entered at all, and each row says why', async () => {
  const { deps, caller, eastWorks } = scene;
  const competitionId = await aCompetition(scene, TEAMS);
  const [a, b, c, d, e, f, g] = (await crowd(7)) as [
    SomePerson,
    SomePerson,
    SomePerson,
    SomePerson,
    SomePerson,
    SomePerson,
    SomePerson,
  ];
  const member = ({ name, staffNumber }: SomePerson, team: string, role: string) => [name, staffNumber, team, role];
  const { one, problems: found } = await importAll(deps, caller, { competitionId, unionId: eastWorks }, [
    ['姓名', '工号', '队名', '角色'],
    member(a, '一队', '队长'),
    member(b, '一队', '队员'),
    member(c, '一队', '替补'),
    member(d, '二队', '队长'),
    member(a, '二队', '队员'),
    member(e, '三队', '队长'),
    member(f, '四队', '队长'),
    member(g, '四队', '领队'),
    member(d, '', '队员'),
  ]);
  expect(found).toEqual([
    '5  TEAM_NOT_WHOLE',
    '6 姓名 SAME_MEMBER',
    '7  TEAM_UNDER_STRENGTH',
    '8  TEAM_NOT_WHOLE',
    '9 角色 ROLE_UNKNOWN',
    '10 队名 TEAM_MISSING',
  ]);
  expect(one).toMatchObject({ rowsRead: 9, rowsGood: 3, rowsBad: 6, entriesMade: 1 });
  const expected = [`${a.name} captain`, `${b.name} member`, `${c.name} substitute`];
  expect(await whoIsIn(deps, competitionId)).toEqual(expected);
});

test('where firms enter, rows become part of the entries of their firms', async () => {
  const { deps, caller, province, eastWorks } = scene;
  const competitionId = await aCompetition(scene, { entrant: 'firm', trade: null });
  accepted(await enterFirm(deps, caller, aKey(), { competitionId, divisionId: null, unionId: eastWorks }));
  const [one, two] = (await crowd(2)) as [SomePerson, SomePerson];
  const other = await aPerson(scene, scene.westWorks);
  const table = [HEADINGS, row(one), row(two), row(other, '西厂工会'), row(one)];
  const { one: done, problems: found } = await importAll(deps, caller, { competitionId, unionId: province }, table);
  expect(found).toEqual(['4  FIRM_NOT_ENTERED', '5 姓名 SAME_MEMBER']);
  expect(done).toMatchObject({ entriesMade: 0, rowsDone: 2 });
  expect(await whoIsIn(deps, competitionId)).toEqual([`${one.name} member`, `${two.name} member`].sort());
  const again = await check(deps, caller, { competitionId, unionId: province }, [HEADINGS, row(two)]);
  expect(again.problems).toEqual(['2  ALREADY_ENTERED']);
});

test('the dry run counts the room in quotas, and what is taken meanwhile is told after the import', async () => {
  const { deps, caller, east } = scene;
  const competitionId = await aCompetition(scene);
  accepted(await setQuota(deps, caller, aKey(), { competitionId, unionId: east, atMost: 2 }));
  const people = (await crowd(4)) as [SomePerson, SomePerson, SomePerson, SomePerson];
  const table = [HEADINGS, row(people[0]), row(people[1]), row(people[2])];
  const { id, problems: found } = await check(deps, caller, { competitionId, unionId: east }, table);
  expect(found).toEqual(['4  QUOTA_FULL']);
  accepted(await enter(deps, people[3], competitionId));
  accepted(await importEntries(deps, caller, aKey(), { id }));
  await enterStaged(deps, id, silent);
  expect(await problems(deps, id)).toEqual(['3  QUOTA_FULL', '4  QUOTA_FULL']);
  expect(await theImport(deps, id)).toMatchObject({ state: 'imported', entriesMade: 1, rowsDone: 2, rowsBad: 2 });
});

test('an import is asked for before the deadline, once, by an admin of the branch; a cancelled competition ends it', async () => {
  const { deps, caller, east, west } = scene;
  const competitionId = await aCompetition(scene);
  const [person] = (await crowd(1)) as [SomePerson];
  const target = { competitionId, unionId: east };
  const id = await upload(deps, caller, target, [HEADINGS, row(person)]);
  expect(await importEntries(deps, caller, aKey(), { id })).toMatchObject(refused('IMPORT_NOT_CHECKED'));
  await checkEntries(deps, id, silent);
  const western = await anAdmin(deps, [west]);
  expect(await importEntries(deps, western, aKey(), { id })).toMatchObject(refused('IMPORT_UNKNOWN'));
  deps.clock.set('2026-04-01T00:00:00+08:00');
  expect(await importEntries(deps, caller, aKey(), { id })).toMatchObject(refused('ENTRY_CLOSED'));
  const late = receiveEntries(deps, caller, { ...target, fileName: 'a.csv' }, createReadStream(inFile('x')));
  expect(await late).toMatchObject(refused('ENTRY_CLOSED'));
  deps.clock.set('2026-03-31T23:59:59+08:00');
  accepted(await importEntries(deps, caller, aKey(), { id }));
  expect(await importEntries(deps, caller, aKey(), { id })).toMatchObject(refused('IMPORT_STARTED'));
  deps.clock.set('2026-04-01T00:10:00+08:00');
  accepted(await cancelCompetition(deps, caller, aKey(), { competitionId, reason: '经费未到位' }));
  await enterStaged(deps, id, silent);
  expect(await theImport(deps, id)).toMatchObject({ state: 'failed', failureCode: 'COMPETITION_OVER' });
  expect(await whoIsIn(deps, competitionId)).toEqual([]);
});

test('what is no table of people fails with a reason', async () => {
  const { deps, caller, east } = scene;
  const competitionId = await aCompetition(scene);
  const { one } = await check(deps, caller, { competitionId, unionId: east }, [
    ['姓名', '队名'],
    ['甲', '一队'],
  ]);
  expect(one).toMatchObject({ state: 'failed', failureCode: 'HEADINGS_MISSING' });
});

test('a workbook is read like a text; killed between batches and run again, check and import end as if they never died', async () => {
  const { deps, caller, east } = scene;
  const competitionId = await aCompetition(scene);
  const people = await crowd(1100);
  const table = [HEADINGS, ...people.map((person) => row(person)), row(people[0]!)];
  const file = inFile(await xlsx(table));
  const upload = { competitionId, unionId: east, fileName: '报名.xlsx' };
  const id = accepted(await receiveEntries(deps, caller, upload, createReadStream(file)));
  await expect(checkEntries(deps, id, diesAfter(2))).rejects.toThrow('killed');
  await checkEntries(deps, id, silent);
  expect(await problems(deps, id)).toEqual(['1102 姓名 SAME_MEMBER']);
  expect(await theImport(deps, id)).toMatchObject({ state: 'checked', rowsRead: 1101, rowsGood: 1100, rowsBad: 1 });
  accepted(await importEntries(deps, caller, aKey(), { id }));
  await expect(enterStaged(deps, id, diesAfter(1))).rejects.toThrow('killed');
  const runs = await Promise.allSettled([enterStaged(deps, id, silent), enterStaged(deps, id, silent)]);
  for (const run of runs) if (run.status === 'rejected') expect(run.reason).toBeInstanceOf(Overtaken);
  await enterStaged(deps, id, silent);
  expect(await theImport(deps, id)).toMatchObject({ state: 'imported', rowsDone: 1100, entriesMade: 1100 });
  const [{ n }] = await deps.db.query('SELECT COUNT(DISTINCT member_id) AS n FROM entry_member WHERE left_at IS NULL');
  expect(Number(n)).toBe(1100);
  const [{ n: rows }] = await deps.db.query('SELECT COUNT(*) AS n FROM entry');
  expect(Number(rows)).toBe(1100);
});
