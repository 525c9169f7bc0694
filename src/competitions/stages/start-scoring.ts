import { act } from '../../identity/act.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { stageNotOpen } from './refusals.ts';
import { lockStageInScope, runOf } from './scope.ts';
import { doNowOrLater } from './stage-task.ts';

/**
 * Lets the judges of an open stage score (competitions:write in its union), once they were assigned. A
 * job does it where there are more than 5,000 candidates. Resolves with its id; audited. Refusals: STAGE_UNKNOWN,
 * COMPETITION_DRAFT, COMPETITION_OVER, STAGE_BUSY, STAGE_NOT_OPEN, and those of `openScoring`.
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
    if (found.value.stage.state !== 'open') return refuse(stageNotOpen);
    const done = await doNowOrLater(tx, runOf(found.value), { kind: 'start' }, { by: caller.actor, at: now });
    return done.ok ? accept(stageId) : done;
  });
}
