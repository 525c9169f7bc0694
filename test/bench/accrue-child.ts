/**
 * The process that posts accruals in bulk, as the job process does: batch after batch through the ledger's own `post`,
 * two at a time. It is told how many over IPC and answers with the time that it took and its peak memory.
 */
import { post } from '../../src/ledger/post.ts';
import { createDataSource } from '../../src/platform/db/data-source.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import { newId } from '../../src/platform/ids.ts';
import { points } from '../../src/platform/points.ts';
import { answer, peakRssMb } from './child.ts';

export interface Setup {
  url: string;
  programmeId: string;
  memberIds: string[];
  batch: number;
}

/** What it is told first, and then how many accruals to post. */
export type Order = Setup | number;

export interface Posted {
  elapsedMs: number;
  peakRssMb: number;
}

const AT_ONCE = 2;
const YEAR_MS = 365 * 86_400_000;

let setup: Setup;
let db: Awaited<ReturnType<typeof open>>;

const open = (url: string) => createDataSource({ url, pool: AT_ONCE, entities: [] }).initialize();

async function postBatch(size: number): Promise<void> {
  const now = new Date();
  const expiresAt = new Date(now.getTime() + YEAR_MS);
  const { programmeId, memberIds } = setup;
  const proposals = Array.from({ length: size }, () => ({
    programmeId,
    kind: 'accrual' as const,
    debit: { kind: 'issuance' as const, ownerId: programmeId },
    credit: { kind: 'member' as const, ownerId: memberIds[Math.floor(Math.random() * memberIds.length)]! },
    points: points(10),
    key: `accrual:${newId()}`,
    causeId: newId(),
    expiresAt,
  }));
  const outcomes = await inTransaction(db, (tx) => post(tx, proposals, now));
  const refused = outcomes.find((outcome) => !outcome.ok);
  if (refused) throw new Error(`an accrual was refused: ${JSON.stringify(refused)}`);
}

async function postAll(count: number): Promise<Posted> {
  const start = performance.now();
  let left = count;
  const postOn = async () => {
    while (left > 0) {
      const size = Math.min(left, setup.batch);
      left -= size;
      await postBatch(size);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, postOn));
  return { elapsedMs: performance.now() - start, peakRssMb: peakRssMb() };
}

answer(async (order: Order) => {
  if (typeof order === 'number') return postAll(order);
  setup = order;
  db = await open(order.url);
  return 'ready';
});
