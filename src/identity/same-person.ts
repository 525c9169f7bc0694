import type { EntityManager } from 'typeorm';
import type { AdminCaller } from './caller.ts';
import { memberIdOf } from './own-member.ts';
import { personBehind } from './person-behind.ts';

/**
 * Whether the person behind an admin's call is the one behind an earlier act. Somebody who has two accounts, or made the
 * token that does it, is still one person.
 */
export async function isSamePerson(
  db: EntityManager,
  { actor }: Pick<AdminCaller, 'actor'>,
  earlier: string,
): Promise<boolean> {
  const [person, other] = [await personBehind(db, actor), await personBehind(db, earlier)];
  if (person === other) return true;
  const member = await memberOf(db, person);
  return member !== null && member === (await memberOf(db, other));
}

function memberOf(db: EntityManager, person: string): Promise<string | null> {
  return memberIdOf(db, { operatorId: person.replace('operator:', '') });
}
