import { setTimeout as pause } from 'node:timers/promises';
import { type DataSource, type EntityManager, QueryFailedError, type QueryRunner } from 'typeorm';

/** An EntityManager inside a transaction. What writes takes one first and accepts nothing else. */
export type Tx = EntityManager & { readonly __brand: 'transaction' };

const ATTEMPTS = 4;

// 1213 deadlock, 1205 lock wait: the transaction is dead and another try may pass. 1213 is also what a Galera cluster
// answers, to COMMIT as well, when another node's transaction came first. 1062 duplicate key: somebody wrote
// the same thing first, and the next try will find it and answer with it.
const DUPLICATE = 1062;
const RETRYABLE = new Set([1213, 1205, DUPLICATE]);

/** The server's error number of a failed statement, or undefined for any other error. */
export function sqlErrorNumber(error: unknown): number | undefined {
  return error instanceof QueryFailedError ? (error.driverError as { errno?: number }).errno : undefined;
}

/** Thrown by work that lost a race it can only win from the beginning: everything is rolled back and run again. */
export class TryAgain extends Error {}

/** Whether a transaction failed by a race with others, so that running it again from BEGIN may pass. */
export function isLostRace(error: unknown): boolean {
  return error instanceof TryAgain || RETRYABLE.has(sqlErrorNumber(error) ?? 0);
}

/**
 * Runs the work in one transaction and commits it. On deadlock, lock wait or duplicate key everything is rolled back
 * and the whole work is run again from BEGIN, until it has lost four times to a crowd or four times to a duplicate; then,
 * or on any other error, the error is thrown and nothing is kept. The work must therefore do nothing but SQL on the tx it
 * is given.
 */
export async function inTransaction<T>(db: DataSource, work: (tx: Tx) => Promise<T>): Promise<T> {
  // Counted apart: whoever finds a duplicate after some deadlocks has only to look once more to find its own outcome.
  const lost = { crowd: 0, duplicate: 0 };
  for (let attempt = 1; ; attempt++) {
    try {
      return await tryOnce(db, work);
    } catch (error) {
      if (!isLostRace(error)) throw error;
      const by = sqlErrorNumber(error) === DUPLICATE ? 'duplicate' : 'crowd';
      lost[by] += 1;
      if (lost[by] === ATTEMPTS) throw error;
      await pause(Math.random() * 20 * attempt);
    }
  }
}

async function tryOnce<T>(db: DataSource, work: (tx: Tx) => Promise<T>): Promise<T> {
  const session = db.createQueryRunner();
  try {
    await session.startTransaction();
    const done = await work(session.manager as Tx);
    await session.commitTransaction();
    return done;
  } catch (error) {
    if (session.isTransactionActive) await session.rollbackTransaction().catch(() => discard(session));
    throw error;
  } finally {
    await session.release();
  }
}

/** Closes a connection whose transaction could not be ended, lest the next who gets it from the pool writes into that. */
async function discard(session: QueryRunner): Promise<void> {
  // Where there is no connection, there is nothing to close.
  const connection: { destroy(): void } | undefined = await session.connect().catch(() => undefined);
  connection?.destroy();
}
