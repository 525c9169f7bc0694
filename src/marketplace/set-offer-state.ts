import { recordAudit } from '../identity/audit.ts';
import type { AdminCaller } from '../identity/caller.ts';
import type { Outcome } from '../platform/db/idempotency.ts';
import type { Tx } from '../platform/db/transaction.ts';
import { accept } from '../platform/result.ts';
import type { OfferState } from './offer.entity.ts';
import type { OfferInScope } from './scope.ts';

const ACTIONS = { on_sale: 'putOnSale', paused: 'pauseOffer', ended: 'endOffer' } as const;

/** Writes and audits the new state of an offer that the caller has locked and whose change has been allowed. */
export async function setOfferState(
  tx: Tx,
  caller: AdminCaller,
  { offer, unionId }: OfferInScope,
  state: Exclude<OfferState, 'draft'>,
  now: Date,
): Promise<Outcome> {
  await tx.query('UPDATE offer SET state = ? WHERE id = ?', [state, offer.id]);
  const target = { targetKind: 'offer', targetId: offer.id, unionId };
  const values = { before: { state: offer.state }, after: { state } };
  await recordAudit(tx, { actor: caller.actor, action: ACTIONS[state], ...target, ...values }, now);
  return accept(offer.id);
}
