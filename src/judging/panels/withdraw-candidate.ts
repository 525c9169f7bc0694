import type { Tx } from '../../platform/db/transaction.ts';
import { takeOff } from '../assignment/take-off.ts';
import { lockOwnPanel } from './lock-panel.ts';

/**
 * Takes a candidate out of a panel, in the transaction of the domain: it is not scored any more and stands in no version
 * of the ranking that is made from now on. Again, it changes nothing.
 */
export async function withdrawCandidate(tx: Tx, panelId: string, candidateId: string): Promise<void> {
  const { rankingCount } = await lockOwnPanel(tx, panelId);
  await tx.query(
    "UPDATE panel_candidate SET state = 'withdrawn', counts_to = ? WHERE panel_id = ? AND id = ? AND state = 'in'",
    [rankingCount, panelId, candidateId],
  );
  await takeOff(tx, panelId, { candidateIds: [candidateId] });
}
