import { act } from '../../identity/act.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import { wrongText } from '../plan/form.ts';
import { LONGEST_REASON } from '../plan/limits.ts';
import { reasonNeeded, stageNotRanked } from './refusals.ts';
import { lockStageInScope, runOf, type StageAtHand } from './scope.ts';
import { doNowOrLater } from './stage-task.ts';

/**
 * Makes a new version of a stage's ranking that is not final (competitions:write in its union), as after a sheet was
 * declared void that need not be scored again, or results were imported anew; it is to be published then, which answers
 * the objections that were upheld. The version before stays visible. Resolves with the stage's id; audited. Refusals:
 * STAGE_UNKNOWN, COMPETITION_DRAFT, COMPETITION_OVER, STAGE_BUSY, STAGE_NOT_RANKED, REASON_NEEDED, SCORES_MISSING. A job
 * does it where there are more than 5,000 candidates.
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
    const asked = { by: caller.actor, at: now };
    const done = await doNowOrLater(tx, runOf(found.value), { kind: 'rank', reason }, asked);
    return done.ok ? accept(stageId) : done;
  });
}

/**
 * A stage that has a ranking which is not final, to change it for a reason. Refusals: STAGE_UNKNOWN,
 * COMPETITION_DRAFT, COMPETITION_OVER, STAGE_BUSY, STAGE_NOT_RANKED, REASON_NEEDED.
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
