/** Taking a treat as a good engineer writes it by hand: one transaction, every check and every row that ours has; a gift touches no account. */
import type { Connection } from 'mysql2/promise';
import * as no from '../../../src/marketplace/refusals-redemption.ts';
import { voucherCode, voucherCodeHash } from '../../../src/marketplace/voucher-code.ts';
import { beijingDay, endOfDay } from '../../../src/platform/clock.ts';
import { newId } from '../../../src/platform/ids.ts';
import type { Refusal } from '../../../src/platform/result.ts';
import { change, outcomeBefore, rows, storeAccepted, storeRefused } from './statements.ts';

interface Wanted {
  memberId: string;
  offerId: string;
  key: string;
}

interface Terms {
  programmeId: string;
  merchantId: string;
  saleFrom: Date;
  saleTo: Date;
  limitGroup: string;
  useUntil: string;
  isOnSale: number;
  stock: number;
  memberState: string;
  isOfProgramme: number;
  taken: number;
}

/** Takes one piece of a treat's offer, which members may have once. Returns undefined, or the code of the refusal. */
export async function takeNaively(c: Connection, wanted: Wanted, voucherKey: Buffer): Promise<string | undefined> {
  const { memberId, offerId, key } = wanted;
  const now = new Date();
  const request = { actor: `member:${memberId}`, key, operation: 'redeem', input: { offerId } };
  const before = await outcomeBefore(c, request);
  if (before !== 'first') return before;
  const refused = (refusal: Refusal) => storeRefused(c, request, refusal, now);

  const terms = await readTerms(c, wanted, now);
  const refusal = refusalOf(terms, now);
  if (refusal || !terms) return refused(refusal ?? no.offerUnknown);
  const id = newId();
  await change(
    c,
    `INSERT INTO redemption (id, programme_id, offer_id, member_id, merchant_id, points, limit_group, limit_period,
                             limit_slot, redeemed_at) VALUES (?, ?, ?, ?, ?, 0, ?, 'ever', 1, ?)`,
    [id, terms.programmeId, offerId, memberId, terms.merchantId, terms.limitGroup, now],
  );
  await change(c, "INSERT INTO voucher (id, code_hash, state, valid_until) VALUES (?, ?, 'unused', ?)", [
    id,
    voucherCodeHash(voucherKey, voucherCode(voucherKey, id)),
    endOfDay(terms.useUntil),
  ]);
  await storeAccepted(c, request, id, now);
  // Last, so that the row that all want is locked for as short as can be.
  const taken = await change(
    c,
    'UPDATE offer_stock SET remaining = remaining - 1 WHERE offer_id = ? AND remaining >= 1',
    [offerId],
  );
  if (taken === 0) return refused(no.soldOut);
  await c.commit();
  return undefined;
}

/** Everything that is judged, without a lock: a sold-out treat is refused before anything is written. */
async function readTerms(c: Connection, { memberId, offerId }: Wanted, now: Date): Promise<Terms | undefined> {
  const day = beijingDay(now);
  const [terms] = await rows<Terms>(
    c,
    `SELECT o.programme_id AS programmeId, o.merchant_id AS merchantId, o.sale_from AS saleFrom, o.sale_to AS saleTo,
            COALESCE(o.limit_group, o.id) AS limitGroup, o.use_until AS useUntil,
            o.state = 'on_sale' AND mm.state = 'active' AND EXISTS (
              SELECT 1 FROM contract k WHERE k.programme_id = o.programme_id AND k.merchant_id = o.merchant_id
                AND k.from_day <= ? AND (k.until_day IS NULL OR k.until_day >= ?)) AS isOnSale,
            s.remaining AS stock, m.state AS memberState, mu.path LIKE CONCAT(pu.path, '%') AS isOfProgramme,
            EXISTS (SELECT 1 FROM redemption r WHERE r.member_id = m.id AND r.limit_period = 'ever'
                      AND r.limit_group = COALESCE(o.limit_group, o.id) AND r.limit_slot = 1) AS taken
     FROM offer o
     JOIN offer_stock s ON s.offer_id = o.id
     JOIN merchant mm ON mm.id = o.merchant_id
     JOIN programme p ON p.id = o.programme_id
     JOIN union_node pu ON pu.id = p.union_id
     JOIN member m ON m.id = ?
     JOIN union_node mu ON mu.id = m.union_id
     WHERE o.id = ?`,
    [day, day, memberId, offerId],
  );
  return terms;
}

function refusalOf(terms: Terms | undefined, now: Date): Refusal | undefined {
  if (!terms?.isOfProgramme) return no.offerUnknown;
  if (terms.memberState !== 'active') return no.memberNotActive;
  if (!terms.isOnSale) return no.offerNotOnSale;
  if (now < terms.saleFrom) return no.saleNotOpen(terms.saleFrom);
  if (now >= terms.saleTo) return no.saleOver;
  if (terms.taken) return no.limitOfGroupReached(1);
  return terms.stock < 1 ? no.soldOut : undefined;
}
