import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import { reopenScoring } from '../../judging/panels/close-scoring.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { wrongText } from '../plan/form.ts';
import { LONGEST_REASON } from '../plan/limits.ts';
import { Stage } from '../plan/stage.entity.ts';
import { reasonNeeded, stageNotRanked } from './refusals.ts';
import { lockStageInScope, runOf } from './scope.ts';
import { StageRun } from './stage-run.entity.ts';

/**
 * Lets the judges of a stage whose ranking is not final score again what was declared void (competitions:write in its
 * union), until an instant; closing it again makes a new version, which gives the reason. A notice that is open stays
 * so, and is not final before that. Resolves with the stage's id; audited. Refusals: STAGE_UNKNOWN, COMPETITION_DRAFT,
 * COMPETITION_OVER, STAGE_BUSY, STAGE_NOT_RANKED, REASON_NEEDED, DEADLINE_OVER.
 */
export async function reopenStage(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { stageId: string; scoreUntil: Date; reason: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'reopenStage', key, input }, async (tx, now) => {
    const { stageId, scoreUntil, reason } = input;
    const found = await lockStageInScope(tx, caller, stageId);
    if (!found.ok) return found;
    const { state, unionId } = found.value.stage;
    if (state !== 'ranked' && state !== 'in_notice') return refuse(stageNotRanked);
    if (wrongText('reason', reason, LONGEST_REASON)) return refuse(reasonNeeded);
    const reopened = await reopenScoring(tx, runOf(found.value).panelId, scoreUntil, now);
    if (!reopened.ok) return reopened;
    await tx.update(StageRun, { stageId }, { reopenedFor: reason });
    await tx.update(Stage, { id: stageId }, { state: 'scoring' });
    const target = { targetKind: 'stage', targetId: stageId, unionId };
    const change = { before: { state }, after: { state: 'scoring', scoreUntil, reason } };
    await recordAudit(tx, { actor: caller.actor, action: 'reopenStage', ...target, ...change }, now);
    return accept(stageId);
  });
}
