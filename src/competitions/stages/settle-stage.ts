import { settleRanking } from '../../judging/ranking/settle-ranking.ts';
import { settleNotice, withdrawNotice } from '../../notices/settle-notice.ts';
import { inTransaction, type Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { giveAwards } from '../awards/give-awards.ts';
import { Competition } from '../plan/competition.entity.ts';
import { Stage } from '../plan/stage.entity.ts';
import { advanceEntries } from './advance-entries.ts';
import { isAllFinal } from './heats.ts';
import { isOutdated } from './publish-ranking.ts';
import { isBusy, lockStageToSettle, runOf, type StageAtHand } from './scope.ts';
import { StageRun } from './stage-run.entity.ts';

/**
 * Makes the ranking of a stage in notice final once its notice may be, and no score has changed since it was made: who advances goes on, who won an award has it,
 * and with the last stage the competition is finished. The notice of a competition that was called off is withdrawn.
 * Once, however often and on however many machines this runs. Whether anything changed.
 */
export function settleStage(deps: Deps, stageId: string): Promise<boolean> {
  const now = deps.clock.now();
  return inTransaction(deps.db, async (tx) => {
    const found = await lockStageToSettle(tx, stageId);
    if (found?.stage.state !== 'in_notice' || (await isBusy(tx, found))) return false;
    const { noticeId } = runOf(found);
    const { state, cancelReason } = found.competition;
    if (state === 'cancelled') {
      await withdrawNotice(tx, noticeId!, cancelReason!, now);
      return true;
    }
    if (await isOutdated(tx, runOf(found))) return false;
    if ((await settleNotice(tx, noticeId!, now)) !== 'final') return false;
    await settle(tx, deps, found, now);
    return true;
  });
}

async function settle(tx: Tx, { config }: Deps, atHand: StageAtHand, now: Date): Promise<void> {
  const { stage, competition } = atHand;
  const { stageId, panelId, rankingId } = runOf(atHand);
  await settleRanking(tx, panelId, rankingId!, now);
  await advanceEntries(tx, stage, rankingId!, now);
  await giveAwards(tx, config, { stage, competition, rankingId: rankingId! }, now);
  await tx.update(StageRun, { stageId }, { finalAt: now });
  await tx.update(Stage, { id: stageId }, { state: 'final' });
  await finishIfOver(tx, competition.id);
}

/** Ends a competition once all its stages are final but for those that nobody comes to. */
export async function finishIfOver(tx: Tx, id: string): Promise<void> {
  if (await isAllFinal(tx, id)) await tx.update(Competition, { id, state: 'running' }, { state: 'finished' });
}
