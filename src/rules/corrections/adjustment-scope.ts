import type { EntityManager } from 'typeorm';
import type { AdminCaller } from '../../identity/caller.ts';
import { memberIdOf } from '../../identity/own-member.ts';
import { isSamePerson } from '../../identity/same-person.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import type { Programme } from '../../unions/programme.entity.ts';
import { coversMember } from '../../unions/queries.ts';
import { memberUnknown } from '../../unions/refusals.ts';
import { programmeInScope } from '../../unions/scope.ts';
import { memberStandings } from '../../unions/standing.ts';
import { Adjustment } from './adjustment.entity.ts';
import {
  adjustmentDecided,
  adjustmentUnknown,
  memberHasLeft,
  ownAccount,
  personNeeded,
  secondPersonNeeded,
} from './refusals.ts';

export interface AdjustmentOf {
  adjustment: Adjustment;
  programme: Programme;
}

/** An adjustment in a programme of the admin's branch. Refusal: ADJUSTMENT_UNKNOWN. */
export async function adjustmentInScope(
  db: EntityManager,
  caller: AdminCaller,
  permission: string,
  id: string,
): Promise<Result<AdjustmentOf>> {
  const adjustment = await db.findOneBy(Adjustment, { id });
  if (!adjustment) return refuse(adjustmentUnknown);
  const programme = await programmeInScope(db, caller, permission, adjustment.programmeId);
  return programme.ok ? accept({ adjustment, programme: programme.value }) : refuse(adjustmentUnknown);
}

/**
 * An adjustment that waits for a second person and that the admin (points:adjust) may decide on, locked. Refusals:
 * PERSON_NEEDED, ADJUSTMENT_UNKNOWN, ADJUSTMENT_DECIDED, SECOND_PERSON_NEEDED, OWN_ACCOUNT.
 */
export async function lockWaiting(tx: Tx, caller: AdminCaller, id: string): Promise<Result<AdjustmentOf>> {
  if (caller.operatorId === null) return refuse(personNeeded);
  await tx.query('SELECT id FROM adjustment WHERE id = ? FOR UPDATE', [id]);
  const found = await adjustmentInScope(tx, caller, 'points:adjust', id);
  if (!found.ok) return found;
  const { state, requestedBy, memberId } = found.value.adjustment;
  if (state !== 'waiting') return refuse(adjustmentDecided);
  if (await isSamePerson(tx, caller, requestedBy)) return refuse(secondPersonNeeded);
  return (await memberIdOf(tx, caller)) === memberId ? refuse({ ...ownAccount, at: 'adjustmentId' }) : found;
}

/** Whether a member is on the roll of a programme. Refusals: MEMBER_UNKNOWN, MEMBER_LEFT. */
export async function memberOnRoll(tx: Tx, programme: Programme, memberId: string): Promise<Result<void>> {
  const standing = (await memberStandings(tx, [memberId])).get(memberId);
  if (!standing || !coversMember(programme, standing.unionPath)) return refuse({ ...memberUnknown, at: 'memberId' });
  return standing.state === 'left' ? refuse(memberHasLeft) : accept(undefined);
}
