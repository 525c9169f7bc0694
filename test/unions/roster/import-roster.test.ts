import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { decrypt } from '../../../src/identity/personal-data.ts';
import type { ReportProgress } from '../../../src/platform/jobs.ts';
import { checkRoster } from '../../../src/unions/roster/check-roster.ts';
import { importMembers } from '../../../src/unions/roster/import-members.ts';
import { importRoster } from '../../../src/unions/roster/import-roster.ts';
import { missingMembersOf } from '../../../src/unions/roster/queries.ts';
import { pathOf } from '../../../src/unions/roster/stored-file.ts';
import type { TestDeps } from '../../support/deps.ts';
import { accepted, aKey, aMember, anAdmin, aTree, auditTrail, refused } from '../tree.ts';
import { inventedId, inventedPhone } from './files.ts';
import { check, figures, importAll, problems, roll, silent, theImport, upload } from './people.ts';

const HEADINGS = ['姓名', '身份证号', '手机号', '工号', '单位', '入职日期', '出生日期', '性别'];

let scene: Awaited<ReturnType<typeof aTree>> & { caller: Awaited<ReturnType<typeof anAdmin>> };

beforeEach(async () => {
  const tree = await aTree();
  scene = { ...tree, caller: await anAdmin(tree.deps, [tree.east]) };
});

/** Rows of so many people, each right. */
function crowd(size: number, from = 0): string[][] {
  return Array.from({ length: size }, (_, i) => {
    const n = from + i;
    const birthDate = new Date(Date.UTC(1970, 0, 1 + Math.floor(n / 400))).toISOString().slice(0, 10);
    const union = n % 3 === 0 ? '' : '东厂工会';
    return [`测试${n}`, inventedId(n % 400, birthDate), inventedPhone(n), `A${n}`, union, '2019-03-05', '', ''];
  });
}

/** Lets a job report so many batches and then dies, as a killed process does. */
function diesAfter(batches: number): ReportProgress {
  let left = batches;
  return async () => {
    left -= 1;
    if (left === 0) throw new Error('killed');
  };
}

async function started(content: string[][], isFull = false): Promise<string> {
  const { deps, caller, east } = scene;
  const { id, one } = await check(deps, caller, east, content, isFull);
  expect(one.state).toBe('checked');
  accepted(await importRoster(deps, caller, aKey(), id));
  return id;
}

test('good rows become members, with what the ID number tells, and personal data enciphered', async () => {
  const { deps, caller, east, eastWorks } = scene;
  const { one } = await importAll(deps, caller, east, [
    HEADINGS,
    ['测试甲', inventedId(1), inventedPhone(1), 'A1', '东厂工会', '2019-03-05', '', ''],
    ['测试乙', '', '', 'A2', '', '', '1980-01-02', '女'],
  ]);
  expect(one).toMatchObject({ state: 'imported', finishedAt: deps.clock.now() });
  expect(figures(one)).toEqual({
    rowsRead: 2,
    rowsDone: 2,
    rowsBad: 0,
    membersCreated: 2,
    membersUpdated: 0,
    membersUnchanged: 0,
  });
  const now = deps.clock.now();
  expect(await roll(deps)).toMatchObject([
    {
      unionId: eastWorks,
      name: '测试甲',
      staffNumber: 'A1',
      sex: 'male',
      birthDate: '1990-03-07',
      joinedOn: '2019-03-05',
      state: 'active',
      createdAt: now,
      updatedAt: now,
    },
    {
      unionId: east,
      name: '测试乙',
      staffNumber: 'A2',
      sex: 'female',
      birthDate: '1980-01-02',
      joinedOn: null,
      idNumberHash: null,
      phoneHash: null,
    },
  ]);
  const [row] = await deps.db.query('SELECT * FROM member WHERE staff_number = ?', ['A1']);
  const open = (purpose: string, cipher: Buffer) => decrypt(deps.config.personalData, purpose, cipher);
  expect(open('member.id-number', row.id_number_cipher)).toBe(inventedId(1));
  expect(open('member.phone', row.phone_cipher)).toBe(inventedPhone(1));
  expect(existsSync(pathOf(deps.config, one))).toBe(false);
});

test('a member is found by ID number, else by staff number, and gets what the file gives and no more', async () => {
  const { deps, caller, east, eastWorks } = scene;
  const byId = await aMember(deps, eastWorks, {
    name: '旧名',
    idNumber: inventedId(1),
    phone: inventedPhone(1),
    staffNumber: 'A1',
  });
  const byStaff = await aMember(deps, eastWorks, { name: '测试乙', staffNumber: 'A2', phone: inventedPhone(2) });
  const same = await aMember(deps, eastWorks, { name: '测试丙', staffNumber: 'A3' });
  const before = await roll(deps);
  deps.clock.advance({ days: 1 });
  const { one } = await importAll(deps, caller, east, [
    HEADINGS,
    ['测试甲', inventedId(1), '', '', '东市总工会', '', '', ''],
    ['测试乙', inventedId(2), inventedPhone(3), 'a2', '东厂工会', '', '', ''],
    ['测试丙', '', '', 'A3', '东厂工会', '', '', ''],
  ]);
  expect(figures(one)).toMatchObject({ membersCreated: 0, membersUpdated: 2, membersUnchanged: 1 });
  const after = await roll(deps);
  const of = (id: string, rows: typeof after) => rows.find((row) => row.id === id)!;
  const now = deps.clock.now();
  expect(of(byId, after)).toEqual({
    ...of(byId, before),
    unionId: east,
    name: '测试甲',
    sex: 'male',
    birthDate: '1990-03-07',
    updatedAt: now,
  });
  expect(of(byStaff, after)).toMatchObject({ staffNumber: 'a2', name: '测试乙', sex: 'female', updatedAt: now });
  expect(of(byStaff, after).phoneHash).not.toBe(of(byStaff, before).phoneHash);
  expect(of(same, after)).toEqual(of(same, before));
});

test('beginning to work and joining the union are two days, and a file without one of them leaves it as it was', async () => {
  const { deps, caller, east } = scene;
  const row = (...days: string[]) => ['测试甲', inventedId(1), ...days];
  await importAll(deps, caller, east, [
    ['姓名', '身份证号', '参加工作时间', '加入工会时间'],
    row('2012-07-01', '2013-05-04'),
  ]);
  const both = { joinedOn: '2012-07-01', unionJoinedOn: '2013-05-04' };
  expect(await roll(deps)).toMatchObject([both]);
  const [before] = await roll(deps);
  deps.clock.advance({ days: 1 });
  for (const file of [
    [['姓名', '身份证号'], row()],
    [['姓名', '身份证号', '入职日期'], row('2012-07-01')],
    [['姓名', '身份证号', '入会日期'], row('')],
  ]) {
    await importAll(deps, caller, east, file);
    expect(await roll(deps)).toEqual([before]);
  }
  const { one } = await importAll(deps, caller, east, [['姓名', '身份证号', '入会日期'], row('2013-05-05')]);
  expect(figures(one)).toMatchObject({ membersUpdated: 1 });
  expect(await roll(deps)).toEqual([{ ...before, unionJoinedOn: '2013-05-05', updatedAt: deps.clock.now() }]);
});

test('a row without a union leaves a member in the union where the member is', async () => {
  const { deps, caller, east, eastWorks } = scene;
  const id = await aMember(deps, eastWorks, { name: '测试甲', idNumber: inventedId(1), staffNumber: 'A1' });
  await importAll(deps, caller, east, [HEADINGS, ['测试甲', inventedId(1), '', 'A9', '', '', '', '']]);
  expect(await roll(deps)).toMatchObject([{ id, unionId: eastWorks, staffNumber: 'A9' }]);
});

test('bad rows are skipped and stay reported, and good rows beside them are imported', async () => {
  const { deps, caller, east } = scene;
  const { one, problems } = await importAll(deps, caller, east, [
    HEADINGS,
    ['测试甲', inventedId(1), '', '', '', '', '', ''],
    ['测试乙', '123', '', '', '', '', '', ''],
    ['测试丙', inventedId(3), '', '', '', '', '', ''],
  ]);
  expect(problems).toEqual(['3 身份证号 ID_NUMBER_FORM']);
  expect(figures(one)).toEqual({
    rowsRead: 3,
    rowsDone: 3,
    rowsBad: 1,
    membersCreated: 2,
    membersUpdated: 0,
    membersUnchanged: 0,
  });
  expect((await roll(deps)).map((row) => row.name)).toEqual(['测试丙', '测试甲']);
});

test('the same file a second time changes nothing', async () => {
  const { deps, caller, east } = scene;
  const file = [HEADINGS, ...crowd(1500)];
  expect(figures((await importAll(deps, caller, east, file)).one)).toMatchObject({ membersCreated: 1500 });
  const before = await roll(deps);
  deps.clock.advance({ days: 1 });
  const { one, problems } = await importAll(deps, caller, east, file);
  expect(problems).toEqual([]);
  expect(figures(one)).toMatchObject({ membersCreated: 0, membersUpdated: 0, membersUnchanged: 1500 });
  expect(await roll(deps)).toEqual(before);
});

/** What a file may say: few values, so that rows and members meet in every way there is. */
function filesOfFewValues() {
  const maybe = (values: string[]) => fc.constantFrom('', ...values);
  const row = fc.tuple(
    fc.constantFrom('测试甲', '测试乙'),
    maybe([inventedId(1), inventedId(2), inventedId(3)]),
    maybe([inventedPhone(1), inventedPhone(2)]),
    maybe(['A1', 'a1', 'A2']),
    maybe(['东厂工会', '东市总工会']),
    maybe(['2019-03-05', '2020-01-01']),
    fc.constant(''),
    fc.constant(''),
  );
  return fc.tuple(fc.array(row, { minLength: 1, maxLength: 4 }), fc.array(row, { minLength: 1, maxLength: 5 }));
}

/** Empties the roll and imports a file, so that some members are on it. */
async function rollOf(file: string[][]): Promise<void> {
  const { deps, caller, east } = scene;
  await deps.db.query('DELETE FROM roster_missing');
  await deps.db.query('DELETE FROM member');
  await importAll(deps, caller, east, [HEADINGS, ...file]);
}

test('whatever a file says and whoever is on the roll, rows that were imported change nothing the second time', async () => {
  const { deps, caller, east } = scene;
  await fc.assert(
    fc.asyncProperty(filesOfFewValues(), async ([earlier, file]) => {
      await rollOf(earlier);
      const { one: first } = await importAll(deps, caller, east, [HEADINGS, ...file], true);
      const imported = first.membersCreated + first.membersUpdated + first.membersUnchanged;
      expect(imported + first.rowsBad).toBe(file.length);
      const before = await roll(deps);
      deps.clock.advance({ days: 1 });
      const { one: second } = await importAll(deps, caller, east, [HEADINGS, ...file], true);
      // A row that was bad may be good now: what it wanted was another member's, whom the file gave something else.
      expect(second.membersUnchanged).toBe(imported);
      expect(second.membersCreated + second.membersUpdated).toBe(first.rowsBad - second.rowsBad);
      if (first.rowsBad === second.rowsBad) expect(await roll(deps)).toEqual(before);
    }),
    { numRuns: 30 },
  );
}, 300_000);

test('whatever a file says and whoever is on the roll, the order of the rows decides nothing', async () => {
  const { deps, caller, east } = scene;
  const outcome = async (file: string[][]) => {
    const { one, problems } = await importAll(deps, caller, east, [HEADINGS, ...file]);
    const members = (await roll(deps)).map(({ id: _id, createdAt: _at, updatedAt: _then, ...said }) =>
      JSON.stringify(said),
    );
    return { figures: figures(one), problems, members: members.sort() };
  };
  await fc.assert(
    fc.asyncProperty(filesOfFewValues(), async ([earlier, file]) => {
      await rollOf(earlier);
      const forwards = await outcome(file);
      await rollOf(earlier);
      const backwards = await outcome(file.toReversed());
      const turned = backwards.problems.map((one) => one.replace(/^\d+/, (row) => `${file.length + 3 - Number(row)}`));
      expect(turned.sort()).toEqual(forwards.problems.sort());
      expect({ ...backwards, problems: [] }).toEqual({ ...forwards, problems: [] });
    }),
    { numRuns: 30 },
  );
}, 300_000);

test('two rows that mean one member stay problems when what else stood against one of them is gone', async () => {
  const { deps, caller, east, eastWorks } = scene;
  await aMember(deps, east, { name: '测试甲', idNumber: inventedId(3), staffNumber: 'A2' });
  await aMember(deps, east, { name: '测试乙', idNumber: inventedId(2), staffNumber: 'A1' });
  const file = [
    HEADINGS,
    // Takes the staff number that the last row carries off to another union.
    ['测试甲', inventedId(3), '', 'A1', '', '', '', ''],
    // The staff number that the first row gives up: the same person still, or the next one?
    ['测试甲', '', '', 'A2', '', '', '', ''],
    ['测试乙', inventedId(2), '', '', '东厂工会', '', '', ''],
  ];
  const same = ['2 姓名 SAME_MEMBER', '3 姓名 SAME_MEMBER'];
  const first = await importAll(deps, caller, east, file);
  expect(first.problems).toEqual([same[0], '2 工号 CONFLICT', same[1]]);
  const expected = [
    { name: '测试乙', unionId: eastWorks, staffNumber: 'A1' },
    { name: '测试甲', unionId: east, staffNumber: 'A2' },
  ];
  expect(await roll(deps)).toMatchObject(expected);
  const second = await importAll(deps, caller, east, file);
  expect(second.problems).toEqual(same);
  expect(figures(second.one)).toMatchObject({ rowsBad: 2, membersUnchanged: 1, membersUpdated: 0, membersCreated: 0 });
  expect(await roll(deps)).toMatchObject(expected);
});

test('a staff number that passes from one person to another in one file has passed after the file is imported twice', async () => {
  const { deps, caller, east } = scene;
  const former = await aMember(deps, east, { name: '测试甲', idNumber: inventedId(1), staffNumber: 'A1' });
  const file = [
    HEADINGS,
    ['测试乙', inventedId(2), '', 'A1', '', '', '', ''],
    ['测试甲', inventedId(1), '', 'A2', '', '', '', ''],
  ];
  expect((await importAll(deps, caller, east, file)).problems).toEqual(['2 工号 CONFLICT']);
  expect(await roll(deps)).toMatchObject([{ id: former, staffNumber: 'A2' }]);
  expect((await importAll(deps, caller, east, file)).problems).toEqual([]);
  expect(await roll(deps)).toMatchObject([
    { name: '测试乙', staffNumber: 'A1' },
    { id: former, staffNumber: 'A2' },
  ]);
});

test('a check that dies between batches and runs again ends with the same problems and figures', async () => {
  const { deps, caller, east } = scene;
  await aMember(deps, east, { name: '别人', phone: inventedPhone(1700) });
  const missing = await aMember(deps, east, { name: '没写的人' });
  await aMember(deps, east, { name: '测试2100', idNumber: crowd(1, 2100)[0]![1]! });
  const people = crowd(2600);
  people[400]![6] = '昨天';
  people[2500]![2] = inventedPhone(7);
  people[2501]![1] = '';
  people[2501]![3] = 'A5';
  people[2501]![4] = '东厂工会';
  const whole = await check(deps, caller, east, [HEADINGS, ...people], true);
  const id = await upload(deps, caller, east, [HEADINGS, ...people], true);
  for (const batches of [1, 2]) {
    await expect(checkRoster(deps, id, diesAfter(batches))).rejects.toThrow('killed');
    expect(await theImport(deps, id)).toMatchObject({ state: 'checking' });
  }
  await checkRoster(deps, id, silent);
  await checkRoster(deps, id, silent);
  const one = await theImport(deps, id);
  expect(await problems(deps, id)).toEqual(whole.problems);
  expect(whole.problems).toHaveLength(6);
  expect(figures(one)).toEqual(figures(whole.one));
  expect(one).toMatchObject({ state: 'checked', rowsRead: 2600, membersMissing: 2 });
  expect(whole.one.membersMissing).toBe(2);
  const page = await missingMembersOf(deps.db.manager, [id], { first: 10, after: undefined });
  expect(page.get(id)!.items).toContain(missing);
});

test('an import that dies between batches and runs again ends as one that never died', async () => {
  const { deps } = scene;
  const people = crowd(3300);
  people[1200]![1] = '123';
  const id = await started([HEADINGS, ...people]);
  for (const [died, done] of [
    [1, 500],
    [2, 1500],
  ] as const) {
    await expect(importMembers(deps, id, diesAfter(died))).rejects.toThrow('killed');
    expect(await theImport(deps, id)).toMatchObject({ state: 'importing', rowsDone: done });
  }
  await importMembers(deps, id, silent);
  await importMembers(deps, id, silent);
  const one = await theImport(deps, id);
  expect(figures(one)).toEqual({
    rowsRead: 3300,
    rowsDone: 3300,
    rowsBad: 1,
    membersCreated: 3299,
    membersUpdated: 0,
    membersUnchanged: 0,
  });
  expect(one.state).toBe('imported');
  expect(await roll(deps)).toHaveLength(3299);
});

test('two runs at once of one import write every member once and count each once', async () => {
  const { deps } = scene;
  const id = await started([HEADINGS, ...crowd(2500)]);
  const runs = await Promise.allSettled([importMembers(deps, id, silent), importMembers(deps, id, silent)]);
  expect(runs.map((run) => run.status)).toContain('fulfilled');
  const one = await theImport(deps, id);
  expect(figures(one)).toMatchObject({ rowsDone: 2500, membersCreated: 2500, membersUpdated: 0, membersUnchanged: 0 });
  expect(one.state).toBe('imported');
  expect(await roll(deps)).toHaveLength(2500);
});

test('a row that has become bad since the check is noted and skipped', async () => {
  const { deps, caller, east, westWorks } = scene;
  const { id } = await check(deps, caller, east, [HEADINGS, ...crowd(3)]);
  await aMember(deps, westWorks, { phone: inventedPhone(1) });
  accepted(await importRoster(deps, caller, aKey(), id));
  await importMembers(deps, id, silent);
  expect(await problems(deps, id)).toEqual(['3 手机号 PHONE_TAKEN']);
  expect(figures(await theImport(deps, id))).toMatchObject({ rowsRead: 3, rowsDone: 3, rowsBad: 1, membersCreated: 2 });
});

test('a full roster lists the members of the branch that it does not name, and nothing is done to them', async () => {
  const { deps, caller, east, eastWorks, westWorks } = scene;
  const named = await aMember(deps, eastWorks, { idNumber: inventedId(1) });
  const badlyNamed = await aMember(deps, east, { staffNumber: 'A2' });
  const missing = await aMember(deps, eastWorks, { staffNumber: 'A3', idNumber: inventedId(3) });
  const frozen = await aMember(deps, eastWorks, { state: 'frozen' });
  await aMember(deps, eastWorks, { state: 'left' });
  await aMember(deps, westWorks, { staffNumber: 'A9' });
  const before = await roll(deps);
  const file = [
    HEADINGS,
    ['王小明', inventedId(1), '', '', '', '', '1990-03-07', '男'],
    ['王小明', '', '1', 'A2', '', '', '', ''],
  ];
  const { id, one } = await importAll(deps, caller, east, file, true);
  expect(one.membersMissing).toBe(2);
  const page = await missingMembersOf(deps.db.manager, [id], { first: 10, after: undefined });
  expect(page.get(id)!.items).toEqual([missing, frozen]);
  const untouched = (rows: typeof before) => rows.filter((row) => row.id !== named);
  expect(untouched(await roll(deps))).toEqual(untouched(before));
  expect(badlyNamed).toBeDefined();
  const partial = await importAll(deps, caller, east, file);
  expect(partial.one.membersMissing).toBe(0);
});

test('a file that is gone or was changed ends the import with a reason, and writes nobody', async () => {
  const { deps, caller, east } = scene;
  const { id, one } = await check(deps, caller, east, [HEADINGS, ...crowd(3)]);
  const { rmSync } = await import('node:fs');
  rmSync(pathOf(deps.config, one));
  accepted(await importRoster(deps, caller, aKey(), id));
  await importMembers(deps, id, silent);
  expect(await theImport(deps, id)).toMatchObject({ state: 'failed', failure: { code: 'FILE_LOST' } });
  expect(await roll(deps)).toEqual([]);
});

test('only a checked roster is imported, once, by an admin of its branch; every refusal leaves it as it was', async () => {
  const { deps, caller, east, west } = scene;
  const start = (who = caller) => importRoster(deps, who, aKey(), id);
  const id = await upload(deps, caller, east, [HEADINGS, ...crowd(2)]);
  expect(await start()).toMatchObject(refused('IMPORT_NOT_CHECKED'));
  await checkRoster(deps, id, silent);
  expect(await start(await anAdmin(deps, [west]))).toMatchObject(refused('IMPORT_UNKNOWN'));
  expect(await start(await anAdmin(deps, [east], ['members:write']))).toMatchObject(refused('IMPORT_UNKNOWN'));
  expect((await theImport(deps, id)).state).toBe('checked');
  const key = aKey();
  const outcomes = await Promise.all([
    importRoster(deps, caller, key, id),
    importRoster(deps, caller, key, id),
    start(),
  ]);
  expect(outcomes.filter((outcome) => !outcome.ok).length).toBeLessThanOrEqual(2);
  expect(await start()).toMatchObject(refused('IMPORT_STARTED'));
  expect(await jobsAsked(deps)).toEqual(['check-roster', 'import-roster']);
  expect((await auditTrail(deps)).map(({ action, targetId }) => [action, targetId])).toEqual([
    ['uploadRoster', id],
    ['importRoster', id],
  ]);
  const failed = await check(deps, caller, east, [
    ['姓名', '备注'],
    ['测试', ''],
  ]);
  expect(failed.one.state).toBe('failed');
  expect(await importRoster(deps, caller, aKey(), failed.id)).toMatchObject(refused('IMPORT_FAILED'));
});

async function jobsAsked({ db }: TestDeps): Promise<string[]> {
  const rows: { job: string }[] = await db.query('SELECT job FROM outbox ORDER BY id');
  return rows.map((row) => row.job);
}
