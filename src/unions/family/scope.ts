import type { EntityManager } from 'typeorm';
import type { AdminCaller } from '../../identity/caller.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import type { Member } from '../member.entity.ts';
import { memberInScope } from '../scope.ts';
import { MemberChild } from './member-child.entity.ts';
import { childUnknown } from './refusals.ts';

/** The child and its parent, when the admin holds the permission in the parent's union. Refusal: CHILD_UNKNOWN. */
export async function childInScope(
  db: EntityManager,
  caller: AdminCaller,
  permission: string,
  id: string,
): Promise<Result<{ child: MemberChild; member: Member }>> {
  const child = await db.findOneBy(MemberChild, { id });
  const member = child && (await memberInScope(db, caller, permission, child.memberId));
  return child && member?.ok ? accept({ child, member: member.value }) : refuse(childUnknown);
}
