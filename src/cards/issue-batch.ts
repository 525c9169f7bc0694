import { inTransaction, type Tx } from '../platform/db/transaction.ts';
import type { Deps } from '../platform/deps.ts';
import type { ReportProgress } from '../platform/jobs.ts';
import { branchUnions, unionPath } from '../unions/queries.ts';
import type { CardState } from './card.entity.ts';
import { CardBatch } from './card-batch.entity.ts';
import { CardIssuer } from './card-issuer.entity.ts';
import { writePrinterFile } from './printer-file.ts';
import { writeCards } from './write-cards.ts';

const MEMBERS_AT_ONCE = 500;
const FILE_KEPT_DAYS = 30;

/** Thrown when another run of the same batch is ahead. */
class Overtaken extends Error {
  constructor(batchId: string) {
    super(`another run of the card batch ${batchId} is ahead of this one`);
  }
}

/**
 * The work of the job issue-cards: gives each active member of the batch's branch who has no live card of the issuer one,
 * five hundred members at a time in the order of their ids, each part in a transaction of its own with the figures that
 * count it; then writes the file for the printer. May be killed anywhere and run again: it goes on after the last part
 * that was committed, and writes the file anew. Memory is bounded by a part. Throws Overtaken when another run is ahead.
 */
export async function issueBatch(deps: Deps, batchId: string, report: ReportProgress): Promise<void> {
  const batch = await deps.db.manager.findOneBy(CardBatch, { id: batchId });
  if (!batch || batch.state === 'done') return;
  const issuer = await deps.db.manager.findOneByOrFail(CardIssuer, { id: batch.issuerId });
  const unions = await branchUnions(deps.db.manager, (await unionPath(deps.db.manager, batch.unionId)) ?? 'none');
  const unionIds = unions.map(({ id }) => id);
  const of = batch.membersOf ?? (await begin(deps, batchId, unionIds));
  let { lastMemberId, membersSeen } = batch;
  for (;;) {
    const memberIds = await nextMembers(deps, unionIds, lastMemberId);
    if (memberIds.length === 0) break;
    await inTransaction(deps.db, (tx) => issuePart(tx, deps, { batch, issuer, memberIds, after: lastMemberId }));
    lastMemberId = memberIds.at(-1)!;
    membersSeen += memberIds.length;
    await report({ done: membersSeen, of });
  }
  await finish(deps, batch, lastMemberId);
}

/** Counts the members, so that progress can be told. It may change meanwhile; nothing depends on it. */
async function begin({ db }: Deps, batchId: string, unionIds: readonly string[]): Promise<number> {
  const [{ n }] = await db.query("SELECT COUNT(*) AS n FROM member WHERE union_id IN (?) AND state = 'active'", [
    unionIds,
  ]);
  await db.query("UPDATE card_batch SET state = 'running', members_of = ? WHERE id = ? AND state = 'waiting'", [
    n,
    batchId,
  ]);
  return Number(n);
}

// By id and not union by union: a member who is moved within the branch meanwhile is met all the same.
async function nextMembers({ db }: Deps, unionIds: readonly string[], after: string): Promise<string[]> {
  const rows: { id: string }[] = await db.query(
    "SELECT id FROM member WHERE union_id IN (?) AND id > ? AND state = 'active' ORDER BY id LIMIT ?",
    [unionIds, after, MEMBERS_AT_ONCE],
  );
  return rows.map(({ id }) => id);
}

interface Part {
  batch: CardBatch;
  issuer: CardIssuer;
  memberIds: string[];
  /** The member up to whom the parts before have come. */
  after: string;
}

async function issuePart(tx: Tx, { clock }: Deps, { batch, issuer, memberIds, after }: Part): Promise<void> {
  // Takes the batch's row first, so that of two runs one waits here and then sees that it is too late.
  const [current]: { last_member_id: string }[] = await tx.query(
    "SELECT last_member_id FROM card_batch WHERE id = ? AND state = 'running' FOR UPDATE",
    [batch.id],
  );
  if (current?.last_member_id !== after) throw new Overtaken(batch.id);
  const live: LiveCard[] = await tx.query(
    'SELECT id, member_id, state, batch_id FROM card WHERE member_id IN (?) AND issuer_id = ? AND is_live = 1',
    [memberIds, issuer.id],
  );
  const holders = new Set(live.map((card) => card.member_id));
  const cards = memberIds
    .filter((id) => !holders.has(id))
    .map((memberId) => ({ memberId, replacesId: null, batchId: batch.id }));
  const added = await addToFile(tx, batch.id, live);
  if (cards.length > 0) await writeCards(tx, issuer, cards, batch.requestedBy, clock.now());
  await tx.query(
    `UPDATE card_batch SET last_member_id = ?, members_seen = members_seen + ?, cards_issued = cards_issued + ?,
       cards_added = cards_added + ? WHERE id = ?`,
    [memberIds.at(-1), memberIds.length, cards.length, added, batch.id],
  );
}

interface LiveCard {
  id: string;
  member_id: string;
  state: CardState;
  batch_id: string | null;
}

/** Puts the active cards that no file has yet into this batch's; returns how many. */
async function addToFile(tx: Tx, batchId: string, live: readonly LiveCard[]): Promise<number> {
  const ids = live.filter(({ state, batch_id }) => state === 'active' && batch_id === null).map(({ id }) => id);
  if (ids.length === 0) return 0;
  const { affectedRows } = await tx.query<{ affectedRows: number }>(
    "UPDATE card SET batch_id = ? WHERE id IN (?) AND state = 'active' AND batch_id IS NULL",
    [batchId, ids],
  );
  return affectedRows;
}

async function finish(deps: Deps, batch: CardBatch, lastMemberId: string): Promise<void> {
  const { db, clock } = deps;
  const sha256 = await writePrinterFile(deps, batch.id);
  const now = clock.now();
  const { affectedRows: finished } = await db.query<{ affectedRows: number }>(
    `UPDATE card_batch SET state = 'done', file_sha256 = ?, file_until = ?, finished_at = ?
     WHERE id = ? AND state = 'running' AND last_member_id = ?`,
    [sha256, new Date(now.getTime() + FILE_KEPT_DAYS * 86_400_000), now, batch.id, lastMemberId],
  );
  if (finished === 0) throw new Overtaken(batch.id);
}
