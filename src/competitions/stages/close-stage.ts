import { act } from '../../identity/act.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { stageNotScoring } from './refusals.ts';
import { lockStageInScope, runOf } from './scope.ts';
import { doNowOrLater } from './stage-task.ts';

/**
 * Ends the scoring of a stage (competitions:write in its union) and ranks it; the ranking is to be published then.
 * A job does it where there are more than 5,000 candidates. Resolves with the stage's id; audited. Refusals:
 * STAGE_UNKNOWN, COMPETITION_DRAFT, COMPETITION_OVER, STAGE_BUSY, STAGE_NOT_SCORING, and those of `closeScoring` and
 * `rankPanel`.
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
    const done = await doNowOrLater(tx, runOf(found.value), { kind: 'close' }, { by: caller.actor, at: now });
    return done.ok ? accept(stageId) : done;
  });
}
