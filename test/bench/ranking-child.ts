/** The process that ranks a panel, as the job process does. It answers with the time that it took and its peak memory. */
import { rankPanel } from '../../src/judging/ranking/rank-panel.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import type { Deps } from '../../src/platform/deps.ts';
import { answer, peakRssMb } from './child.ts';
import { openDeps } from './setting.ts';

/** What it is told first, and then which panel to rank. */
export type Order = { database: string } | { panelId: string };

export interface RankedPanel {
  rankingId: string;
  elapsedMs: number;
  peakRssMb: number;
}

let deps: Deps;

async function rank(panelId: string): Promise<RankedPanel> {
  const start = performance.now();
  const made = await inTransaction(deps.db, (tx) =>
    rankPanel(tx, panelId, { actor: 'system:bench', reason: null }, deps.clock.now()),
  );
  if (!made.ok) throw new Error(made.refusal.message.en);
  return { rankingId: made.value, elapsedMs: performance.now() - start, peakRssMb: peakRssMb() };
}

answer(async (order: Order) => {
  if ('panelId' in order) return { ...(await rank(order.panelId)) };
  deps = await openDeps(order.database);
  return 'ready';
});
