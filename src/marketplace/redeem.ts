import { loadBook } from '../ledger/load-book.ts';
import { writeBook } from '../ledger/write-book.ts';
import { GroupCommit } from '../platform/db/group-commit.ts';
import type { Outcome, Request } from '../platform/db/idempotency.ts';
import { settle } from '../platform/db/settle.ts';
import { insertRows } from '../platform/db/sql.ts';
import type { Tx } from '../platform/db/transaction.ts';
import type { Deps } from '../platform/deps.ts';
import { newId } from '../platform/ids.ts';
import { accept } from '../platform/result.ts';
import { memberStandings, programmeTerms } from '../unions/standing.ts';
import { tagsOf } from '../unions/tags.ts';
import { decideRedemption, limitPeriod, type Market, type Redeemed, type SoldOffer } from './decide-redemption.ts';
import { findSoldOffers } from './offers/find-sold-offers.ts';
import { lockStock, writeStock } from './releases/stock.ts';
import { voucherCode, voucherCodeHash } from './voucher-code.ts';

interface RedeemCommand {
  request: Request;
  memberId: string;
  offerId: string;
}

const groups = new WeakMap<Deps, GroupCommit<RedeemCommand, Outcome>>();

/**
 * Buys an offer with the member's points and makes its voucher; the outcome holds the redemption's id. Concurrent calls
 * are committed together. Refusals: those of decideRedemption, KEY_MALFORMED, KEY_REUSED.
 */
export function redeem(
  deps: Deps,
  { actor, memberId, key, offerId }: { actor: string; memberId: string; key: string; offerId: string },
): Promise<Outcome> {
  let group = groups.get(deps);
  if (!group) {
    group = new GroupCommit(deps.db, (tx, commands) => redeemAll(tx, commands, deps));
    groups.set(deps, group);
  }
  return group.submit({ request: { actor, key, operation: 'redeem', input: { offerId } }, memberId, offerId });
}

function redeemAll(tx: Tx, commands: readonly RedeemCommand[], { clock, config }: Deps): Promise<Outcome[]> {
  const now = clock.now();
  return settle(tx, commands, now, async (fresh) => {
    const market = await loadMarket(tx, fresh, now);
    const results = fresh.map((command) => decideRedemption(market, { ...command, id: newId() }));
    await writeRedemptions(
      tx,
      market,
      results.flatMap((result) => (result.ok ? [result.value] : [])),
      config.voucherKey,
    );
    return results.map((result) => (result.ok ? accept(result.value.id) : result));
  });
}

/** Reads and locks what a batch touches: members' accounts first, then stock, each in the order of ids. */
async function loadMarket(tx: Tx, commands: readonly RedeemCommand[], now: Date): Promise<Market> {
  const offers = await findSoldOffers(
    tx,
    commands.map((command) => command.offerId),
    now,
  );
  const programmes = await programmeTerms(tx, [...new Set([...offers.values()].map((offer) => offer.programmeId))]);
  const members = await memberStandings(tx, [...new Set(commands.map((command) => command.memberId))]);
  const known = commands.flatMap(({ memberId, offerId }) => {
    const offer = offers.get(offerId);
    return offer && members.has(memberId) ? [{ memberId, offer }] : [];
  });
  const accounts = known.flatMap(({ memberId, offer: { programmeId } }) => [
    { programmeId, ref: { kind: 'member' as const, ownerId: memberId } },
    { programmeId, ref: { kind: 'vouchers' as const, ownerId: programmeId } },
  ]);
  const book = await loadBook(tx, { accounts, keys: [] }, now);
  const tags = await readTags(tx, known);
  const stock = await lockStock(tx, [...offers.keys()], now);
  return { now, offers, programmes, members, book, tags, stock, slots: await readSlots(tx, known, now) };
}

/** The tags of members, read only for those who ask for an offer that wants some. */
async function readTags(
  tx: Tx,
  known: readonly { memberId: string; offer: SoldOffer }[],
): Promise<Map<string, string[]>> {
  const asked = known.filter(({ offer }) => offer.eligibleTags !== null).map(({ memberId }) => memberId);
  return tagsOf(tx, [...new Set(asked)]);
}

async function readSlots(
  tx: Tx,
  known: readonly { memberId: string; offer: SoldOffer }[],
  now: Date,
): Promise<Map<string, Set<number>>> {
  const limited = known.filter(({ offer }) => offer.limitCount !== null);
  const slots = new Map<string, Set<number>>();
  if (limited.length === 0) return slots;
  const rows: { member_id: string; offer_id: string; limit_period: string; limit_slot: number }[] = await tx.query(
    `SELECT member_id, offer_id, limit_period, limit_slot FROM redemption
     WHERE (member_id, offer_id, limit_period) IN (?) AND limit_slot IS NOT NULL`,
    [limited.map(({ memberId, offer }) => [memberId, offer.id, limitPeriod(offer, now)])],
  );
  for (const row of rows) {
    const key = `${row.member_id} ${row.offer_id} ${row.limit_period}`;
    slots.set(key, (slots.get(key) ?? new Set()).add(row.limit_slot));
  }
  return slots;
}

async function writeRedemptions(tx: Tx, market: Market, redeemed: readonly Redeemed[], key: Buffer): Promise<void> {
  await writeBook(tx, market.book);
  // Also when nothing was sold: a release that fell due is counted by whoever holds the stock first.
  await writeStock(tx, market.stock);
  if (redeemed.length === 0) return;
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
    ],
    redeemed.map(({ id, offer, memberId, limitPeriod, limitSlot, transferId }) => [
      id,
      offer.programmeId,
      offer.id,
      memberId,
      offer.merchantId,
      offer.price,
      limitPeriod,
      limitSlot,
      transferId,
      market.now,
    ]),
  );
  await insertRows(
    tx,
    'voucher',
    ['id', 'code_hash', 'state', 'valid_until'],
    redeemed.map(({ id, validUntil }) => [id, voucherCodeHash(key, voucherCode(key, id)), 'unused', validUntil]),
  );
  await insertRows(
    tx,
    'redemption_code',
    ['redemption_id', 'offer_id', 'number'],
    redeemed.flatMap(({ id, offer, codeNumber }) => (codeNumber === null ? [] : [[id, offer.id, codeNumber]])),
  );
}
