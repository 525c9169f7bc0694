import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { wrongText } from '../plan/form.ts';
import { LONGEST_REASON } from '../plan/limits.ts';
import { Stage } from '../plan/stage.entity.ts';
import { unfinishedHeat } from './heats.ts';
import { countCandidates } from './read-candidates.ts';
import { heatNotFinal, reasonNeeded, stageBegun, stageHasEntries } from './refusals.ts';
import { lockStageAndCompetition } from './scope.ts';
import { finishIfOver } from './settle-stage.ts';

/**
 * Leaves a stage vacant to which nobody came though somebody might be named to it yet by a wild card (competitions:write
 * in its union), for a reason: it is final, nobody goes on from it, and its awards are not given. With the last stage the
 * competition is finished. Resolves with its id; audited. Refusals: STAGE_UNKNOWN, COMPETITION_DRAFT, COMPETITION_OVER,
 * STAGE_BUSY, STAGE_BEGUN, ADVANCE_TOO_EARLY, STAGE_HAS_ENTRIES, REASON_NEEDED.
 */
export async function leaveVacant(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { stageId: string; reason: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'leaveStageVacant', key, input }, async (tx, now) => {
    const { stageId, reason } = input;
    const found = await lockStageAndCompetition(tx, caller, stageId);
    if (!found.ok) return found;
    const { stage, competition } = found.value;
    if (stage.state !== 'planned') return refuse(stageBegun);
    if (competition.state !== 'running') return refuse(stageHasEntries);
    const heat = await unfinishedHeat(tx, stage);
    if (heat) return refuse(heatNotFinal(heat.name));
    if ((await countCandidates(tx, stageId)) > 0) return refuse(stageHasEntries);
    if (wrongText('reason', reason, LONGEST_REASON)) return refuse(reasonNeeded);
    await tx.update(Stage, { id: stageId }, { state: 'final', vacantReason: reason });
    await finishIfOver(tx, competition.id);
    const target = { targetKind: 'stage', targetId: stageId, unionId: stage.unionId };
    const change = { before: { state: 'planned' }, after: { state: 'final', reason } };
    await recordAudit(tx, { actor: caller.actor, action: 'leaveStageVacant', ...target, ...change }, now);
    return accept(stageId);
  });
}
