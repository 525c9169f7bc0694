import { expect } from 'vitest';
import type { TestDeps } from './deps.ts';

/** A step of the way in which the server carries out a statement. */
export interface PlanStep {
  table: string | null;
  type: string | null;
  key: string | null;
  rows: string | number | null;
  Extra: string | null;
}

/** What the server does for the statements that a piece of work reads with. Fails the test when it reads nothing. */
export async function planOf({ db }: TestDeps, work: () => Promise<unknown>): Promise<PlanStep[]> {
  const usual = db.logger;
  const sent: { sql: string; values: unknown[] }[] = [];
  db.logger = new Proxy(usual, {
    get(logger, name) {
      if (name === 'logQuery') return (sql: string, values: unknown[] = []) => sent.push({ sql, values });
      const member = Reflect.get(logger, name);
      return typeof member === 'function' ? member.bind(logger) : member;
    },
  });
  await work().finally(() => {
    db.logger = usual;
  });
  const reading = sent.filter(({ sql }) => /^\s*\(?SELECT/.test(sql));
  expect(reading.length).toBeGreaterThan(0);
  const plans: PlanStep[][] = [];
  for (const { sql, values } of reading) plans.push(await db.query(`EXPLAIN ${sql}`, values));
  return plans.flat();
}
