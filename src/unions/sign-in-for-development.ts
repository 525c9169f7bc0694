import { type FindOptionsWhere, Not } from 'typeorm';
import type { SessionTokens } from '../identity/sessions.ts';
import { inTransaction } from '../platform/db/transaction.ts';
import type { Deps } from '../platform/deps.ts';
import { accept, type Result, refuse } from '../platform/result.ts';
import { Member } from './member.entity.ts';
import { memberUnknown } from './refusals.ts';
import { openMemberSession } from './sign-in-member.ts';

/**
 * Signs in as the one member with this staff number (and name, where several have it) without any proof, for work on
 * clients. Throws in production. Refusal: MEMBER_UNKNOWN.
 */
export async function signInForDevelopment(
  deps: Deps,
  { staffNumber, name }: { staffNumber: string; name: string | undefined },
): Promise<Result<SessionTokens>> {
  if (deps.config.production) throw new Error('sign-in without proof was asked in production');
  const where: FindOptionsWhere<Member> = { staffNumber, state: Not('left') };
  if (name !== undefined) where.name = name;
  const [member, another] = await deps.db.manager.find(Member, { select: { id: true }, where, take: 2 });
  if (!member || another) return refuse(memberUnknown);
  return accept(await inTransaction(deps.db, (tx) => openMemberSession(tx, deps, member.id)));
}
