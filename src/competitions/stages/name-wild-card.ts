import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import { memberIdOf } from '../../identity/own-member.ts';
import { placesOfCandidates } from '../../judging/ranking/queries.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, type Refusal, type Result, refuse } from '../../platform/result.ts';
import { wrongText } from '../plan/form.ts';
import { LONGEST_REASON } from '../plan/limits.ts';
import type { Stage } from '../plan/stage.entity.ts';
import { isPartOf } from './disqualify-entry.ts';
import {
  advanceTooEarly,
  entryAdvanced,
  entryNotRanked,
  ownEntry,
  parentBegun,
  reasonNeeded,
  stageIsLast,
  wildCardsUsed,
} from './refusals.ts';
import { lockStageInScope, runOf, type StageAtHand } from './scope.ts';
import { StageAdvance } from './stage-advance.entity.ts';

export interface WildCard {
  stageId: string;
  entryId: string;
  reason: string;
}

/**
 * Lets an entry go on from a stage whose ranking is final though the rule does not take it (competitions:write in the
 * stage's union), for a reason, as long as the plan has wild cards left and the next stage has not begun. Never one
 * that the admin is part of. Resolves with the stage's id; audited. Refusals: STAGE_UNKNOWN, COMPETITION_DRAFT,
 * COMPETITION_OVER, STAGE_BUSY, STAGE_IS_LAST, ADVANCE_TOO_EARLY, STAGE_BEGUN, WILD_CARDS_USED, REASON_NEEDED,
 * ENTRY_UNKNOWN, ENTRY_ADVANCED, OWN_ENTRY.
 */
export async function nameWildCard(deps: Deps, caller: AdminCaller, key: string, input: WildCard): Promise<Outcome> {
  return act(deps, caller, { operation: 'nameWildCard', key, input }, async (tx, now) => {
    const { stageId, entryId, reason } = input;
    const found = await lockStageInScope(tx, caller, stageId);
    if (!found.ok) return found;
    const trouble = await troubleWithStage(tx, found.value);
    if (trouble) return refuse(trouble);
    if (wrongText('reason', reason, LONGEST_REASON)) return refuse(reasonNeeded);
    const place = await placeToAdvance(tx, caller, found.value, entryId);
    if (!place.ok) return place;
    const named = { kind: 'wild_card' as const, reason, namedBy: caller.actor, advancedAt: now };
    await tx.insert(StageAdvance, { stageId, entryId, place: place.value, ...named });
    const target = { targetKind: 'stage', targetId: stageId, unionId: found.value.stage.unionId };
    const after = { entryId, place: place.value, reason };
    await recordAudit(tx, { actor: caller.actor, action: 'nameWildCard', ...target, after }, now);
    return accept(stageId);
  });
}

async function troubleWithStage(tx: Tx, { stage }: StageAtHand): Promise<Refusal | undefined> {
  const { id, parentId, state, wildCards } = stage;
  if (parentId === null) return stageIsLast;
  if (state !== 'final') return advanceTooEarly;
  // Locked, so that it is not opened meanwhile without this one.
  const [parent] = await tx.query<Pick<Stage, 'state'>[]>(
    'SELECT state FROM competition_stage WHERE id = ? FOR UPDATE',
    [parentId],
  );
  if (parent!.state !== 'planned') return parentBegun;
  const given = await tx.countBy(StageAdvance, { stageId: id, kind: 'wild_card' });
  return given >= wildCards ? wildCardsUsed(wildCards) : undefined;
}

async function placeToAdvance(
  tx: Tx,
  caller: AdminCaller,
  atHand: StageAtHand,
  entryId: string,
): Promise<Result<number>> {
  const { stageId, rankingId } = runOf(atHand);
  const [place] = await placesOfCandidates(tx, rankingId!, [entryId]);
  if (!place) return refuse(entryNotRanked);
  if (await tx.existsBy(StageAdvance, { stageId, entryId })) return refuse(entryAdvanced);
  const self = await memberIdOf(tx, caller);
  if (self !== null && (await isPartOf(tx, entryId, self))) return refuse(ownEntry);
  return accept(place.place);
}
