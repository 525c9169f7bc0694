import type { Tx } from '../../platform/db/transaction.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import { conflictAmong } from '../assignment/conflict-among.ts';
import { isRankingFinal } from '../ranking/queries.ts';
import { rankingFinal } from '../ranking/refusals.ts';
import { lockOwnPanel } from './lock-panel.ts';
import { missingScores } from './missing-scores.ts';
import { deadlineOver, panelNotScoring } from './refusals.ts';

/**
 * Ends the scoring of a panel, in the transaction of the domain, before its deadline too when everything is there.
 * Refusals: PANEL_NOT_SCORING, SCORES_MISSING, CONFLICT_SCORED.
 */
export async function closeScoring(tx: Tx, panelId: string, now: Date): Promise<Result<void>> {
  const panel = await lockOwnPanel(tx, panelId);
  if (panel.state !== 'scoring') return refuse(panelNotScoring);
  const trouble = (await missingScores(tx, panel, now)) ?? (await conflictAmong(tx, panelId, 'submitted'));
  if (trouble) return refuse(trouble);
  await tx.query("UPDATE panel SET state = 'closed', closed_at = ? WHERE id = ?", [now, panelId]);
  return accept(undefined);
}

/**
 * Lets the judges of a closed panel score what was declared void or was never scored, until an instant, in the
 * transaction of the domain, which closes it again and makes a new version of the ranking. Refusals: PANEL_NOT_SCORING
 * unless it is closed, RANKING_FINAL, DEADLINE_OVER.
 */
export async function reopenScoring(tx: Tx, panelId: string, scoreUntil: Date, now: Date): Promise<Result<void>> {
  const panel = await lockOwnPanel(tx, panelId);
  if (panel.state !== 'closed') return refuse(panelNotScoring);
  if (await isRankingFinal(tx, panelId)) return refuse(rankingFinal);
  if (scoreUntil <= now) return refuse(deadlineOver('scoreUntil'));
  await tx.query("UPDATE panel SET state = 'scoring', closed_at = NULL, score_until = ? WHERE id = ?", [
    scoreUntil,
    panelId,
  ]);
  return accept(undefined);
}
