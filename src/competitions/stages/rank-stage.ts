import { type MadeBy, rankPanel } from '../../judging/ranking/rank-panel.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Result } from '../../platform/result.ts';
import { Stage } from '../plan/stage.entity.ts';
import { runOf, type StageAtHand } from './scope.ts';
import { StageRun } from './stage-run.entity.ts';

/**
 * Makes the next version of the ranking of a locked stage whose panel is closed; it is to be published then. Resolves
 * with the version's id. Refusals: those of `rankPanel`.
 */
export async function rankStage(tx: Tx, atHand: StageAtHand, by: MadeBy, now: Date): Promise<Result<string>> {
  const { stageId, panelId } = runOf(atHand);
  const made = await rankPanel(tx, panelId, by, now);
  if (!made.ok) return made;
  await tx.update(StageRun, { stageId }, { rankingId: made.value, reopenedFor: null });
  await tx.update(Stage, { id: stageId }, { state: 'ranked' });
  return made;
}
