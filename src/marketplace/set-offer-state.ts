import { recordAudit } from '../identity/audit.ts';
import type { AdminCaller } from '../identity/caller.ts';
import type { Outcome } from '../platform/db/idempotency.ts';
import type { Tx } from '../platform/db/transaction.ts';
import { accept } from '../platform/result.ts';
import type { OfferState } from './offer.entity.ts';
import type { OfferInScope } from './scope.ts';

/** The state that an offer gets, by which mutation, and why where a reason is given. */
export interface NewOfferState {
  state: OfferState;
  action: string;
  reason?: string;
}

/** Writes and audits the new state of an offer that the caller has locked and whose change has been allowed. */
export async function setOfferState(
  tx: Tx,
  caller: AdminCaller,
  { offer, unionId }: OfferInScope,
  { state, action, reason }: NewOfferState,
  now: Date,
): Promise<Outcome> {
  await tx.query('UPDATE offer SET state = ? WHERE id = ?', [state, offer.id]);
  const target = { targetKind: 'offer', targetId: offer.id, unionId };
  const values = { before: { state: offer.state }, after: { state, ...(reason !== undefined && { reason }) } };
  await recordAudit(tx, { actor: caller.actor, action, ...target, ...values }, now);
  return accept(offer.id);
}
