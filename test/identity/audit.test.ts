import { afterEach, expect, test } from 'vitest';
import { recordAudit, verifyAudit } from '../../src/identity/audit.ts';
import { lastRun } from '../../src/platform/db/periodic-run.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import { newId } from '../../src/platform/ids.ts';
import { verifyAuditJob } from '../../workers/jobs/verify-audit.ts';
import { type TestDeps, testDeps } from '../support/deps.ts';

const TRIGGERS = ['UPDATE', 'DELETE'] as const;

// A test that drops the triggers, as someone with the keys to the database could, puts them back.
afterEach(async () => {
  const { db } = await testDeps();
  await dropTriggers(db);
  for (const verb of TRIGGERS)
    await db.query(`CREATE TRIGGER audit_record_no_${verb.toLowerCase()} BEFORE ${verb} ON audit_record FOR EACH ROW
      SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'an audit record is never changed or deleted'`);
});

async function dropTriggers(db: TestDeps['db']): Promise<void> {
  for (const verb of TRIGGERS) await db.query(`DROP TRIGGER IF EXISTS audit_record_no_${verb.toLowerCase()}`);
}

async function record({ db, clock }: TestDeps, change: object = {}): Promise<void> {
  const base = { actor: 'operator:1', action: 'rename', targetKind: 'union', targetId: 'u1' };
  await inTransaction(db, (tx) => recordAudit(tx, { ...base, ...change }, clock.now()));
}

async function fiveRecords(): Promise<TestDeps> {
  const deps = await testDeps();
  for (let i = 1; i <= 5; i++) await record(deps, { before: { name: `旧${i}` }, after: { name: `新${i}` } });
  return deps;
}

test('records are numbered and chained, and the chain holds', async () => {
  const { db } = await fiveRecords();
  const rows = await db.query('SELECT number, value_before FROM audit_record ORDER BY number');
  expect(rows.map((row: { number: number }) => row.number)).toEqual([1, 2, 3, 4, 5]);
  expect(rows[0].value_before).toBe('{"name":"旧1"}');
  expect(await verifyAudit(db)).toEqual({ sound: 5, broken: null });
});

test('an empty trail is sound', async () => {
  const { db } = await testDeps();
  expect(await verifyAudit(db)).toEqual({ sound: 0, broken: null });
});

test('20 changes at once are recorded one after the other, without a gap', async () => {
  const deps = await testDeps();
  await Promise.all(Array.from({ length: 20 }, (_, i) => record(deps, { targetId: `u${i}` })));
  expect(await verifyAudit(deps.db)).toEqual({ sound: 20, broken: null });
});

test('a change that is rolled back leaves no record and no gap', async () => {
  const deps = await fiveRecords();
  const failing = inTransaction(deps.db, async (tx) => {
    const change = { actor: 'operator:1', action: 'rename', targetKind: 'union', targetId: 'u1' };
    await recordAudit(tx, change, deps.clock.now());
    throw new Error('the change failed');
  });
  await expect(failing).rejects.toThrow('the change failed');
  await record(deps);
  expect(await verifyAudit(deps.db)).toEqual({ sound: 6, broken: null });
});

test('a trail longer than one page of reading is checked whole', async () => {
  const deps = await testDeps();
  await inTransaction(deps.db, async (tx) => {
    const change = { actor: 'system', action: 'x', targetKind: 'union', targetId: 'u1' };
    for (let i = 0; i < 1003; i++) await recordAudit(tx, change, deps.clock.now());
  });
  expect(await verifyAudit(deps.db)).toEqual({ sound: 1003, broken: null });
});

test('the database refuses to change or delete a record', async () => {
  const { db } = await fiveRecords();
  await expect(db.query("UPDATE audit_record SET action = 'x' WHERE number = 1")).rejects.toThrow('never changed');
  await expect(db.query('DELETE FROM audit_record WHERE number = 5')).rejects.toThrow('never changed');
  expect(await verifyAudit(db)).toEqual({ sound: 5, broken: null });
});

test.each([
  ['actor', "'operator:2'"],
  ['action', "'other'"],
  ['target_id', "'u2'"],
  ['union_id', `'${newId()}'`],
  ['value_before', 'NULL'],
  ['value_after', '\'{"name":"新4"}\''],
  ['recorded_at', "'2020-01-01'"],
  ['id', `'${newId()}'`],
  ['hash', 'REPEAT(CHAR(1), 32)'],
])('a changed %s is found, behind the triggers’ back', async (column, value) => {
  const { db } = await fiveRecords();
  await dropTriggers(db);
  await db.query(`UPDATE audit_record SET ${column} = ${value} WHERE number = 3`);
  expect(await verifyAudit(db)).toEqual({ sound: 2, broken: { number: 3, why: 'changed' } });
});

test('a deleted record is found, in the middle and at the end', async () => {
  const { db } = await fiveRecords();
  await dropTriggers(db);
  await db.query('DELETE FROM audit_record WHERE number = 5');
  expect(await verifyAudit(db)).toEqual({ sound: 4, broken: { number: 5, why: 'missing' } });
  await db.query('DELETE FROM audit_record WHERE number = 2');
  expect(await verifyAudit(db)).toEqual({ sound: 1, broken: { number: 2, why: 'missing' } });
});

test('a record that was slipped in is found', async () => {
  const { db } = await fiveRecords();
  await db.query(`INSERT INTO audit_record SELECT 6, '${newId()}', actor, action, target_kind, target_id, union_id,
    value_before, value_after, recorded_at, hash FROM audit_record WHERE number = 5`);
  expect(await verifyAudit(db)).toEqual({ sound: 5, broken: { number: 6, why: 'surplus' } });
});

test('the nightly verification leaves behind what it found, for the metrics', async () => {
  const deps = await fiveRecords();
  const found = async () => {
    await verifyAuditJob.run(deps, {}, async () => {});
    return (await lastRun(deps.db, 'verify-audit'))?.detail;
  };
  expect(await found()).toEqual({ records: 5, differences: 0 });
  await dropTriggers(deps.db);
  await deps.db.query("UPDATE audit_record SET actor = 'operator:2' WHERE number = 3");
  expect(await found()).toEqual({ records: 2, differences: 1 });
});

test('a tail that was cut off together with the head’s number is found', async () => {
  const { db } = await fiveRecords();
  await dropTriggers(db);
  await db.query('DELETE FROM audit_record WHERE number = 5');
  await db.query('UPDATE audit_head SET number = 4');
  expect(await verifyAudit(db)).toEqual({ sound: 3, broken: { number: 4, why: 'changed' } });
});

test('personal data is masked and secrets are left out', async () => {
  const deps = await testDeps();
  await record(deps, {
    targetKind: 'member',
    before: { name: '王小明', phone: '13812341234', idNumber: '110101199003070011', state: 'active' },
    after: { list: [{ memberName: '李雷' }], openid: 'o6_bmjrPTlm6', password: 'secret', token: 'xf_1', age: 36 },
  });
  const [row] = await deps.db.query('SELECT value_before, value_after FROM audit_record');
  expect(JSON.parse(row.value_before)).toEqual({
    name: '王*明',
    phone: '138****1234',
    idNumber: '110*************11',
    state: 'active',
  });
  expect(JSON.parse(row.value_after)).toEqual({
    list: [{ memberName: '李*' }],
    openid: '[masked]',
    password: '[masked]',
    token: '[masked]',
    age: 36,
  });
});

test('the name of a union is no personal data', async () => {
  const deps = await testDeps();
  await record(deps, { after: { name: '东市总工会' } });
  const [row] = await deps.db.query('SELECT value_after FROM audit_record');
  expect(row.value_after).toBe('{"name":"东市总工会"}');
});
