import type { EntityManager } from 'typeorm';
import { readPage } from '../../../platform/db/read-page.ts';
import { type Page, type PageRequest, pageOf } from '../../../platform/graphql/connection.ts';
import { balancesOf, leftOf } from './balance.ts';
import { type PaymentState, PrepaidPayment } from './payment.entity.ts';

/** A page of the prepayments of a programme, the newest first; the cursor is the id. */
export async function paymentsOf(
  db: EntityManager,
  { programmeId, state }: { programmeId: string; state: PaymentState | undefined },
  page: PageRequest,
): Promise<Page<PrepaidPayment>> {
  const query = db.createQueryBuilder(PrepaidPayment, 'p').where('p.programmeId = :programmeId', { programmeId });
  if (state !== undefined) query.andWhere('p.state = :state', { state });
  return readPage(query, 'p.id', page, 'DESC');
}

/** What a prepaid merchant has, in fen. */
export interface Prepaid {
  merchantId: string;
  /** What was paid in and no paid statement has drawn. */
  fen: number;
  /** What will be left once everything until now is settled. */
  leftFen: number;
}

/** A page of the merchants to whom a programme paid something beforehand, by their ids; the cursor is the merchant's id. */
export async function prepaidOf(
  db: EntityManager,
  programmeId: string,
  page: PageRequest,
  now: Date,
): Promise<Page<Prepaid>> {
  const rows: { merchantId: string }[] = await db.query(
    `SELECT merchant_id AS merchantId FROM prepaid_balance WHERE programme_id = ? AND merchant_id > ?
     ORDER BY merchant_id LIMIT ?`,
    [programmeId, page.after ?? '', page.first + 1],
  );
  const { items, hasNextPage } = pageOf(rows, page);
  const merchantIds = items.map(({ merchantId }) => merchantId);
  const [balances, left] = [
    await balancesOf(db, programmeId, merchantIds),
    await leftOf(db, programmeId, merchantIds, now),
  ];
  return {
    items: merchantIds.map((merchantId) => ({
      merchantId,
      fen: balances.get(merchantId)!,
      leftFen: left.get(merchantId)!,
    })),
    hasNextPage,
  };
}

/** That little is left of a prepaid balance. */
export interface PrepaidAlert {
  id: string;
  merchantId: string;
  leftFen: number;
  belowFen: number;
  raisedAt: Date;
}

/** A page of the alerts of a programme that are not over, the newest first; the cursor is the id. */
export async function openAlerts(
  db: EntityManager,
  programmeId: string,
  page: PageRequest,
): Promise<Page<PrepaidAlert>> {
  const rows: (PrepaidAlert & { leftFen: number | string; belowFen: number | string })[] = await db.query(
    `SELECT id, merchant_id AS merchantId, left_fen AS leftFen, below_fen AS belowFen, raised_at AS raisedAt
     FROM prepaid_alert FORCE INDEX (prepaid_alert_newest) WHERE programme_id = ? AND is_open = 1 AND id < ?
     ORDER BY id DESC LIMIT ?`,
    [programmeId, page.after ?? '~', page.first + 1],
  );
  return pageOf(
    rows.map((row) => ({ ...row, leftFen: Number(row.leftFen), belowFen: Number(row.belowFen) })),
    page,
  );
}
