import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import { openScoring } from '../../judging/panels/open-scoring.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { Stage } from '../plan/stage.entity.ts';
import { stageNotOpen } from './refusals.ts';
import { lockStageInScope, runOf } from './scope.ts';

/**
 * Lets the judges of an open stage score (competitions:write in its union), once they were assigned. Resolves with its
 * id; audited. Refusals: STAGE_UNKNOWN, COMPETITION_DRAFT, COMPETITION_OVER, STAGE_NOT_OPEN, and those of `openScoring`.
 */
export async function startScoring(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { stageId: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'startScoring', key, input }, async (tx, now) => {
    const { stageId } = input;
    const found = await lockStageInScope(tx, caller, stageId);
    if (!found.ok) return found;
    const { stage } = found.value;
    if (stage.state !== 'open') return refuse(stageNotOpen);
    const opened = await openScoring(tx, runOf(found.value).panelId, now);
    if (!opened.ok) return opened;
    await tx.update(Stage, { id: stageId }, { state: 'scoring' });
    const target = { targetKind: 'stage', targetId: stageId, unionId: stage.unionId };
    const change = { before: { state: 'open' }, after: { state: 'scoring' } };
    await recordAudit(tx, { actor: caller.actor, action: 'startScoring', ...target, ...change }, now);
    return accept(stageId);
  });
}
