import { insertRows } from '../../platform/db/sql.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { TreatLine } from './queries.ts';

/** Makes these the lines of a plan. */
export async function writePlanLines(tx: Tx, planId: string, lines: readonly TreatLine[]): Promise<void> {
  await tx.query('DELETE FROM treat_plan_line WHERE plan_id = ?', [planId]);
  await insertRows(
    tx,
    'treat_plan_line',
    ['plan_id', 'number', 'merchant_id', 'outlet_id', 'what', 'quantity'],
    lines.map(({ number, merchantId, outletId, what, quantity }) => [
      planId,
      number,
      merchantId,
      outletId,
      what,
      quantity,
    ]),
  );
}
