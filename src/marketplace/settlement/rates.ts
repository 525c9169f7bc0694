import type { EntityManager } from 'typeorm';
import type { BeijingDay } from '../../platform/clock.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { SettlementMode } from '../contracts/contract.entity.ts';
import { type Contract, contractsOf, servedKey, settledBy } from '../contracts/contracts.ts';

/** From a day on a point is worth so many fen. */
export interface RateStep {
  fromDay: BeijingDay;
  rateFen: number;
}

/** What a point was worth at a merchant over time, and how its statements are settled. */
export interface Rates {
  /** The earliest first; the first also holds for what lies before it. */
  steps: readonly RateStep[];
  /** How what happened until a day is settled. */
  settlementOn(day: BeijingDay): SettlementMode;
}

/** The rates of merchants in a programme, by the merchant's id: the contract's own price, else the programme's of the day. */
export async function ratesOf(
  db: EntityManager,
  programmeId: string,
  merchantIds: readonly string[],
): Promise<Map<string, Rates>> {
  const served = merchantIds.map((merchantId) => ({ programmeId, merchantId }));
  const [contracts, prices] = [await contractsOf(db, served), await pricesOf(db, programmeId)];
  return new Map(served.map((pair) => [pair.merchantId, ratesBy(contracts.get(servedKey(pair)) ?? [], prices)]));
}

interface Price {
  fromDay: BeijingDay;
  pointPriceFen: number;
}

/** The prices of a programme's point, the earliest first; one at the least. */
async function pricesOf(db: EntityManager, programmeId: string): Promise<Price[]> {
  const past: Price[] = await db.query(
    `SELECT from_day AS fromDay, point_price_fen AS pointPriceFen FROM programme_price
     WHERE programme_id = ? ORDER BY from_day`,
    [programmeId],
  );
  if (past.length > 0) return past;
  return db.query("SELECT '2000-01-01' AS fromDay, point_price_fen AS pointPriceFen FROM programme WHERE id = ?", [
    programmeId,
  ]);
}

function ratesBy(contracts: readonly Contract[], prices: readonly Price[]): Rates {
  const contractOfDay = (day: BeijingDay) => settledBy(contracts, day) ?? contracts[0];
  const rateOn = (day: BeijingDay) => {
    const price = prices.findLast(({ fromDay }) => fromDay <= day) ?? prices[0]!;
    return contractOfDay(day)?.pointPriceFen ?? price.pointPriceFen;
  };
  const days = [...new Set([...contracts, ...prices].map(({ fromDay }) => fromDay))].sort();
  return {
    steps: days.map((fromDay) => ({ fromDay, rateFen: rateOn(fromDay) })),
    settlementOn: (day) => contractOfDay(day)?.settlement ?? 'postpaid',
  };
}

/** The rate of a day, given as SQL, as SQL with the values of its question marks. */
export function rateSql(steps: readonly RateStep[], day: string): { sql: string; values: (string | number)[] } {
  const [first, ...later] = steps;
  if (later.length === 0) return { sql: '?', values: [first!.rateFen] };
  const cases = later.toReversed().map(() => `WHEN ${day} >= ? THEN ?`);
  const values = later.toReversed().flatMap(({ fromDay, rateFen }) => [fromDay, rateFen]);
  return { sql: `CASE ${cases.join(' ')} ELSE ? END`, values: [...values, first!.rateFen] };
}

/** What a point is worth on a day, in fen. */
export function rateOn(steps: readonly RateStep[], day: BeijingDay): number {
  return (steps.findLast(({ fromDay }) => fromDay <= day) ?? steps[0]!).rateFen;
}

/** The steps that hold for the days until the last one that is closed, the earliest first. */
export async function closedRates(db: EntityManager, accountId: string): Promise<RateStep[]> {
  return db.query(
    'SELECT from_day AS fromDay, rate_fen AS rateFen FROM settlement_rate WHERE account_id = ? ORDER BY from_day',
    [accountId],
  );
}

/**
 * Lays the rates of the days of a month down for good, and returns all that are laid down: what is agreed later about
 * days that are closed changes no line. The first month of an account brings all that was before it along.
 */
export async function layDownRates(
  tx: Tx,
  accountId: string,
  { steps }: Rates,
  { fromDay, lastDay }: { fromDay: BeijingDay; lastDay: BeijingDay },
): Promise<RateStep[]> {
  const closed = await closedRates(tx, accountId);
  const begin = closed.length > 0 ? fromDay : steps[0]!.fromDay;
  const inMonth = steps.filter((step) => step.fromDay > begin && step.fromDay <= lastDay);
  for (const step of [{ fromDay: begin, rateFen: rateOn(steps, begin) }, ...inMonth]) {
    if (closed.at(-1)?.rateFen === step.rateFen) continue;
    await tx.query('INSERT INTO settlement_rate (account_id, from_day, rate_fen) VALUES (?)', [
      [accountId, step.fromDay, step.rateFen],
    ]);
    closed.push(step);
  }
  return closed;
}
