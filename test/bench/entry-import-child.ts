/** The process that checks and imports entries, as the job process does. It answers with the time that it took and its peak memory. */
import { checkEntries } from '../../src/competitions/entries/import/check-entries.ts';
import { enterStaged } from '../../src/competitions/entries/import/enter-staged.ts';
import type { Deps } from '../../src/platform/deps.ts';
import { answer, peakRssMb } from './child.ts';
import { openDeps } from './setting.ts';

/** What it is told first, and then which work to do on which import. */
export type Order = { database: string; storageDir: string } | { work: 'check' | 'import'; importId: string };

export interface Done {
  elapsedMs: number;
  peakRssMb: number;
}

const WORK = { check: checkEntries, import: enterStaged };

let deps: Deps;

answer(async (order: Order) => {
  if ('database' in order) {
    const { config, ...opened } = await openDeps(order.database);
    deps = { ...opened, config: { ...config, storageDir: order.storageDir } };
    return 'ready';
  }
  const start = performance.now();
  await WORK[order.work](deps, order.importId, async () => {});
  return { elapsedMs: performance.now() - start, peakRssMb: peakRssMb() };
});
