import { act } from '../identity/act.ts';
import { recordAudit } from '../identity/audit.ts';
import type { AdminCaller } from '../identity/caller.ts';
import type { Outcome } from '../platform/db/idempotency.ts';
import type { Deps } from '../platform/deps.ts';
import { accept, refuse } from '../platform/result.ts';
import { unionPath } from '../unions/queries.ts';
import { lockMemberInScope } from '../unions/scope.ts';
import { cardExists, memberNotActive } from './refusals.ts';
import { issuerFor } from './scope.ts';
import { writeCards } from './write-cards.ts';

/**
 * Issues a card to an active member of the admin's branch (cards:write), of an issuer at or above the member's union. It
 * can be shown on the phone at once; the next batch's file has it for the printer. Resolves with its id; audited.
 * Refusals: MEMBER_UNKNOWN, ISSUER_UNKNOWN, MEMBER_NOT_ACTIVE, CARD_EXISTS (one that is active, frozen or lost).
 */
export async function issueCard(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { issuerId: string; memberId: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'issueCard', key, input }, async (tx, now) => {
    const { issuerId, memberId } = input;
    const member = await lockMemberInScope(tx, caller, 'cards:write', memberId);
    if (!member.ok) return refuse({ ...member.refusal, at: 'memberId' });
    const { unionId, state } = member.value;
    const issuer = await issuerFor(tx, issuerId, (await unionPath(tx, unionId)) ?? '');
    if (!issuer.ok) return issuer;
    if (state !== 'active') return refuse(memberNotActive);
    const live: unknown[] = await tx.query(
      'SELECT id FROM card WHERE member_id = ? AND issuer_id = ? AND is_live = 1 FOR UPDATE',
      [memberId, issuerId],
    );
    if (live.length > 0) return refuse(cardExists);
    const [id] = await writeCards(tx, issuer.value, [{ memberId, replacesId: null, batchId: null }], caller.actor, now);
    const target = { targetKind: 'card', targetId: id!, unionId };
    await recordAudit(tx, { actor: caller.actor, action: 'issueCard', ...target, after: { issuerId, memberId } }, now);
    return accept(id!);
  });
}
