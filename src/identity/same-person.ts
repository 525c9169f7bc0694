import type { EntityManager } from 'typeorm';
import type { AdminCaller } from './caller.ts';
import { memberIdOf } from './own-member.ts';
import { personBehind } from './person-behind.ts';

/**
 * Whether an admin who has signed in is the person behind an earlier act. Somebody who has two accounts, or made the
 * token that did it, is still one person.
 */
export async function isSamePerson(db: EntityManager, caller: AdminCaller, earlier: string): Promise<boolean> {
  const person = await personBehind(db, earlier);
  if (person === caller.actor) return true;
  const self = await memberIdOf(db, caller);
  return self !== null && self === (await memberIdOf(db, { operatorId: person.replace('operator:', '') }));
}
