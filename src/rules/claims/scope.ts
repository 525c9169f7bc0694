import type { EntityManager } from 'typeorm';
import type { AdminCaller } from '../../identity/caller.ts';
import { memberIdOf } from '../../identity/own-member.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import type { Member } from '../../unions/member.entity.ts';
import { memberInScope } from '../../unions/scope.ts';
import { Claim, isWaiting } from './claim.entity.ts';
import { claimDecided, claimUnknown, ownClaim, personNeeded } from './refusals.ts';

/** A claim with the member who made it. */
export interface MembersClaim {
  claim: Claim;
  member: Member;
}

/** The claim, when the admin holds the permission in its member's union. Refusal: CLAIM_UNKNOWN. */
export async function claimInScope(
  db: EntityManager,
  caller: AdminCaller,
  permission: string,
  id: string,
): Promise<Result<MembersClaim>> {
  const claim = await db.findOneBy(Claim, { id });
  const member = claim && (await memberInScope(db, caller, permission, claim.memberId));
  return claim && member?.ok ? accept({ claim, member: member.value }) : refuse(claimUnknown);
}

/** A member's own claim, locked until the transaction ends. Refusal: CLAIM_UNKNOWN. */
export async function lockOwnClaim(tx: Tx, memberId: string, id: string): Promise<Result<Claim>> {
  const claim = await tx.findOne(Claim, { where: { id, memberId }, lock: { mode: 'pessimistic_write' } });
  return claim ? accept(claim) : refuse(claimUnknown);
}

/**
 * A claim that waits and that the caller may decide on, locked until the transaction ends, so that it is decided once.
 * Refusals: PERSON_NEEDED, CLAIM_UNKNOWN, CLAIM_DECIDED, OWN_CLAIM.
 */
export async function lockClaimToDecide(tx: Tx, caller: AdminCaller, id: string): Promise<Result<MembersClaim>> {
  if (caller.operatorId === null) return refuse(personNeeded);
  await tx.query('SELECT id FROM claim WHERE id = ? FOR UPDATE', [id]);
  const found = await claimInScope(tx, caller, 'claims:approve', id);
  if (!found.ok) return found;
  if (!isWaiting(found.value.claim.state)) return refuse(claimDecided);
  return (await memberIdOf(tx, caller)) === found.value.member.id ? refuse(ownClaim) : found;
}
