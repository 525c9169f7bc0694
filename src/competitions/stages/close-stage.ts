import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import { closeScoring } from '../../judging/panels/close-scoring.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { rankStage } from './rank-stage.ts';
import { stageNotScoring } from './refusals.ts';
import { lockStageInScope, runOf } from './scope.ts';

/**
 * Ends the scoring of a stage (competitions:write in its union) and ranks it; the ranking is to be published then.
 * Resolves with the stage's id; audited. Refusals: STAGE_UNKNOWN, COMPETITION_DRAFT, COMPETITION_OVER,
 * STAGE_NOT_SCORING, and those of `closeScoring` and `rankPanel`.
 */
export async function closeStage(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { stageId: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'closeStage', key, input }, async (tx, now) => {
    const { stageId } = input;
    const found = await lockStageInScope(tx, caller, stageId);
    if (!found.ok) return found;
    const { stage } = found.value;
    if (stage.state !== 'scoring') return refuse(stageNotScoring);
    const { panelId, reopenedFor: reason } = runOf(found.value);
    const closed = await closeScoring(tx, panelId, now);
    if (!closed.ok) return closed;
    const ranked = await rankStage(tx, found.value, { actor: caller.actor, reason }, now);
    if (!ranked.ok) return ranked;
    const target = { targetKind: 'stage', targetId: stageId, unionId: stage.unionId };
    const change = { before: { state: 'scoring' }, after: { state: 'ranked', rankingId: ranked.value } };
    await recordAudit(tx, { actor: caller.actor, action: 'closeStage', ...target, ...change }, now);
    return accept(stageId);
  });
}
