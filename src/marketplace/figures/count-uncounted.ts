import { beijingMonth } from '../../platform/clock.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { pointsFromSql } from '../../platform/points.ts';
import { Holdings } from './holdings.ts';
import { Tally } from './tally.ts';

const AT_ONCE = 1000;

/** Something of a member's that counts in a union, a month and a programme, whose union is homeId. */
interface Shared {
  programmeId: string;
  homeId: string;
  memberId: string;
  at: Date;
}

type Gift = Shared & { offerId: string; isCancelled: number };
type Scan = Shared & {
  merchantId: string;
  billFen: number | null;
  discountGivenFen: number | null;
  isDiscounted: number;
};

/**
 * Counts what is in no posting, each thing once: cards that were shown; gifts, which move no points, when they are
 * redeemed or cancelled; and members who moved, whose points go with them. The rows are locked, so somebody who moves
 * again meanwhile is written down again afterwards. Returns how many were counted, 1,000 at the most.
 */
export async function countUncounted(tx: Tx, now: Date): Promise<number> {
  const rows: { kind: string; id: string }[] = await tx.query(
    'SELECT kind, id FROM figure_uncounted ORDER BY kind, id LIMIT ? FOR UPDATE',
    [AT_ONCE],
  );
  if (rows.length === 0) return 0;
  const ofKind = (kind: string) => rows.filter((row) => row.kind === kind).map((row) => row.id);
  const gifts = await readGifts(tx, ofKind('gift'), ofKind('cancellation'));
  const scans = await readScans(tx, ofKind('scan'));
  const memberIds = [...gifts, ...scans].map((one) => one.memberId);
  const holdings = await Holdings.read(tx, [...new Set([...ofKind('move'), ...memberIds])]);
  const tally = new Tally();
  holdings.move(tally, () => beijingMonth(now));
  const place = ({ programmeId, homeId, memberId }: Shared, at: Date, merchantId?: string) => {
    return { programmeId, unionId: holdings.unionOf(memberId, homeId), month: beijingMonth(at), merchantId };
  };
  for (const gift of gifts) {
    // When a voucher was cancelled is not written down: it counts in the month of now.
    if (gift.isCancelled) tally.addOffer(place(gift, now), gift.offerId, -1, 0);
    else tally.addOffer(place(gift, gift.at), gift.offerId, 1, 0);
  }
  for (const scan of scans) {
    const discounted_fen = scan.isDiscounted ? pointsFromSql(scan.billFen) : 0;
    const discount_given_fen = pointsFromSql(scan.discountGivenFen);
    const discount = { discounts: scan.isDiscounted, discounted_fen, discount_given_fen };
    tally.add(place(scan, scan.at, scan.merchantId), { scans: 1, ...discount });
  }
  await holdings.write(tx);
  await tally.write(tx);
  for (const kind of new Set(rows.map((row) => row.kind)))
    await tx.query('DELETE FROM figure_uncounted WHERE kind = ? AND id IN (?)', [kind, ofKind(kind)]);
  return rows.length;
}

async function readGifts(tx: Tx, redeemed: readonly string[], cancelled: readonly string[]): Promise<Gift[]> {
  if (redeemed.length + cancelled.length === 0) return [];
  const columns = `redemption.programme_id AS programmeId, programme.union_id AS homeId,
    redemption.member_id AS memberId, redemption.offer_id AS offerId, redemption.redeemed_at AS at`;
  const from = 'FROM redemption JOIN programme ON programme.id = redemption.programme_id';
  return tx.query(
    `SELECT ${columns}, 0 AS isCancelled ${from} WHERE redemption.id IN (?)
     UNION ALL SELECT ${columns}, 1 ${from} WHERE redemption.id IN (?) AND redemption.points = 0`,
    [
      ['', ...redeemed],
      ['', ...cancelled],
    ],
  );
}

async function readScans(tx: Tx, ids: readonly string[]): Promise<Scan[]> {
  if (ids.length === 0) return [];
  return tx.query(
    `SELECT card_scan.programme_id AS programmeId, programme.union_id AS homeId, card_scan.member_id AS memberId,
            card_scan.scanned_at AS at, card_scan.merchant_id AS merchantId, card_scan.bill_fen AS billFen,
            card_scan.discount_given_fen AS discountGivenFen, card_scan.discount IS NOT NULL AS isDiscounted
     FROM card_scan JOIN programme ON programme.id = card_scan.programme_id WHERE card_scan.id IN (?)`,
    [ids],
  );
}
