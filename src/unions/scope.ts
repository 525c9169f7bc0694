import type { EntityManager } from 'typeorm';
import { type AdminCaller, mayIn } from '../identity/caller.ts';
import type { Tx } from '../platform/db/transaction.ts';
import { accept, type Result, refuse } from '../platform/result.ts';
import { Member } from './member.entity.ts';
import { Programme } from './programme.entity.ts';
import { unionPath } from './queries.ts';
import { memberUnknown, programmeUnknown, unionUnknown } from './refusals.ts';
import { UnionNode } from './union-node.entity.ts';

/** The union, when the admin holds the permission there. Refusal: UNION_UNKNOWN, for what is not there and not theirs. */
export async function unionInScope(
  db: EntityManager,
  caller: AdminCaller,
  permission: string,
  id: string,
): Promise<Result<UnionNode>> {
  const union = await db.findOneBy(UnionNode, { id });
  return union && mayIn(caller, permission, union.path) ? accept(union) : refuse(unionUnknown);
}

/** The programme, when the admin holds the permission in its union. Refusal: PROGRAMME_UNKNOWN, likewise. */
export async function programmeInScope(
  db: EntityManager,
  caller: AdminCaller,
  permission: string,
  id: string,
): Promise<Result<Programme>> {
  const programme = await db.findOneBy(Programme, { id });
  const path = programme ? await unionPath(db, programme.unionId) : undefined;
  return programme && path !== undefined && mayIn(caller, permission, path)
    ? accept(programme)
    : refuse(programmeUnknown);
}

/** The member, when the admin holds the permission in the member's union. Refusal: MEMBER_UNKNOWN, likewise. */
export async function memberInScope(
  db: EntityManager,
  caller: AdminCaller,
  permission: string,
  id: string,
): Promise<Result<Member>> {
  const member = await db.findOneBy(Member, { id });
  const path = member ? await unionPath(db, member.unionId) : undefined;
  return member && path !== undefined && mayIn(caller, permission, path) ? accept(member) : refuse(memberUnknown);
}

/** `memberInScope` with the member's row locked, so that what is decided of the state or union holds until the commit. */
export async function lockMemberInScope(
  tx: Tx,
  caller: AdminCaller,
  permission: string,
  id: string,
): Promise<Result<Member>> {
  await tx.query('SELECT id FROM member WHERE id = ? FOR UPDATE', [id]);
  return memberInScope(tx, caller, permission, id);
}
