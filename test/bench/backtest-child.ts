/** The process that runs back-tests, as the job process does. It answers with the time that one took and its peak memory. */
import type { Deps } from '../../src/platform/deps.ts';
import { runBacktest } from '../../src/rules/backtest/run-backtest.ts';
import { answer, peakRssMb } from './child.ts';
import { openDeps } from './setting.ts';

/** What it is told first, and then which back-test to run. */
export type Order = { database: string } | { backtestId: string };

export interface Replayed {
  elapsedMs: number;
  peakRssMb: number;
}

let deps: Deps;

async function replay(backtestId: string): Promise<Replayed> {
  const start = performance.now();
  await runBacktest(deps, backtestId, async () => {});
  return { elapsedMs: performance.now() - start, peakRssMb: peakRssMb() };
}

answer(async (order: Order) => {
  if ('backtestId' in order) return replay(order.backtestId);
  deps = await openDeps(order.database);
  return 'ready';
});
