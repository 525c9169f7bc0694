import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import { wrongText } from '../plan/form.ts';
import { LONGEST_REASON } from '../plan/limits.ts';
import { rankStage } from './rank-stage.ts';
import { reasonNeeded, stageNotRanked } from './refusals.ts';
import { lockStageInScope, type StageAtHand } from './scope.ts';

/**
 * Makes a new version of a stage's ranking that is not final (competitions:write in its union), as after a sheet was
 * declared void that need not be scored again, or results were imported anew; it is to be published then, which answers
 * the objections that were upheld. The version before stays visible. Resolves with the stage's id; audited. Refusals:
 * STAGE_UNKNOWN, COMPETITION_DRAFT, COMPETITION_OVER, STAGE_NOT_RANKED, REASON_NEEDED, SCORES_MISSING.
 */
export async function rankAgain(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { stageId: string; reason: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'rankAgain', key, input }, async (tx, now) => {
    const { stageId, reason } = input;
    const found = await lockRankedStage(tx, caller, input);
    if (!found.ok) return found;
    const { state, unionId } = found.value.stage;
    const ranked = await rankStage(tx, found.value, { actor: caller.actor, reason }, now);
    if (!ranked.ok) return ranked;
    const target = { targetKind: 'stage', targetId: stageId, unionId };
    const change = { before: { state }, after: { state: 'ranked', rankingId: ranked.value, reason } };
    await recordAudit(tx, { actor: caller.actor, action: 'rankAgain', ...target, ...change }, now);
    return accept(stageId);
  });
}

/**
 * A stage that has a ranking which is not final, to change it for a reason. Refusals: STAGE_UNKNOWN, COMPETITION_DRAFT,
 * COMPETITION_OVER, STAGE_NOT_RANKED, REASON_NEEDED.
 */
export async function lockRankedStage(
  tx: Tx,
  caller: AdminCaller,
  { stageId, reason }: { stageId: string; reason: string },
): Promise<Result<StageAtHand>> {
  const found = await lockStageInScope(tx, caller, stageId);
  if (!found.ok) return found;
  const { state } = found.value.stage;
  if (state !== 'ranked' && state !== 'in_notice') return refuse(stageNotRanked);
  return wrongText('reason', reason, LONGEST_REASON) ? refuse(reasonNeeded) : found;
}
