import type { EntityManager } from 'typeorm';
import { type BeijingDay, beijingDay } from '../../platform/clock.ts';
import type { SettlementMode } from './contract.entity.ts';

/** A merchant in a programme that it serves. */
export interface Served {
  programmeId: string;
  merchantId: string;
}

/** What holds between a merchant and the union of a programme from one Beijing day until another, both included. */
export interface Contract extends Served {
  id: string;
  number: string;
  fromDay: BeijingDay;
  /** Null without end. */
  untilDay: BeijingDay | null;
  /** The merchant’s own price of a point in fen, or null. */
  pointPriceFen: number | null;
  /** What a point is worth at this merchant in fen: its own price, else the programme’s. */
  rateFen: number;
  /** What card holders are given at the counter, up to 100 characters; null when nothing was agreed. */
  discount: string | null;
  /** How many per cent it takes off a bill, 1 to 99; null where its words say it some other way. */
  discountPercent: number | null;
  settlement: SettlementMode;
  /** Prepaid: below how many fen left the union is told; null when it is not. */
  alertBelowFen: number | null;
}

/** The key of a pair in the maps of this file. */
export function servedKey({ programmeId, merchantId }: Served): string {
  return `${programmeId} ${merchantId}`;
}

/**
 * The contracts that cover a Beijing day, by `servedKey`; no two contracts of a pair cover one day. A pair that is
 * absent can neither sell nor charge on that day. Whether the merchant is active is asked apart. One statement, none
 * for no pairs.
 */
export async function contractOn(
  db: EntityManager,
  pairs: readonly Served[],
  day: BeijingDay,
): Promise<Map<string, Contract>> {
  if (pairs.length === 0) return new Map();
  const found = await readContracts(db, pairs, 'AND c.from_day <= ? AND (c.until_day IS NULL OR c.until_day >= ?)', [
    day,
    day,
  ]);
  return new Map(found.map((contract) => [servedKey(contract), contract]));
}

/** All contracts of these pairs, by `servedKey`, the earliest first. One statement, none for no pairs. */
export async function contractsOf(db: EntityManager, pairs: readonly Served[]): Promise<Map<string, Contract[]>> {
  if (pairs.length === 0) return new Map();
  const found = new Map<string, Contract[]>();
  for (const contract of await readContracts(db, pairs, '', [])) {
    const key = servedKey(contract);
    const list = found.get(key);
    if (list) list.push(contract);
    else found.set(key, [contract]);
  }
  return found;
}

/**
 * The contract by whose rate the points of a day are settled: the one that covers it or else, for vouchers that were
 * bought under a contract and used after its end, the last that began before. `contracts` are those of one pair, the
 * earliest first.
 */
export function settledBy(contracts: readonly Contract[], day: BeijingDay): Contract | undefined {
  return contracts.findLast((contract) => contract.fromDay <= day);
}

/** A condition of SQL and the values of its question marks, in their order. */
export interface SqlCondition {
  sql: string;
  values: BeijingDay[];
}

/**
 * True where a contract covers the day in which `now` lies, for a statement that names the columns of the programme
 * and the merchant: `contractCovers('offer.programme_id', 'offer.merchant_id', now)`. It walks an index of
 * contract and is a subquery, so it changes neither the rows of the statement nor their number.
 */
export function contractCovers(programmeColumn: string, merchantColumn: string, now: Date): SqlCondition {
  const day = beijingDay(now);
  return {
    sql: `EXISTS (SELECT 1 FROM contract WHERE contract.programme_id = ${programmeColumn}
            AND contract.merchant_id = ${merchantColumn} AND contract.from_day <= ?
            AND (contract.until_day IS NULL OR contract.until_day >= ?))`,
    values: [day, day],
  };
}

async function readContracts(
  db: EntityManager,
  pairs: readonly Served[],
  condition: string,
  values: readonly BeijingDay[],
): Promise<Contract[]> {
  return db.query(
    `SELECT c.id, c.programme_id AS programmeId, c.merchant_id AS merchantId, c.number, c.from_day AS fromDay,
            c.until_day AS untilDay, c.point_price_fen AS pointPriceFen,
            COALESCE(c.point_price_fen, p.point_price_fen) AS rateFen, c.discount,
            c.discount_percent AS discountPercent, c.settlement, c.alert_below_fen AS alertBelowFen
     FROM contract c JOIN programme p ON p.id = c.programme_id
     WHERE (c.programme_id, c.merchant_id) IN (?) ${condition}
     ORDER BY c.programme_id, c.merchant_id, c.from_day`,
    [pairs.map(({ programmeId, merchantId }) => [programmeId, merchantId]), ...values],
  );
}
