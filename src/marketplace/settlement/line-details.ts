import type { EntityManager } from 'typeorm';
import type { Line, LineKind } from './lines.ts';

/** What a line is shown with, to be recognised by. */
export interface LineDetail {
  /** What was handed over; of a correction what the union said was wrong. */
  what: string;
  outletName: string | null;
  /** The merchant's own number of the request; null for a correction. */
  requestNumber: string | null;
}

const VERIFICATION = `
  SELECT v.id, o.title AS what, outlet.name AS outletName, v.request_number AS requestNumber
  FROM verification v JOIN redemption r ON r.id = v.voucher_id JOIN offer o ON o.id = r.offer_id
  JOIN outlet ON outlet.id = v.outlet_id WHERE v.id IN (?)`;

/** The words that the counter uses, and where a line's cause stands. */
const SOURCES: Record<LineKind, string> = {
  verification: VERIFICATION,
  reversal: VERIFICATION,
  charge: `SELECT c.id, '积分收款' AS what, outlet.name AS outletName, c.request_number AS requestNumber
           FROM charge c JOIN outlet ON outlet.id = c.outlet_id WHERE c.id IN (?)`,
  refund: `SELECT c.id, '积分退款' AS what, outlet.name AS outletName, c.request_number AS requestNumber
           FROM charge_refund c JOIN outlet ON outlet.id = c.outlet_id WHERE c.id IN (?)`,
  correction: `SELECT id, answer AS what, NULL AS outletName, NULL AS requestNumber FROM settlement_dispute
               WHERE id IN (?)`,
};

/** What lines are shown with, by the line's id: a statement for each kind among them. */
export async function detailsOf(db: EntityManager, lines: readonly Line[]): Promise<Map<string, LineDetail>> {
  const details = new Map<string, LineDetail>();
  for (const kind of new Set(lines.map((line) => line.kind))) {
    const ofKind = lines.filter((line) => line.kind === kind);
    const rows: (LineDetail & { id: string })[] = await db.query(SOURCES[kind], [ofKind.map(({ causeId }) => causeId)]);
    const byCause = new Map(rows.map(({ id, ...detail }) => [id, detail]));
    for (const { id, causeId } of ofKind) {
      const detail = byCause.get(causeId);
      if (detail) details.set(id, detail);
    }
  }
  return details;
}
