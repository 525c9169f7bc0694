import { In, Not } from 'typeorm';
import type { Subject } from '../identity/authenticate.ts';
import { MEMBER_PERMISSIONS } from '../identity/roles.ts';
import type { Deps } from '../platform/deps.ts';
import { Member } from './member.entity.ts';

/** Who members are as callers, by id, for `authenticate` at the member's door. Those who left are absent. */
export async function loadMembers({ db }: Deps, ids: readonly string[]): Promise<Map<string, Subject>> {
  const members = await db.manager.find(Member, {
    select: { id: true },
    where: { id: In([...ids]), state: Not('left') },
  });
  return new Map(
    members.map(({ id }) => [
      id,
      { door: 'member', actor: `member:${id}`, memberId: id, permissions: MEMBER_PERMISSIONS },
    ]),
  );
}
