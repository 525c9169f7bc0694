import type { Tx } from '../../platform/db/transaction.ts';
import { contractCovers } from '../contracts/contracts.ts';
import type { SoldOffer } from '../decide-redemption.ts';

type Row = Omit<SoldOffer, 'eligibleUnionIds' | 'eligibleTags'> & {
  eligibleUnionIds: string | null;
  eligibleTags: string | null;
};

/** The offers of these ids with what a redemption needs to know of them; ids of no offer are passed over. */
export async function findSoldOffers(tx: Tx, ids: readonly string[], now: Date): Promise<Map<string, SoldOffer>> {
  const covered = contractCovers('offer.programme_id', 'offer.merchant_id', now);
  const rows: Row[] = await tx.query(
    `SELECT offer.id, offer.programme_id AS programmeId, offer.merchant_id AS merchantId, offer.price,
            offer.sale_from AS saleFrom, offer.sale_to AS saleTo, offer.limit_count AS limitCount,
            offer.limit_period AS limitPeriod, COALESCE(offer.limit_group, offer.id) AS limitGroup,
            offer.use_until AS useUntil, offer.use_days AS useDays, offer.code_source AS codeSource,
            offer.eligible_union_ids AS eligibleUnionIds, offer.eligible_tags AS eligibleTags,
            offer.state = 'on_sale' AND merchant.state = 'active' AND ${covered.sql} AS isOnSale,
            stock.remaining > 0 OR EXISTS (
              SELECT 1 FROM offer_release r
              WHERE r.offer_id = offer.id AND r.release_at >= stock.next_release_at AND r.release_at <= ?
            ) AS isLeft
     FROM offer JOIN offer_stock stock ON stock.offer_id = offer.id
     JOIN merchant ON merchant.id = offer.merchant_id WHERE offer.id IN (?)`,
    [...covered.values, now, [...new Set(ids)]],
  );
  return new Map(rows.map((row) => [row.id, soldOffer(row)]));
}

function soldOffer({ eligibleUnionIds, eligibleTags, ...row }: Row): SoldOffer {
  const list = (text: string | null) => (text === null ? null : JSON.parse(text));
  return { ...row, eligibleUnionIds: list(eligibleUnionIds), eligibleTags: list(eligibleTags) };
}
