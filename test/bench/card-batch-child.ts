/** The process that issues cards in batches, as the job process does. It answers with the time that one took and its peak memory. */
import { issueBatch } from '../../src/cards/issue-batch.ts';
import type { Deps } from '../../src/platform/deps.ts';
import { answer, peakRssMb } from './child.ts';
import { openDeps } from './setting.ts';

/** What it is told first, and then which batch to issue. */
export type Order = { database: string } | { batchId: string };

export interface Issued {
  elapsedMs: number;
  peakRssMb: number;
}

let deps: Deps;

async function issue(batchId: string): Promise<Issued> {
  const start = performance.now();
  await issueBatch(deps, batchId, async () => {});
  return { elapsedMs: performance.now() - start, peakRssMb: peakRssMb() };
}

answer(async (order: Order) => {
  if ('batchId' in order) return issue(order.batchId);
  deps = await openDeps(order.database);
  return 'ready';
});
