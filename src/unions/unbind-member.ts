import { act } from '../identity/act.ts';
import { recordAudit } from '../identity/audit.ts';
import type { AdminCaller } from '../identity/caller.ts';
import { endAllSessions } from '../identity/sessions.ts';
import type { Outcome } from '../platform/db/idempotency.ts';
import type { Deps } from '../platform/deps.ts';
import { accept, refuse } from '../platform/result.ts';
import { notBound } from './refusals.ts';
import { lockMemberInScope } from './scope.ts';
import { WechatBinding } from './wechat-binding.entity.ts';

/**
 * Parts a member of the admin's branch (members:write) from their WeChat account and ends their sessions, so that they
 * can bind another; audited. Resolves with the member's id. Refusals: MEMBER_UNKNOWN, NOT_BOUND.
 */
export async function unbindMember(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { id: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'unbindMember', key, input }, async (tx, now) => {
    const { id } = input;
    const member = await lockMemberInScope(tx, caller, 'members:write', id);
    if (!member.ok) return member;
    const binding = await tx.findOneBy(WechatBinding, { memberId: id });
    if (!binding) return refuse(notBound);
    await tx.query('DELETE FROM wechat_binding WHERE member_id = ?', [id]);
    await endAllSessions(tx, id, now);
    const target = { targetKind: 'member', targetId: id, unionId: member.value.unionId };
    // Without the openid: an audit record can never be deleted, and who it was the record tells already.
    const before = { boundAt: binding.boundAt };
    await recordAudit(tx, { actor: caller.actor, action: 'unbindMember', ...target, before }, now);
    return accept(id);
  });
}
