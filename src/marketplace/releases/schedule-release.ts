import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, type Refusal, refuse } from '../../platform/result.ts';
import { stockOfPool } from '../code-pools/refusals.ts';
import type { Offer } from '../offer.entity.ts';
import { LARGEST_STOCK, offerEnded } from '../refusals.ts';
import { offerInScope } from '../scope.ts';
import { countedUntil, releasesToCome } from './queries.ts';
import { MOST_RELEASES, releaseCountOutOfRange, releasesOutOfRange, releaseTaken, releaseWindow } from './refusals.ts';
import { releaseDue } from './release-due.ts';

export interface ReleaseToSchedule {
  offerId: string;
  releaseAt: Date;
  count: number;
}

/**
 * Has pieces of an offer come on sale at an instant ahead (offers:write in its programme's union), "2,500 at noon";
 * resolves with the offer's id; audited. Refusals: OFFER_UNKNOWN, OFFER_ENDED, STOCK_OF_POOL, STOCK_OUT_OF_RANGE,
 * RELEASE_WINDOW, RELEASE_TAKEN, RELEASES_OUT_OF_RANGE.
 */
export async function scheduleRelease(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: ReleaseToSchedule,
): Promise<Outcome> {
  return act(deps, caller, { operation: 'scheduleRelease', key, input }, async (tx, now) => {
    const { offerId, releaseAt, count } = input;
    const found = await offerInScope(tx, caller, 'offers:write', offerId);
    if (!found.ok) return found;
    const wrong = wrongRelease(found.value.offer, input, now);
    if (wrong) return refuse(wrong);
    await releaseDue(tx, [offerId], now);
    const counted = await countedUntil(tx, offerId);
    if (counted !== null && releaseAt <= counted) return refuse(releaseWindow);
    const planned = (await releasesToCome(tx, [offerId], now)).get(offerId) ?? [];
    if (planned.some((one) => one.releaseAt.getTime() === releaseAt.getTime())) return refuse(releaseTaken);
    if (planned.length >= MOST_RELEASES) return refuse(releasesOutOfRange);
    await tx.query('INSERT INTO offer_release (offer_id, release_at, count) VALUES (?)', [[offerId, releaseAt, count]]);
    await tx.query('UPDATE offer_stock SET next_release_at = LEAST(IFNULL(next_release_at, ?), ?) WHERE offer_id = ?', [
      releaseAt,
      releaseAt,
      offerId,
    ]);
    const target = { targetKind: 'offer', targetId: offerId, unionId: found.value.unionId };
    const after = { releaseAt, count };
    await recordAudit(tx, { actor: caller.actor, action: 'scheduleRelease', ...target, after }, now);
    return accept(offerId);
  });
}

function wrongRelease(offer: Offer, { releaseAt, count }: ReleaseToSchedule, now: Date): Refusal | undefined {
  if (offer.state === 'ended') return offerEnded;
  if (offer.codeSource === 'pool') return stockOfPool('offerId');
  if (count < 1 || count > LARGEST_STOCK) return releaseCountOutOfRange;
  return releaseAt <= now || releaseAt >= offer.saleTo ? releaseWindow : undefined;
}
