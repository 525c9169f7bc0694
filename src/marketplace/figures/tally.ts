import { insertRows } from '../../platform/db/sql.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { MEASURES, type Measures, OF_MERCHANT } from './measures.ts';

/** Whose figures something counts for. */
export interface Place {
  programmeId: string;
  unionId: string;
  /** "2026-08". */
  month: string;
  /** Undefined where no merchant takes part. */
  merchantId: string | undefined;
}

/** What one transaction adds to the figures, gathered in memory by row and written set by set. */
export class Tally {
  private readonly months = new Map<string, { row: string[]; measures: Measures }>();
  private readonly offers = new Map<string, { row: string[]; redemptions: number; points: number }>();

  /** Counts in a union, and what is a merchant's for the merchant as well. */
  add({ programmeId, unionId, month, merchantId }: Place, measures: Measures): void {
    this.addTo([programmeId, '', month, unionId], measures);
    if (merchantId === undefined) return;
    const ofMerchant = MEASURES.filter((name) => OF_MERCHANT.has(name)).map((name) => [name, measures[name] ?? 0]);
    this.addTo([programmeId, merchantId, month, unionId], Object.fromEntries(ofMerchant));
  }

  addOffer({ programmeId, unionId, month }: Place, offerId: string, redemptions: number, points: number): void {
    const row = [programmeId, month, offerId, unionId];
    const sum = this.offers.get(row.join()) ?? { row, redemptions: 0, points: 0 };
    this.offers.set(row.join(), { row, redemptions: sum.redemptions + redemptions, points: sum.points + points });
  }

  async write(tx: Tx): Promise<void> {
    const months = [...this.months.values()].filter(({ measures }) => MEASURES.some((name) => measures[name]));
    await insertRows(
      tx,
      'figure_month',
      ['programme_id', 'merchant_id', 'month', 'union_id', ...MEASURES],
      months.map(({ row, measures }) => [...row, ...MEASURES.map((name) => measures[name] ?? 0)]),
      adding('figure_month', MEASURES),
    );
    await insertRows(
      tx,
      'figure_offer_month',
      ['programme_id', 'month', 'offer_id', 'union_id', 'redemptions', 'points'],
      [...this.offers.values()].map(({ row, redemptions, points }) => [...row, redemptions, points]),
      adding('figure_offer_month', ['redemptions', 'points']),
    );
  }

  private addTo(row: string[], measures: Measures): void {
    const sum = this.months.get(row.join()) ?? { row, measures: {} };
    for (const name of MEASURES) {
      if (measures[name]) sum.measures[name] = (sum.measures[name] ?? 0) + measures[name];
    }
    this.months.set(row.join(), sum);
  }
}

function adding(table: string, columns: readonly string[]): string {
  return `ON DUPLICATE KEY UPDATE ${columns.map((name) => `${name} = ${table}.${name} + VALUES(${name})`).join(', ')}`;
}
