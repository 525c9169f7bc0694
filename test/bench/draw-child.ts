/** The process that draws a lottery, as the job process does, or hashes its list. It answers with times and its peak memory. */
import { randomBytes } from 'node:crypto';
import { announceDraw } from '../../src/lotteries/draw/announce-draw.ts';
import { commitSeed } from '../../src/lotteries/draw/commit-seed.ts';
import { drawLottery } from '../../src/lotteries/draw/draw-lottery.ts';
import { completeList } from '../../src/lotteries/freeze/complete-list.ts';
import { countTickets } from '../../src/lotteries/freeze/count-tickets.ts';
import { freezeLottery } from '../../src/lotteries/freeze/freeze-lottery.ts';
import { ownProofs } from '../../src/lotteries/freeze/own-proofs.ts';
import { type ListedGrant, listedGrants, ticketsOf } from '../../src/lotteries/freeze/stream-tickets.ts';
import { Lottery } from '../../src/lotteries/lottery.entity.ts';
import { growTree } from '../../src/lotteries/proof/merkle.ts';
import { revealCommitment } from '../../src/lotteries/proof/reveals.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import type { Deps } from '../../src/platform/deps.ts';
import { answer, peakRssMb } from './child.ts';
import { openDeps } from './setting.ts';

/** What it is told first, and then what to do with a lottery. */
export type Order = { database: string } | { lotteryId: string; task: 'draw' | 'hash' } | ProofOrder;
interface ProofOrder {
  lotteryId: string;
  task: 'proof';
  memberId: string;
}

export interface Drawn {
  elapsedMs: number;
  /** Of each step. */
  steps: Record<string, number>;
  peakRssMb: number;
}

let deps: Deps;

/** From the open lottery to the transcript. What parties do in between takes no time. */
async function draw(lotteryId: string): Promise<Drawn> {
  const secrets = await commit(lotteryId);
  const steps: Record<string, number> = {};
  const timed = async (name: string, work: () => Promise<unknown>) => {
    const start = performance.now();
    await work();
    steps[name] = performance.now() - start;
  };
  await timed('freeze', () => freezeLottery(deps, lotteryId));
  await timed('complete', () => completeList(deps, lotteryId));
  await timed('count', () => countTickets(deps, lotteryId));
  await timed('announce', () => announceDraw(deps, lotteryId));
  for (const [i, secret] of secrets.entries()) {
    await deps.db.query(
      'UPDATE lottery_party SET reveal = ?, revealed_at = NOW(3) WHERE lottery_id = ? AND number = ?',
      [secret, lotteryId, i + 1],
    );
  }
  await timed('draw', () => drawLottery(deps, lotteryId));
  const elapsedMs = Object.values(steps).reduce((sum, ms) => sum + ms, 0);
  return { elapsedMs, steps, peakRssMb: peakRssMb() };
}

/** The seed is enciphered with this process's own keys, and the parties are this process. */
async function commit(lotteryId: string): Promise<Buffer[]> {
  const { db, config, clock } = deps;
  const lottery = await db.manager.findOneByOrFail(Lottery, { id: lotteryId });
  const { drawsAt } = lottery;
  await inTransaction(db, (tx) =>
    commitSeed(tx, config, { lottery, number: 1, reason: 'first', drawsAt }, clock.now()),
  );
  const secrets = [1, 2, 3].map(() => randomBytes(32));
  for (const [i, secret] of secrets.entries()) {
    await db.query(
      'UPDATE lottery_party SET commitment = ?, committed_at = NOW(3) WHERE lottery_id = ? AND number = ?',
      [revealCommitment(secret), lotteryId, i + 1],
    );
  }
  return secrets;
}

/** The list is in memory before: its holders, leaves and nodes are hashed once. */
async function hash(lotteryId: string): Promise<Drawn> {
  const pages: ListedGrant[][] = [];
  for await (const page of listedGrants(deps.db.manager, lotteryId)) pages.push(page);
  const start = performance.now();
  const tree = growTree();
  for (const page of pages) tree.add(ticketsOf(lotteryId, page));
  tree.finish();
  return { elapsedMs: performance.now() - start, steps: {}, peakRssMb: peakRssMb() };
}

async function proof({ lotteryId, memberId }: ProofOrder): Promise<Drawn> {
  const lottery = await deps.db.manager.findOneByOrFail(Lottery, { id: lotteryId });
  const start = performance.now();
  await ownProofs(deps, lottery, memberId, { first: 1, after: undefined });
  return { elapsedMs: performance.now() - start, steps: {}, peakRssMb: peakRssMb() };
}

answer(async (order: Order) => {
  if ('database' in order) {
    deps = await openDeps(order.database);
    return 'ready';
  }
  if (order.task === 'proof') return proof(order);
  return order.task === 'draw' ? draw(order.lotteryId) : hash(order.lotteryId);
});
