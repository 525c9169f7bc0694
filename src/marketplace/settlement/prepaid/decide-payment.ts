import { act } from '../../../identity/act.ts';
import { recordAudit } from '../../../identity/audit.ts';
import type { AdminCaller } from '../../../identity/caller.ts';
import type { Outcome } from '../../../platform/db/idempotency.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import type { Deps } from '../../../platform/deps.ts';
import { accept, type Result, refuse } from '../../../platform/result.ts';
import type { Programme } from '../../../unions/programme.entity.ts';
import { programmeInScope } from '../../../unions/scope.ts';
import { paymentDecided, paymentUnknown } from '../refusals.ts';
import { requireSecondPerson } from '../second-person.ts';
import { payIn } from './balance.ts';
import { PrepaidPayment } from './payment.entity.ts';

/**
 * Confirms, as the second admin (settlements:pay), a prepayment that waits: from now on statements draw on it. Resolves
 * with its id; audited. Refusals: PAYMENT_UNKNOWN, PAYMENT_DECIDED, PERSON_NEEDED, SECOND_PERSON_NEEDED.
 */
export function confirmPayment(deps: Deps, caller: AdminCaller, key: string, input: { paymentId: string }) {
  return decide(deps, caller, key, { operation: 'confirmPrepaidPayment', state: 'posted', input });
}

/** Declines, as the second admin (settlements:pay), a prepayment that waits; it never counts. Otherwise as `confirmPayment`. */
export function declinePayment(deps: Deps, caller: AdminCaller, key: string, input: { paymentId: string }) {
  return decide(deps, caller, key, { operation: 'declinePrepaidPayment', state: 'declined', input });
}

interface Decision {
  operation: string;
  state: 'posted' | 'declined';
  input: { paymentId: string };
}

async function decide(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  { operation, state, input }: Decision,
): Promise<Outcome> {
  return act(deps, caller, { operation, key, input }, async (tx, now) => {
    const found = await lockWaiting(tx, caller, input.paymentId);
    if (!found.ok) return found;
    const { payment, programme } = found.value;
    await tx.query('UPDATE prepaid_payment SET state = ?, decided_by = ?, decided_at = ? WHERE id = ?', [
      state,
      caller.actor,
      now,
      payment.id,
    ]);
    if (state === 'posted') await payIn(tx, payment, payment.fen);
    const target = { targetKind: 'prepaidPayment', targetId: payment.id, unionId: programme.unionId };
    const change = { before: { state: 'waiting' }, after: { state } };
    await recordAudit(tx, { actor: caller.actor, action: operation, ...target, ...change }, now);
    return accept(payment.id);
  });
}

async function lockWaiting(
  tx: Tx,
  caller: AdminCaller,
  id: string,
): Promise<Result<{ payment: PrepaidPayment; programme: Programme }>> {
  await tx.query('SELECT id FROM prepaid_payment WHERE id = ? FOR UPDATE', [id]);
  const payment = await tx.findOneBy(PrepaidPayment, { id });
  const programme = payment && (await programmeInScope(tx, caller, 'settlements:pay', payment.programmeId));
  if (!payment || !programme?.ok) return refuse(paymentUnknown);
  if (payment.state !== 'waiting') return refuse(paymentDecided);
  const second = await requireSecondPerson(tx, caller, payment.recordedBy);
  return second.ok ? accept({ payment, programme: programme.value }) : second;
}
