import type { AdminCaller } from '../../identity/caller.ts';
import { memberIdOf } from '../../identity/own-member.ts';
import { personBehind } from '../../identity/person-behind.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import { personNeeded, secondPersonNeeded } from './refusals.ts';

/**
 * That an admin has signed in herself and is not the one who did the step before, nor the one who made the token that
 * did it. Somebody who has two accounts is still one person. Refusals: PERSON_NEEDED, SECOND_PERSON_NEEDED.
 */
export async function requireSecondPerson(tx: Tx, caller: AdminCaller, first: string): Promise<Result<void>> {
  if (caller.operatorId === null) return refuse(personNeeded);
  const person = await personBehind(tx, first);
  const self = await memberIdOf(tx, caller);
  const other = await memberIdOf(tx, { operatorId: person.replace('operator:', '') });
  return person === caller.actor || (self !== null && self === other) ? refuse(secondPersonNeeded) : accept(undefined);
}
