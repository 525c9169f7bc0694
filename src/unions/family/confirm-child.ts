import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import { memberIdOf } from '../../identity/own-member.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { ownFamily } from './refusals.ts';
import { childInScope } from './scope.ts';

/**
 * Confirms that a member of the admin's branch (claims:approve) has a child, so that its milestones are paid; audited.
 * Resolves with the child's id, also when it was confirmed already. Refusals: CHILD_UNKNOWN, OWN_FAMILY.
 */
export async function confirmChild(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { childId: string },
): Promise<Outcome> {
  const { childId } = input;
  return act(deps, caller, { operation: 'confirmChild', key, input }, async (tx, now) => {
    await tx.query('SELECT id FROM member_child WHERE id = ? FOR UPDATE', [childId]);
    const found = await childInScope(tx, caller, 'claims:approve', childId);
    if (!found.ok) return found;
    const { child, member } = found.value;
    if ((await memberIdOf(tx, caller)) === member.id) return refuse(ownFamily);
    if (child.state === 'confirmed') return accept(childId);
    await tx.query("UPDATE member_child SET state = 'confirmed', confirmed_by = ?, confirmed_at = ? WHERE id = ?", [
      caller.actor,
      now,
      childId,
    ]);
    // Without the birth date: an audit record can never be deleted, and the member may withdraw the consent.
    const target = { targetKind: 'child', targetId: childId, unionId: member.unionId };
    const change = { before: { state: 'declared' }, after: { state: 'confirmed', memberId: member.id } };
    await recordAudit(tx, { actor: caller.actor, action: 'confirmChild', ...target, ...change }, now);
    return accept(childId);
  });
}
