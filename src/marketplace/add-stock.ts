import { act } from '../identity/act.ts';
import { recordAudit } from '../identity/audit.ts';
import type { AdminCaller } from '../identity/caller.ts';
import type { Outcome } from '../platform/db/idempotency.ts';
import type { Deps } from '../platform/deps.ts';
import { accept, refuse } from '../platform/result.ts';
import { stockOfPool } from './code-pools/refusals.ts';
import { LARGEST_STOCK, offerEnded, stockOutOfRange } from './refusals.ts';
import { releaseDue } from './releases/release-due.ts';
import { offerInScope } from './scope.ts';

/**
 * Adds to what is left of an offer, or takes away when `count` is negative (offers:write in its programme's union);
 * resolves with the offer's id; audited. Members may be buying meanwhile: the stock never goes below 0.
 * Refusals: OFFER_UNKNOWN, OFFER_ENDED, STOCK_OF_POOL, STOCK_OUT_OF_RANGE.
 */
export async function addStock(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { offerId: string; count: number },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'addStock', key, input }, async (tx, now) => {
    const { offerId, count } = input;
    const found = await offerInScope(tx, caller, 'offers:write', offerId);
    if (!found.ok) return found;
    if (found.value.offer.state === 'ended') return refuse(offerEnded);
    if (found.value.offer.codeSource === 'pool') return refuse(stockOfPool('offerId'));
    await releaseDue(tx, [offerId], now);
    const { affectedRows } = await tx.query(
      'UPDATE offer_stock SET remaining = remaining + ? WHERE offer_id = ? AND remaining + ? BETWEEN 0 AND ?',
      [count, offerId, count, LARGEST_STOCK],
    );
    if (affectedRows !== 1) return refuse(stockOutOfRange('count'));
    const target = { targetKind: 'offer', targetId: offerId, unionId: found.value.unionId };
    await recordAudit(tx, { actor: caller.actor, action: 'addStock', ...target, after: { added: count } }, now);
    return accept(offerId);
  });
}
