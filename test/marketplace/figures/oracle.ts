import type { DataSource } from 'typeorm';
import { MEASURES } from '../../../src/marketplace/figures/measures.ts';

/** Sums under "merchantId month unionId measure", zeros left out; merchantId is empty where everything counts. */
export type Sums = Record<string, number>;

interface Row {
  id: string;
  kind: string;
  points: number;
  day: string;
  gives: number;
  ownerId: string | null;
  memberId: string | null;
  merchantId: string | null;
}

/** What each kind of transfer counts for, as a person would say it; a reversal counts against what it reverses. */
function meaning({ kind, gives }: Row): [name: string, sign: number][] {
  const meanings: Record<string, [string, number][]> = {
    accrual: [['issued', 1]],
    adjustment: [['issued', gives ? 1 : -1]],
    owing: [['issued', 1]],
    write_off: [['issued', 1]],
    repayment: [['issued', -1]],
    redemption: [['redeemed', 1]],
    verification: [['verified', 1]],
    charge: [['charged', 1]],
    expiry: [['expired', 1]],
    unexpiry: [['expired', -1]],
    forfeit: [['forfeited', 1]],
  };
  return meanings[kind] ?? [];
}

const OF_MERCHANTS = ['redeemed', 'verified', 'charged', 'forfeited'];

/** The transfers, each with the kind that counts (its own, or that of what it takes back) and the sign. */
async function readTransfers(db: DataSource): Promise<(Row & { sign: number })[]> {
  return db.query(
    `SELECT t.id, IFNULL(o.kind, t.kind) AS kind, IF(o.id IS NULL, 1, -1) AS sign, t.points, t.day,
            IFNULL(oc.kind, c.kind) = 'member' AS gives,
            (SELECT a.owner_id FROM account a WHERE a.id IN (d.id, c.id) AND a.kind = 'member') AS ownerId,
            r.member_id AS memberId,
            IFNULL(r.merchant_id, (SELECT a.owner_id FROM account a WHERE a.id IN (d.id, c.id) AND a.kind = 'merchant')) AS merchantId
     FROM transfer t JOIN account d ON d.id = t.debit_account_id JOIN account c ON c.id = t.credit_account_id
     LEFT JOIN transfer o ON o.id = t.reverses_id LEFT JOIN account oc ON oc.id = o.credit_account_id
     LEFT JOIN verification v ON v.id = IFNULL(o.cause_id, t.cause_id)
     LEFT JOIN redemption r ON r.id = IFNULL(v.voucher_id, IFNULL(o.cause_id, t.cause_id)) ORDER BY t.id`,
  );
}

/** What the transfers say that came about; `unionOf` tells where each transfer's member was when it was counted. */
export async function flowsByTransfers(db: DataSource, unionOf: (transferId: string) => string): Promise<Sums> {
  const sums: Sums = {};
  for (const row of await readTransfers(db)) {
    for (const [name, sign] of meaning(row)) {
      for (const merchantId of row.merchantId && OF_MERCHANTS.includes(name) ? ['', row.merchantId] : ['']) {
        const key = `${merchantId} ${row.day.slice(0, 7)} ${unionOf(row.id)} ${name}`;
        sums[key] = (sums[key] ?? 0) + sign * row.sign * Number(row.points);
      }
    }
  }
  return withoutZeros(sums);
}

/** What the cards that were shown say; `unionOf` tells where each scan's member was when it was counted. */
export async function flowsByScans(db: DataSource, unionOf: (scanId: string) => string): Promise<Sums> {
  const rows: {
    id: string;
    merchantId: string;
    month: string;
    discount: string | null;
    percent: number | null;
    billFen: string | null;
  }[] = await db.query(
    `SELECT id, merchant_id AS merchantId, LEFT(scanned_at + INTERVAL 8 HOUR, 7) AS month, discount,
            discount_percent AS percent, bill_fen AS billFen FROM card_scan`,
  );
  const sums: Sums = {};
  for (const { id, merchantId, month, discount, percent, billFen } of rows) {
    const bill = discount === null ? 0 : Number(billFen);
    const given = Math.floor((bill * (percent ?? 0)) / 100);
    const counted = { scans: 1, discounts: discount === null ? 0 : 1, discounted_fen: bill, discount_given_fen: given };
    for (const [name, count] of Object.entries(counted)) {
      for (const whose of ['', merchantId]) {
        const key = `${whose} ${month} ${unionOf(id)} ${name}`;
        sums[key] = (sums[key] ?? 0) + count;
      }
    }
  }
  return withoutZeros(sums);
}

/** The member of each transfer. */
export async function membersOfTransfers(db: DataSource): Promise<Map<string, string>> {
  return new Map((await readTransfers(db)).map((row) => [row.id, (row.ownerId ?? row.memberId)!]));
}

/** The same of the rollups. */
export async function flowsByRollups(db: DataSource): Promise<Sums> {
  const flows = MEASURES.filter((name) => name !== 'held' && name !== 'in_vouchers');
  const rows: Record<string, string>[] = await db.query('SELECT * FROM figure_month');
  const sums = rows.flatMap((row) =>
    flows.map((name) => [`${row.merchant_id} ${row.month} ${row.union_id} ${name}`, Number(row[name])] as const),
  );
  return withoutZeros(Object.fromEntries(sums));
}

/** What is outstanding by the balances and unused vouchers, under "merchantId unionId measure". */
export async function outstandingByAccounts(db: DataSource, unionOf: (memberId: string) => string): Promise<Sums> {
  const held: { memberId: string; points: number }[] = await db.query(
    "SELECT owner_id AS memberId, balance AS points FROM account WHERE kind = 'member'",
  );
  const unused: { memberId: string; merchantId: string; points: number }[] = await db.query(
    `SELECT r.member_id AS memberId, r.merchant_id AS merchantId, r.points
     FROM voucher v JOIN redemption r ON r.id = v.id WHERE v.state = 'unused'`,
  );
  const sums: Sums = {};
  const add = (key: string, points: number) => {
    sums[key] = (sums[key] ?? 0) + Number(points);
  };
  for (const { memberId, points } of held) add(` ${unionOf(memberId)} held`, points);
  for (const { memberId, merchantId, points } of unused) {
    add(` ${unionOf(memberId)} in_vouchers`, points);
    add(`${merchantId} ${unionOf(memberId)} in_vouchers`, points);
  }
  return withoutZeros(sums);
}

/** The same of the rollups. */
export async function outstandingByRollups(db: DataSource): Promise<Sums> {
  const rows: { merchant_id: string; union_id: string; held: string; in_vouchers: string }[] = await db.query(
    'SELECT merchant_id, union_id, SUM(held) AS held, SUM(in_vouchers) AS in_vouchers FROM figure_month GROUP BY merchant_id, union_id',
  );
  const sums = rows.flatMap((row) => [
    [`${row.merchant_id} ${row.union_id} held`, Number(row.held)] as const,
    [`${row.merchant_id} ${row.union_id} in_vouchers`, Number(row.in_vouchers)] as const,
  ]);
  return withoutZeros(Object.fromEntries(sums));
}

/** What members held at the end of each month that has transfers, by the transfers or by the rollups. */
export async function heldByMonth(db: DataSource, source: 'transfers' | 'rollups'): Promise<Sums> {
  const changes =
    source === 'rollups'
      ? "SELECT month, held AS points FROM figure_month WHERE merchant_id = ''"
      : `SELECT LEFT(t.day, 7) AS month, IF(a.id = t.credit_account_id, 1, -1) * CAST(t.points AS SIGNED) AS points
         FROM transfer t JOIN account a ON a.kind = 'member' AND a.id IN (t.debit_account_id, t.credit_account_id)`;
  const rows: { month: string; points: string }[] = await db.query(
    `SELECT month, SUM(points) AS points FROM (${changes}) AS changes GROUP BY month`,
  );
  return withoutZeros(Object.fromEntries(rows.map((row) => [row.month, Number(row.points)])));
}

function withoutZeros(sums: Sums): Sums {
  return Object.fromEntries(Object.entries(sums).filter(([, sum]) => sum !== 0));
}
