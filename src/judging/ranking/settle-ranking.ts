import type { Tx } from '../../platform/db/transaction.ts';
import { lockOwnPanel } from '../panels/lock-panel.ts';
import { Ranking } from './ranking.entity.ts';

/**
 * Lets the version of a panel's ranking that is provisional stand for good, in the transaction of the domain: there will
 * be no other. Throws when it is superseded, out of date, or anything but that panel's; again, it changes nothing.
 */
export async function settleRanking(tx: Tx, panelId: string, rankingId: string, now: Date): Promise<void> {
  const { rankingOutdated } = await lockOwnPanel(tx, panelId);
  if (rankingOutdated) throw new Error(`the scores of the panel ${panelId} have changed since it was ranked`);
  await tx.update(Ranking, { id: rankingId, panelId, state: 'provisional' }, { state: 'final', settledAt: now });
  if (!(await tx.existsBy(Ranking, { id: rankingId, panelId, state: 'final' })))
    throw new Error(`${rankingId} is no provisional ranking of the panel ${panelId}`);
}
