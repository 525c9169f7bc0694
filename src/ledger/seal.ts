import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { updateRows } from '../platform/db/sql.ts';
import { inTransaction, type Tx } from '../platform/db/transaction.ts';
import type { Deps } from '../platform/deps.ts';

const POSTINGS_AT_ONCE = 200;
const TRANSFERS_AT_ONCE = 5000;

/** As many of the first postings as hold few enough transfers to be in memory at once; one at the least. */
export function fewEnough<P extends { transfers: number }>(postings: readonly P[]): P[] {
  let transfers = 0;
  return postings.filter((posting, i) => {
    transfers += posting.transfers;
    return i === 0 || transfers <= TRANSFERS_AT_ONCE;
  });
}

export interface SealedRow {
  id: string;
  programme_id: string;
  kind: string;
  debit_account_id: string;
  credit_account_id: string;
  points: number | string;
  business_key: string;
  cause_id: string;
  rule_version_id: string | null;
  reverses_id: string | null;
  balance_after: number | string | null;
  posted_at: Date;
  day: string;
}

/** The transfers of postings, in the order of their lines. A transfer's id begins with its posting's. */
export async function transfersOfPostings(db: EntityManager, postingIds: readonly string[]): Promise<SealedRow[]> {
  if (postingIds.length === 0) return [];
  return db.query(
    `SELECT id, programme_id, kind, debit_account_id, credit_account_id, points, business_key, cause_id,
            rule_version_id, reverses_id, balance_after, posted_at, day
     FROM transfer WHERE ${postingIds.map(() => 'id BETWEEN ? AND ?').join(' OR ')} ORDER BY id`,
    postingIds.flatMap((id) => [`${id}0000`, `${id}ZZZZ`]),
  );
}

/** The link of a posting: SHA-256 over the link before it and every column of its transfers. */
export function linkHash(previous: Buffer, postingId: string, transfers: readonly SealedRow[]): Buffer {
  const hash = createHash('sha256').update(previous).update(postingId);
  for (const t of transfers) {
    hash.update(
      `\n${t.id}|${t.programme_id}|${t.kind}|${t.debit_account_id}|${t.credit_account_id}|${t.points}|${t.business_key}|${t.cause_id}|${t.rule_version_id ?? ''}|${t.reverses_id ?? ''}|${t.balance_after ?? ''}|${t.posted_at.getTime()}|${t.day}`,
    );
  }
  return hash.digest();
}

/**
 * Takes postings that are committed and not sealed yet into the hash chain, and adds them to the daily sums of their
 * accounts, each exactly once: the chain's head is locked, so two processes follow each other. Postings are chained in
 * the order in which they are found, which is all a chain needs. Returns how many postings were sealed.
 */
export async function sealTransfers({ db }: Deps): Promise<number> {
  let sealed = 0;
  for (;;) {
    const count = await inTransaction(db, sealSome);
    if (count === 0) return sealed;
    sealed += count;
  }
}

async function sealSome(tx: Tx): Promise<number> {
  const [head]: { number: number; hash: Buffer }[] = await tx.query(
    'SELECT number, hash FROM seal_head WHERE id = 1 FOR UPDATE',
  );
  const unsealed: { id: string; transfers: number; posted_at: Date }[] = await tx.query(
    'SELECT id, transfers, posted_at FROM posting WHERE seal_number IS NULL ORDER BY id LIMIT ?',
    [POSTINGS_AT_ONCE],
  );
  if (!head || unsealed.length === 0) return 0;
  const postings = fewEnough(unsealed);
  const ids = postings.map((posting) => posting.id);
  const transfers = groupByPosting(await transfersOfPostings(tx, ids));
  let { number, hash } = head;
  const links = postings.map((posting) => {
    number += 1;
    hash = linkHash(hash, posting.id, transfers.get(posting.id) ?? []);
    return [posting.id, posting.transfers, posting.posted_at, number, hash];
  });
  await updateRows(tx, 'posting', ['id', 'transfers', 'posted_at', 'seal_number', 'seal_hash'], links, [
    'seal_number',
    'seal_hash',
  ]);
  await addToDays(tx, [...transfers.values()].flat());
  await tx.query('UPDATE seal_head SET number = ?, hash = ? WHERE id = 1', [number, hash]);
  return postings.length;
}

export function groupByPosting(transfers: readonly SealedRow[]): Map<string, SealedRow[]> {
  const groups = new Map<string, SealedRow[]>();
  for (const transfer of transfers) {
    const posting = transfer.id.slice(0, 26);
    const group = groups.get(posting);
    if (group) group.push(transfer);
    else groups.set(posting, [transfer]);
  }
  return groups;
}

async function addToDays(tx: Tx, transfers: readonly SealedRow[]): Promise<void> {
  const sums = new Map<
    string,
    { account: string; day: string; debited: number; credited: number; transfers: number }
  >();
  const add = (account: string, day: string, debited: number, credited: number) => {
    const key = `${account} ${day}`;
    const sum = sums.get(key) ?? { account, day, debited: 0, credited: 0, transfers: 0 };
    sums.set(key, {
      ...sum,
      debited: sum.debited + debited,
      credited: sum.credited + credited,
      transfers: sum.transfers + 1,
    });
  };
  for (const transfer of transfers) {
    add(transfer.debit_account_id, transfer.day, Number(transfer.points), 0);
    add(transfer.credit_account_id, transfer.day, 0, Number(transfer.points));
  }
  const rows = [...sums.values()].map((sum) => [sum.account, sum.day, sum.debited, sum.credited, sum.transfers]);
  for (let from = 0; from < rows.length; from += 1000) {
    await tx.query(
      `INSERT INTO account_day (account_id, day, debited, credited, transfers) VALUES ?
       ON DUPLICATE KEY UPDATE debited = debited + VALUES(debited), credited = credited + VALUES(credited),
                               transfers = account_day.transfers + VALUES(transfers)`,
      [rows.slice(from, from + 1000)],
    );
  }
}
