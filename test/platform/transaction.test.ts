import { type DataSource, QueryFailedError } from 'typeorm';
import { expect, onTestFinished, test } from 'vitest';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import { testDeps } from '../support/deps.ts';

/** Stands between the program and a database: `refusal` says with what a statement is refused, if it is. */
function refuse(db: DataSource, refusal: (sql: string) => { errno: number } | undefined): void {
  const create = db.createQueryRunner.bind(db);
  onTestFinished(() => void Object.assign(db, { createQueryRunner: create }));
  db.createQueryRunner = (mode) => {
    const runner = create(mode);
    const query = runner.query.bind(runner) as (sql: string, ...rest: unknown[]) => Promise<unknown>;
    const refusing = async (sql: string, ...rest: unknown[]) => {
      const why = refusal(sql);
      if (why) throw new QueryFailedError(sql, [], Object.assign(new Error('refused'), why));
      return query(sql, ...rest);
    };
    return Object.assign(runner, { query: refusing });
  };
}

/** Makes the first so many COMMITs fail, as those do that lost to another node of a cluster. */
function refuseCommits(db: DataSource, count: number, errno: number): void {
  let left = count;
  refuse(db, (sql) => (sql === 'COMMIT' && left-- > 0 ? { errno } : undefined));
}

const note = (db: Pick<DataSource, 'query'>, id: string) =>
  db.query('INSERT INTO outbox (id, job, payload, created_at) VALUES (?, ?, ?, ?)', [id, 'x', '{}', new Date()]);

test('a transaction whose COMMIT a cluster refuses is run again from BEGIN, and kept once', async () => {
  const { db } = await testDeps();
  refuseCommits(db, 2, 1213);
  let runs = 0;
  const outcome = await inTransaction(db, async (tx) => {
    runs += 1;
    await note(tx, 'a');
    return runs;
  });
  expect(outcome).toBe(3);
  expect(await db.query('SELECT id FROM outbox')).toEqual([{ id: 'a' }]);
});

test('whoever finds a duplicate after deadlocks looks once more, and finds what was written first', async () => {
  const { db } = await testDeps();
  refuseCommits(db, 3, 1213);
  let runs = 0;
  const outcome = await inTransaction(db, async (tx) => {
    const [found] = await tx.query("SELECT id FROM outbox WHERE id = 'a'");
    if (found) return 'found';
    runs += 1;
    // Somebody else is a little quicker, once all the deadlocks are over.
    if (runs === 4) await note(db, 'a');
    await note(tx, 'a');
    return 'written';
  });
  expect(outcome).toBe('found');
  expect(runs).toBe(4);
});

test('a duplicate that nothing explains is an error after four tries', async () => {
  const { db } = await testDeps();
  await note(db, 'a');
  let runs = 0;
  const work = inTransaction(db, async (tx) => {
    runs += 1;
    await note(tx, 'a');
  });
  await expect(work).rejects.toThrow('Duplicate');
  expect(runs).toBe(4);
});

test('a transaction is not run again where nobody knows whether its COMMIT came through', async () => {
  const { db } = await testDeps();
  refuseCommits(db, 1, 2013);
  let runs = 0;
  const work = inTransaction(db, async (tx) => {
    runs += 1;
    await note(tx, 'a');
  });
  await expect(work).rejects.toThrow('refused');
  expect(runs).toBe(1);
});

test('a transaction that can be neither committed nor rolled back is nobody else’s to go on with', async () => {
  const { db } = await testDeps();
  let isCutOff = true;
  refuse(db, (sql) => (isCutOff && /^(COMMIT|ROLLBACK)$/.test(sql) ? { errno: 1180 } : undefined));
  await expect(inTransaction(db, (tx) => note(tx, 'a'))).rejects.toThrow('refused');
  isCutOff = false;
  await note(db, 'b');
  await inTransaction(db, (tx) => note(tx, 'c'));
  expect(await db.query('SELECT id FROM outbox ORDER BY id')).toEqual([{ id: 'b' }, { id: 'c' }]);
});
