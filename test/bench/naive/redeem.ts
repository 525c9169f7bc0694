/** A redemption as a good engineer writes it by hand: one transaction, every check and every row that ours has. */
import type { Connection } from 'mysql2/promise';
import { notEnoughPoints } from '../../../src/ledger/refusals.ts';
import { limitPeriod, type SoldOffer, validUntil } from '../../../src/marketplace/decide-redemption.ts';
import * as no from '../../../src/marketplace/refusals-redemption.ts';
import { voucherCode, voucherCodeHash } from '../../../src/marketplace/voucher-code.ts';
import { beijingDay } from '../../../src/platform/clock.ts';
import { newId } from '../../../src/platform/ids.ts';
import type { Refusal } from '../../../src/platform/result.ts';
import { change, insertTransfer, outcomeBefore, rows, storeAccepted, storeRefused } from './statements.ts';

interface Wanted {
  memberId: string;
  offerId: string;
  key: string;
}

interface Terms extends SoldOffer {
  stock: number;
  memberState: string;
  memberPath: string;
  programmePath: string;
  accountId: string | null;
  vouchersAccountId: string;
}

/** Buys one piece of an offer. Returns undefined, or the code of the refusal. */
export async function redeemNaively(c: Connection, wanted: Wanted, voucherKey: Buffer): Promise<string | undefined> {
  const { memberId, offerId, key } = wanted;
  const now = new Date();
  const request = { actor: `member:${memberId}`, key, operation: 'redeem', input: { offerId } };
  const before = await outcomeBefore(c, request);
  if (before !== 'first') return before;
  const refused = (refusal: Refusal) => storeRefused(c, request, refusal, now);

  const terms = await readTerms(c, memberId, offerId);
  const refusal = refusalOfTerms(terms, now);
  if (refusal || !terms) return refused(refusal ?? no.offerUnknown);
  if (terms.accountId === null) return refused(notEnoughPoints(0, terms.price));
  const [account] = await rows<{ balance: number }>(c, 'SELECT balance FROM account WHERE id = ? FOR UPDATE', [
    terms.accountId,
  ]);
  const lots = await rows<{ id: string; remaining: number }>(
    c,
    `SELECT id, remaining FROM lot WHERE account_id = ? AND is_open = 1 AND expires_at > ? ORDER BY expires_at, id`,
    [terms.accountId, now],
  );
  const spendable = lots.reduce((sum, lot) => sum + lot.remaining, 0);
  if (spendable < terms.price) return refused(notEnoughPoints(spendable, terms.price));
  const period = limitPeriod(terms, now);
  const slot = await freeSlot(c, terms, memberId, period);
  if (slot === undefined) return refused(no.limitReached(terms.limitCount!, terms.limitPeriod));

  const id = newId();
  const transferId = await pay(c, terms, terms.accountId, account!.balance, lots, id, now);
  await change(
    c,
    `INSERT INTO redemption (id, programme_id, offer_id, member_id, merchant_id, points, limit_group, limit_period,
                             limit_slot, transfer_id, redeemed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      id,
      terms.programmeId,
      offerId,
      memberId,
      terms.merchantId,
      terms.price,
      slot && terms.limitGroup,
      period,
      slot,
      transferId,
      now,
    ],
  );
  await change(c, "INSERT INTO voucher (id, code_hash, state, valid_until) VALUES (?, ?, 'unused', ?)", [
    id,
    voucherCodeHash(voucherKey, voucherCode(voucherKey, id)),
    validUntil(terms, now),
  ]);
  await storeAccepted(c, request, id, now);
  // Last, so that the row that all buyers of the offer want is locked for as short as can be.
  const taken = await change(
    c,
    'UPDATE offer_stock SET remaining = remaining - 1 WHERE offer_id = ? AND remaining >= 1',
    [offerId],
  );
  if (taken === 0) return refused(no.soldOut);
  await c.commit();
  return undefined;
}

async function readTerms(c: Connection, memberId: string, offerId: string): Promise<Terms | undefined> {
  const [terms] = await rows<Terms>(
    c,
    `SELECT o.id, o.programme_id AS programmeId, o.merchant_id AS merchantId, o.price, o.sale_from AS saleFrom,
            o.sale_to AS saleTo, o.limit_count AS limitCount, o.limit_period AS limitPeriod,
            COALESCE(o.limit_group, o.id) AS limitGroup, o.use_until AS useUntil,
            o.use_days AS useDays, o.state = 'on_sale' AND mm.state = 'active' AS isOnSale, s.remaining AS stock, m.state AS memberState, mu.path AS memberPath,
            pu.path AS programmePath, a.id AS accountId, v.id AS vouchersAccountId
     FROM offer o
     JOIN offer_stock s ON s.offer_id = o.id
     JOIN merchant mm ON mm.id = o.merchant_id
     JOIN programme p ON p.id = o.programme_id
     JOIN union_node pu ON pu.id = p.union_id
     JOIN member m ON m.id = ?
     JOIN union_node mu ON mu.id = m.union_id
     JOIN account v ON v.programme_id = p.id AND v.kind = 'vouchers' AND v.owner_id = p.id
     LEFT JOIN account a ON a.programme_id = p.id AND a.kind = 'member' AND a.owner_id = m.id
     WHERE o.id = ?`,
    [memberId, offerId],
  );
  return terms;
}

function refusalOfTerms(terms: Terms | undefined, now: Date): Refusal | undefined {
  if (!terms?.memberPath.startsWith(terms.programmePath)) return no.offerUnknown;
  if (terms.memberState !== 'active') return no.memberNotActive;
  if (!terms.isOnSale) return no.offerNotOnSale;
  if (now < terms.saleFrom) return no.saleNotOpen(terms.saleFrom);
  if (now >= terms.saleTo) return no.saleOver;
  return terms.stock < 1 ? no.soldOut : undefined;
}

/** The first free slot of the member's limit, null without a limit, undefined when none is free. */
async function freeSlot(c: Connection, terms: Terms, memberId: string, period: string) {
  if (terms.limitCount === null) return null;
  const taken = await rows<{ limit_slot: number }>(
    c,
    `SELECT limit_slot FROM redemption
     WHERE member_id = ? AND limit_group = ? AND limit_period = ? AND limit_slot IS NOT NULL`,
    [memberId, terms.limitGroup, period],
  );
  const used = new Set(taken.map((row) => row.limit_slot));
  for (let slot = 1; slot <= terms.limitCount; slot++) if (!used.has(slot)) return slot;
  return undefined;
}

async function pay(
  c: Connection,
  terms: Terms,
  accountId: string,
  balance: number,
  lots: readonly { id: string; remaining: number }[],
  redemptionId: string,
  now: Date,
): Promise<string | null> {
  if (terms.price === 0) return null;
  const transfer = {
    programmeId: terms.programmeId,
    kind: 'redemption',
    debitAccountId: accountId,
    creditAccountId: terms.vouchersAccountId,
    points: terms.price,
    key: `redemption:${redemptionId}`,
    causeId: redemptionId,
    balanceAfter: balance - terms.price,
  };
  const transferId = await insertTransfer(c, newId(), beijingDay(now), transfer, now);
  let rest = terms.price;
  for (const lot of lots) {
    const part = Math.min(rest, lot.remaining);
    await change(c, 'UPDATE lot SET remaining = remaining - ? WHERE id = ?', [part, lot.id]);
    await change(c, 'INSERT INTO lot_movement (transfer_id, lot_id, points) VALUES (?, ?, ?)', [
      transferId,
      lot.id,
      -part,
    ]);
    rest -= part;
    if (rest === 0) break;
  }
  await change(c, 'UPDATE account SET balance = balance - ? WHERE id = ?', [terms.price, accountId]);
  return transferId;
}
