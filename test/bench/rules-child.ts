/**
 * The process that judges events, as the job process does: batch after batch through `accrue`, two at a time. It is told
 * their ids over IPC and answers with the time that it took, how many statements, and its peak memory.
 */
import type { Logger } from 'typeorm';
import type { Deps } from '../../src/platform/deps.ts';
import { accrue } from '../../src/rules/accrue.ts';
import { EVENTS_AT_ONCE } from '../../src/rules/job-definitions.ts';
import { answer, peakRssMb } from './child.ts';
import { openDeps } from './setting.ts';

/** What it is told first, and then which events to judge. */
export type Order = { database: string } | { eventIds: string[] };

export interface Judged {
  elapsedMs: number;
  /** How many statements were sent, BEGIN and COMMIT among them. */
  statements: number;
  peakRssMb: number;
}

const AT_ONCE = 2;

/** Counts statements where others write them down. */
class Counter implements Logger {
  statements = 0;
  logQuery(): void {
    this.statements += 1;
  }
  logQueryError(): void {}
  logQuerySlow(): void {}
  logSchemaBuild(): void {}
  logMigration(): void {}
  log(): void {}
}

const counter = new Counter();
let deps: Deps;

async function judgeAll(eventIds: readonly string[]): Promise<Judged> {
  const [start, statements] = [performance.now(), counter.statements];
  let next = 0;
  const judgeOn = async () => {
    while (next < eventIds.length) {
      const from = next;
      next += EVENTS_AT_ONCE;
      await accrue(deps, eventIds.slice(from, next));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, judgeOn));
  return {
    elapsedMs: performance.now() - start,
    statements: counter.statements - statements,
    peakRssMb: peakRssMb(),
  };
}

answer(async (order: Order) => {
  if ('eventIds' in order) return judgeAll(order.eventIds);
  deps = await openDeps(order.database);
  deps.db.logger = counter;
  return 'ready';
});
