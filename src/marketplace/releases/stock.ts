import { updateRows } from '../../platform/db/sql.ts';
import type { Tx } from '../../platform/db/transaction.ts';

/** What is left of an offer, held until the transaction ends. */
export interface Stock {
  /** With everything that was to be released by now. */
  remaining: number;
  /** The first release that is still to come. */
  nextReleaseAt: Date | null;
  /** How many codes of its pool are sold: the next one has the number after. */
  codesTaken: number;
  /** Whether it is not what the database has, because a release fell due or a piece was sold. */
  isChanged: boolean;
}

interface Row {
  offer_id: string;
  remaining: number;
  codes_taken: number;
  release_at: Date | null;
  count: number | null;
}

/**
 * Locks the stock of offers in the order of their ids, with the releases that are not counted in it yet. Those that are
 * due are counted from here on: whoever holds the stock when their instant has come adds them, and writeStock moves
 * next_release_at past them, so that nobody adds them again. One statement, with or without releases.
 */
export async function lockStock(tx: Tx, offerIds: readonly string[], now: Date): Promise<Map<string, Stock>> {
  if (offerIds.length === 0) return new Map();
  const rows: Row[] = await tx.query(
    `SELECT s.offer_id, s.remaining, s.codes_taken, r.release_at, r.count
     FROM offer_stock s LEFT JOIN offer_release r ON r.offer_id = s.offer_id AND r.release_at >= s.next_release_at
     WHERE s.offer_id IN (?) ORDER BY s.offer_id FOR UPDATE`,
    [offerIds],
  );
  const found = new Map<string, Stock>();
  for (const row of rows) {
    const stock = found.get(row.offer_id) ?? unreleased(row);
    found.set(row.offer_id, stock);
    if (row.release_at === null) continue;
    if (row.release_at > now) stock.nextReleaseAt = earlier(stock.nextReleaseAt, row.release_at);
    else {
      stock.remaining += row.count!;
      stock.isChanged = true;
    }
  }
  return found;
}

function unreleased({ remaining, codes_taken: codesTaken }: Row): Stock {
  return { remaining, codesTaken, nextReleaseAt: null, isChanged: false };
}

function earlier(one: Date | null, other: Date): Date {
  return one !== null && one < other ? one : other;
}

/** Writes what has changed of stock that is locked. */
export async function writeStock(tx: Tx, stock: ReadonlyMap<string, Stock>): Promise<void> {
  await updateRows(
    tx,
    'offer_stock',
    ['offer_id', 'remaining', 'next_release_at', 'codes_taken'],
    [...stock]
      .filter(([, { isChanged }]) => isChanged)
      .map(([offerId, { remaining, nextReleaseAt, codesTaken }]) => [offerId, remaining, nextReleaseAt, codesTaken]),
    ['remaining', 'next_release_at', 'codes_taken'],
  );
}
