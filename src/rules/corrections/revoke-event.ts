import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import { memberIdOf } from '../../identity/own-member.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import { memberInScope } from '../../unions/scope.ts';
import { ActivityEvent } from '../activity-event.entity.ts';
import { eventUnknown } from '../event-refusals.ts';
import { reasonOf } from './reason.ts';
import { eventRevoked, ownAccount } from './refusals.ts';
import { lockStanding, takeBack } from './take-back.ts';

/**
 * Takes back an event of a member of the admin's branch (events:revoke) with all that it earned: what was paid is
 * reversed lot by lot, what is pending falls away, and what the member has spent of it she owes, or it is written off,
 * by the programme's policy. The event may be recorded anew, and events that earned nothing because of it are judged
 * again soon after. Resolves with the event's id; audited. Refusals: EVENT_UNKNOWN, OWN_ACCOUNT, REASON_MALFORMED,
 * EVENT_REVOKED.
 */
export async function revokeEvent(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { eventId: string; reason: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'revokeEvent', key, input }, async (tx, now) => {
    const found = await eventOfOthers(tx, caller, input.eventId);
    if (!found.ok) return found;
    const reason = reasonOf(input.reason);
    if (!reason.ok) return reason;
    const { event, unionId } = found.value;
    const standing = await lockStanding(tx, event);
    if (!standing) return refuse(eventRevoked);
    const revoker = { reason: reason.value, revokedBy: caller.actor };
    const taken = await takeBack(tx, { event, standing, revoker }, now);
    const target = { targetKind: 'event', targetId: event.id, unionId };
    const change = { before: { state: standing.state }, after: { state: 'revoked', reason: reason.value, ...taken } };
    await recordAudit(tx, { actor: caller.actor, action: 'revokeEvent', ...target, ...change }, now);
    return accept(event.id);
  });
}

async function eventOfOthers(
  tx: Tx,
  caller: AdminCaller,
  id: string,
): Promise<Result<{ event: ActivityEvent; unionId: string }>> {
  const event = await tx.findOneBy(ActivityEvent, { id });
  const member = event && (await memberInScope(tx, caller, 'events:revoke', event.memberId));
  if (!event || !member?.ok) return refuse({ ...eventUnknown, at: 'eventId' });
  if ((await memberIdOf(tx, caller)) === event.memberId) return refuse(ownAccount);
  return accept({ event, unionId: member.value.unionId });
}
