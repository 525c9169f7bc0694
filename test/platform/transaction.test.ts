import { type DataSource, QueryFailedError } from 'typeorm';
import { expect, onTestFinished, test } from 'vitest';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import { testDeps } from '../support/deps.ts';

/** Makes the first so many COMMITs of a database fail, as those do that lost to another node of a cluster. */
function refuseCommits(db: DataSource, count: number, errno: number): void {
  const create = db.createQueryRunner.bind(db);
  onTestFinished(() => void Object.assign(db, { createQueryRunner: create }));
  let left = count;
  db.createQueryRunner = (mode) => {
    const runner = create(mode);
    const query = runner.query.bind(runner) as (sql: string, ...rest: unknown[]) => Promise<unknown>;
    const refusing = async (sql: string, ...rest: unknown[]) => {
      if (sql !== 'COMMIT' || left === 0) return query(sql, ...rest);
      left -= 1;
      await query('ROLLBACK');
      throw new QueryFailedError('COMMIT', [], Object.assign(new Error('refused'), { errno }));
    };
    return Object.assign(runner, { query: refusing });
  };
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
