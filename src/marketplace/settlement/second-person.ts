import type { AdminCaller } from '../../identity/caller.ts';
import { isSamePerson } from '../../identity/same-person.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import { personNeeded, secondPersonNeeded } from './refusals.ts';

/**
 * That an admin has signed in herself and is not the person who did the step before. Refusals: PERSON_NEEDED,
 * SECOND_PERSON_NEEDED.
 */
export async function requireSecondPerson(tx: Tx, caller: AdminCaller, first: string): Promise<Result<void>> {
  if (caller.operatorId === null) return refuse(personNeeded);
  return (await isSamePerson(tx, caller, first)) ? refuse(secondPersonNeeded) : accept(undefined);
}
