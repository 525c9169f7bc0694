import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { offerInScope } from '../scope.ts';
import { releasesToCome } from './queries.ts';
import { releaseUnknown } from './refusals.ts';
import { releaseDue } from './release-due.ts';

/**
 * Takes back a release that is still to come (offers:write in its programme's union); resolves with the offer's id;
 * audited. Refusals: OFFER_UNKNOWN, RELEASE_UNKNOWN (also for one that is out).
 */
export async function cancelRelease(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { offerId: string; releaseAt: Date },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'cancelRelease', key, input }, async (tx, now) => {
    const { offerId, releaseAt } = input;
    const found = await offerInScope(tx, caller, 'offers:write', offerId);
    if (!found.ok) return found;
    await releaseDue(tx, [offerId], now);
    const planned = (await releasesToCome(tx, [offerId], now)).get(offerId) ?? [];
    const release = planned.find((one) => one.releaseAt.getTime() === releaseAt.getTime());
    if (!release) return refuse(releaseUnknown);
    await tx.query('DELETE FROM offer_release WHERE offer_id = ? AND release_at = ?', [offerId, releaseAt]);
    const next = planned.find((one) => one !== release);
    await tx.query('UPDATE offer_stock SET next_release_at = ? WHERE offer_id = ?', [next?.releaseAt ?? null, offerId]);
    const target = { targetKind: 'offer', targetId: offerId, unionId: found.value.unionId };
    await recordAudit(tx, { actor: caller.actor, action: 'cancelRelease', ...target, before: { ...release } }, now);
    return accept(offerId);
  });
}
