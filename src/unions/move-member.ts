import { act } from '../identity/act.ts';
import { recordAudit } from '../identity/audit.ts';
import type { AdminCaller } from '../identity/caller.ts';
import type { Outcome } from '../platform/db/idempotency.ts';
import type { Deps } from '../platform/deps.ts';
import { accept, refuse } from '../platform/result.ts';
import { staffNumberTaken } from './refusals.ts';
import { lockMemberInScope, unionInScope } from './scope.ts';

/**
 * Moves a member to another union, both in the admin's branches (members:write); audited. Points stay in the programmes
 * in which they were earned. Resolves with the member's id.
 * Refusals: MEMBER_UNKNOWN, UNION_UNKNOWN, STAFF_NUMBER_TAKEN.
 */
export async function moveMember(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { id: string; unionId: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'moveMember', key, input }, async (tx, now) => {
    const { id, unionId } = input;
    const member = await lockMemberInScope(tx, caller, 'members:write', id);
    if (!member.ok) return member;
    const union = await unionInScope(tx, caller, 'members:write', unionId);
    if (!union.ok) return refuse({ ...union.refusal, at: 'unionId' });
    const before = member.value.unionId;
    if (before === unionId) return accept(id);
    const taken: unknown[] = await tx.query('SELECT id FROM member WHERE union_id = ? AND staff_number = ? LIMIT 1', [
      unionId,
      member.value.staffNumber,
    ]);
    if (taken.length > 0) return refuse(staffNumberTaken);
    await tx.query('UPDATE member SET union_id = ?, updated_at = ? WHERE id = ?', [unionId, now, id]);
    const target = { targetKind: 'member', targetId: id, unionId };
    await recordAudit(
      tx,
      { actor: caller.actor, action: 'moveMember', ...target, before: { unionId: before }, after: { unionId } },
      now,
    );
    return accept(id);
  });
}
