import { fewEnough, sealTransfers, transfersOfPostings } from '../../ledger/seal.ts';
import { inTransaction, type Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import type { ReportProgress } from '../../platform/jobs.ts';
import { countUncounted } from './count-uncounted.ts';
import { Holdings } from './holdings.ts';
import { type Counted, readCounted } from './read-batch.ts';
import { Tally } from './tally.ts';

const POSTINGS_AT_ONCE = 200;

/**
 * Brings the figures up to now: follows the sealed postings in the order of their numbers, which have no gaps and are
 * given after the commit, and counts what is in no posting. The mark moves in the transaction that counts, and is locked
 * meanwhile, so a run that is cut off, done twice or done on two machines counts everything once. At the end it is
 * written that the figures hold all that was committed when the run began. Returns how many postings were counted.
 */
export async function rollUpFigures(deps: Deps, progress?: ReportProgress): Promise<number> {
  const { db, clock } = deps;
  const began = clock.now();
  await db.query('INSERT IGNORE INTO figure_mark (id, seal_number) VALUES (1, 0)');
  await sealTransfers(deps);
  let done = 0;
  for (;;) {
    const counted = await inTransaction(db, countPostings);
    if (counted === 0) break;
    done += counted;
    await progress?.({ done });
  }
  while ((await inTransaction(db, (tx) => countOthers(tx, clock.now()))) > 0);
  await db.query('UPDATE figure_mark SET as_of = GREATEST(IFNULL(as_of, ?), ?) WHERE id = 1', [began, began]);
  return done;
}

async function lockMark(tx: Tx): Promise<number> {
  const [mark]: { seal_number: number }[] = await tx.query(
    'SELECT seal_number FROM figure_mark WHERE id = 1 FOR UPDATE',
  );
  return Number(mark!.seal_number);
}

async function countPostings(tx: Tx): Promise<number> {
  const mark = await lockMark(tx);
  const sealed: { id: string; transfers: number; seal_number: number }[] = await tx.query(
    'SELECT id, transfers, seal_number FROM posting WHERE seal_number > ? ORDER BY seal_number LIMIT ?',
    [mark, POSTINGS_AT_ONCE],
  );
  if (sealed.length === 0) return 0;
  const postings = fewEnough(sealed);
  const ids = postings.map((posting) => posting.id);
  await count(tx, await readCounted(tx, await transfersOfPostings(tx, ids)));
  await tx.query('UPDATE figure_mark SET seal_number = ? WHERE id = 1', [postings.at(-1)!.seal_number]);
  return postings.length;
}

async function count(tx: Tx, counted: readonly Counted[]): Promise<void> {
  const firstMonths = new Map<string, string>();
  for (const { memberId, month } of counted) {
    if (memberId !== undefined && !firstMonths.has(memberId)) firstMonths.set(memberId, month);
  }
  const holdings = await Holdings.read(tx, [...firstMonths.keys()]);
  const tally = new Tally();
  holdings.move(tally, (memberId) => firstMonths.get(memberId)!);
  for (const { programmeId, homeId, month, memberId, merchantId, offerId, measures } of counted) {
    const unionId = memberId === undefined ? homeId : holdings.unionOf(memberId, homeId);
    const place = { programmeId, unionId, month, merchantId };
    tally.add(place, measures);
    if (memberId !== undefined) holdings.add({ memberId, programmeId, unionId }, merchantId, measures);
    const redeemed = measures.redeemed ?? 0;
    if (offerId !== undefined) tally.addOffer(place, offerId, Math.sign(redeemed), redeemed);
  }
  await holdings.write(tx);
  await tally.write(tx);
}

async function countOthers(tx: Tx, now: Date): Promise<number> {
  await lockMark(tx);
  return countUncounted(tx, now);
}
