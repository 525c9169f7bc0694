import { act } from '../identity/act.ts';
import { recordAudit } from '../identity/audit.ts';
import type { AdminCaller } from '../identity/caller.ts';
import { endAllSessions } from '../identity/sessions.ts';
import type { Outcome } from '../platform/db/idempotency.ts';
import type { Deps } from '../platform/deps.ts';
import { accept, refuse } from '../platform/result.ts';
import type { MemberState } from './member.entity.ts';
import { reasonMissing } from './refusals.ts';
import { lockMemberInScope } from './scope.ts';

/**
 * Freezes a member of the admin's branch (members:write), lets them take part again, or records that they left, which
 * ends their sessions; audited with the reason. Resolves with the member's id, also when the state was that already.
 * Refusals: MEMBER_UNKNOWN, REASON_MISSING.
 */
export async function setMemberState(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { id: string; state: MemberState; reason: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'setMemberState', key, input }, async (tx, now) => {
    const { id, state } = input;
    const reason = input.reason.trim();
    const member = await lockMemberInScope(tx, caller, 'members:write', id);
    if (!member.ok) return member;
    if (reason.length < 1 || reason.length > 200) return refuse(reasonMissing);
    const { state: before, unionId } = member.value;
    if (before === state) return accept(id);
    await tx.query('UPDATE member SET state = ?, updated_at = ? WHERE id = ?', [state, now, id]);
    if (state === 'left') await endAllSessions(tx, id, now, 'left');
    await recordAudit(
      tx,
      {
        actor: caller.actor,
        action: 'setMemberState',
        targetKind: 'member',
        targetId: id,
        unionId,
        before: { state: before },
        after: { state, reason },
      },
      now,
    );
    return accept(id);
  });
}
