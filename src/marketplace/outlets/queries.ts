import type { EntityManager } from 'typeorm';
import type { Opening } from './opening-hours.ts';

/** The opening hours of each outlet, in the order of the week; absent for one whose hours are not known. */
export async function hoursOfOutlets(db: EntityManager, outletIds: readonly string[]): Promise<Map<string, Opening[]>> {
  const rows: (Opening & { outlet_id: string })[] = await db.query(
    'SELECT outlet_id, weekday, opens, closes FROM outlet_hours WHERE outlet_id IN (?) ORDER BY outlet_id, weekday, opens',
    [outletIds],
  );
  const found = new Map<string, Opening[]>();
  for (const { outlet_id, weekday, opens, closes } of rows) {
    const opening = { weekday, opens, closes };
    const list = found.get(outlet_id);
    if (list) list.push(opening);
    else found.set(outlet_id, [opening]);
  }
  return found;
}

/** Of these outlets, the ids of those whose merchant is active and serves one of the programmes. */
export async function outletsServing(
  db: EntityManager,
  outletIds: readonly string[],
  programmeIds: readonly string[],
): Promise<Set<string>> {
  if (programmeIds.length === 0) return new Set();
  const rows: { id: string }[] = await db.query(
    `SELECT o.id FROM outlet o JOIN merchant m ON m.id = o.merchant_id AND m.state = 'active'
     WHERE o.id IN (?) AND EXISTS (SELECT 1 FROM programme_merchant served
       WHERE served.programme_id IN (?) AND served.merchant_id = o.merchant_id)`,
    [outletIds, programmeIds],
  );
  return new Set(rows.map(({ id }) => id));
}
