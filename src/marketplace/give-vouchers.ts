import { loadBook } from '../ledger/load-book.ts';
import { wantedBy } from '../ledger/post.ts';
import type { Proposal } from '../ledger/transfer.ts';
import { writeBook } from '../ledger/write-book.ts';
import { insertRows } from '../platform/db/sql.ts';
import type { Tx } from '../platform/db/transaction.ts';
import { newId } from '../platform/ids.ts';
import type { Points } from '../platform/points.ts';
import { limitPeriod, type SoldOffer, validUntil } from './decide-redemption.ts';
import { findSoldOffers } from './offers/find-sold-offers.ts';
import { lockStock, writeStock } from './releases/stock.ts';
import { voucherCode, voucherCodeHash } from './voucher-code.ts';

/** A voucher that a member has won. Its piece was taken out of the offer's stock before. */
export interface WonVoucher {
  /** The id of the win, which the transfer names as its cause; its business key is `prize:<winId>`. */
  winId: string;
  memberId: string;
  offerId: string;
  /** What the merchant gets once it is used: they come from the programme's prizes. 0 moves none. */
  points: Points;
}

/** The redemption of a won voucher, and the transfer that brought its points to the vouchers account. */
export interface GivenVoucher {
  redemptionId: string;
  transferId: string | null;
}

/** Whether a voucher that is given now could still be used; one of an offer whose last day is over could not. */
export function canBeGiven(offer: Pick<SoldOffer, 'useUntil' | 'useDays'>, now: Date): boolean {
  return validUntil(offer, now) > now;
}

/**
 * Gives vouchers that were won, set by set; what was given, by the win's id. They do not count against the offer's
 * limit, cannot be cancelled, and forfeit their points when they lapse. Whether the offer is still on sale does not
 * matter: its pieces were set aside. Locks the stock of offers with a pool of codes; the caller has locked the wins.
 */
export async function giveVouchers(
  tx: Tx,
  { voucherKey }: { voucherKey: Buffer },
  won: readonly WonVoucher[],
  now: Date,
): Promise<Map<string, GivenVoucher>> {
  if (won.length === 0) return new Map();
  const offers = await findSoldOffers(
    tx,
    won.map(({ offerId }) => offerId),
    now,
  );
  const transfers = await payForThem(tx, won, offers, now);
  const given = won.map((one) => ({ ...one, id: newId(), offer: offers.get(one.offerId)! }));
  const codes = await takeCodes(tx, given, now);
  await insertRows(
    tx,
    'redemption',
    [
      'id',
      'programme_id',
      'offer_id',
      'member_id',
      'merchant_id',
      'points',
      'limit_period',
      'limit_slot',
      'transfer_id',
      'redeemed_at',
      'is_prize',
    ],
    given.map(({ id, offer, memberId, points, winId }) => [
      id,
      offer.programmeId,
      offer.id,
      memberId,
      offer.merchantId,
      points,
      limitPeriod(offer, now),
      null,
      transfers.get(winId) ?? null,
      now,
      1,
    ]),
  );
  await insertRows(
    tx,
    'voucher',
    ['id', 'code_hash', 'state', 'valid_until'],
    given.map(({ id, offer }) => [
      id,
      voucherCodeHash(voucherKey, voucherCode(voucherKey, id)),
      'unused',
      validUntil(offer, now),
    ]),
  );
  await insertRows(tx, 'redemption_code', ['redemption_id', 'offer_id', 'number'], codes);
  return new Map(
    given.map(({ winId, id }) => [winId, { redemptionId: id, transferId: transfers.get(winId) ?? null }] as const),
  );
}

/** The points of the vouchers go from the prizes to the vouchers account. */
async function payForThem(
  tx: Tx,
  won: readonly WonVoucher[],
  offers: ReadonlyMap<string, SoldOffer>,
  now: Date,
): Promise<Map<string, string>> {
  const paid = won.filter(({ points }) => points > 0);
  const proposals = paid.map(({ winId, offerId, points }): Proposal => {
    const { programmeId } = offers.get(offerId)!;
    return {
      programmeId,
      kind: 'prize',
      debit: { kind: 'prizes', ownerId: programmeId },
      credit: { kind: 'vouchers', ownerId: programmeId },
      points,
      key: `prize:${winId}`,
      causeId: winId,
    };
  });
  const book = await loadBook(tx, wantedBy(proposals), now);
  const transfers = new Map<string, string>();
  proposals.forEach((proposal) => {
    const posted = book.post(proposal);
    if (!posted.ok) throw new Error(`the prizes account cannot refuse, and did: ${posted.refusal.code}`);
    transfers.set(proposal.causeId, posted.value.transferId);
  });
  await writeBook(tx, book);
  return transfers;
}

/** The next codes of pools, in order. Those who buy take theirs by the same count, and stock keeps enough for all. */
async function takeCodes(
  tx: Tx,
  given: readonly { id: string; offer: SoldOffer }[],
  now: Date,
): Promise<(string | number)[][]> {
  const ofPools = given.filter(({ offer }) => offer.codeSource === 'pool');
  const stock = await lockStock(tx, [...new Set(ofPools.map(({ offer }) => offer.id))], now);
  const codes = ofPools.map(({ id, offer }) => {
    const pool = stock.get(offer.id)!;
    pool.codesTaken += 1;
    pool.isChanged = true;
    return [id, offer.id, pool.codesTaken];
  });
  await writeStock(tx, stock);
  return codes;
}
