import type { EntityManager } from 'typeorm';
import { type AdminCaller, mayIn } from '../../identity/caller.ts';
import { memberIdOf } from '../../identity/own-member.ts';
import { isSamePerson } from '../../identity/same-person.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { accept, type Refusal, type Result, refuse } from '../../platform/result.ts';
import { unionPath } from '../../unions/queries.ts';
import { Author } from '../achievements/author.entity.ts';
import { Benefit } from './benefit.entity.ts';
import { benefitUnknown, ownBenefit, personNeeded, secondPersonNeeded } from './refusals.ts';

/** The benefit, when the admin holds the permission in the union of its achievement. Refusal: BENEFIT_UNKNOWN. */
export async function benefitInScope(
  db: EntityManager,
  caller: AdminCaller,
  permission: string,
  id: string,
): Promise<Result<Benefit>> {
  const benefit = await db.findOneBy(Benefit, { id });
  const path = benefit ? await unionPath(db, benefit.unionId) : undefined;
  return benefit && path !== undefined && mayIn(caller, permission, path) ? accept(benefit) : refuse(benefitUnknown);
}

/**
 * `benefitInScope` with the benefit locked, for a step that wants a person who is none of the achievement's authors.
 * Refusals: BENEFIT_UNKNOWN, PERSON_NEEDED, OWN_BENEFIT.
 */
export async function lockBenefit(
  tx: Tx,
  caller: AdminCaller,
  permission: string,
  id: string,
): Promise<Result<Benefit>> {
  await tx.query('SELECT id FROM benefit WHERE id = ? FOR UPDATE', [id]);
  const found = await benefitInScope(tx, caller, permission, id);
  if (!found.ok) return found;
  if (caller.operatorId === null) return refuse(personNeeded);
  const memberId = await memberIdOf(tx, caller);
  const { achievementId } = found.value;
  const isOwn = memberId !== null && (await tx.existsBy(Author, { achievementId, memberId }));
  return isOwn ? refuse(ownBenefit) : found;
}

/** That who takes a step has taken none of the earlier ones, whose actors are given. Refusal: SECOND_PERSON_NEEDED. */
export async function troubleWithPerson(
  tx: Tx,
  caller: AdminCaller,
  earlier: readonly string[],
): Promise<Refusal | undefined> {
  for (const actor of earlier) if (await isSamePerson(tx, caller, actor)) return secondPersonNeeded;
  return undefined;
}
