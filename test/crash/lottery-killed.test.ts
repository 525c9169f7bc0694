import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { expect, test, vi } from 'vitest';
import { listedGrants, ticketsOf } from '../../src/lotteries/freeze/stream-tickets.ts';
import { growTree } from '../../src/lotteries/proof/merkle.ts';
import { holderOf } from '../../src/lotteries/proof/ticket.ts';
import { giveTickets } from '../../src/lotteries/tickets/give-tickets.ts';
import { verifyTranscript } from '../../src/lotteries/verifier/verify-draw.mjs';
import { systemClock } from '../../src/platform/clock.ts';
import { points } from '../../src/platform/points.ts';
import { aDrawWorld } from '../lotteries/draw-world.ts';
import { aPrize, heldForPrizes } from '../lotteries/world.ts';
import { rowsIn } from '../marketplace/support.ts';
import { processEnvironment } from '../support/environment.ts';
import { startProcess } from '../support/process.ts';

/** How often the job process is killed; XINGFU_CRASHES=50 for a long run. */
const CRASHES = Number(process.env.XINGFU_CRASHES ?? 3);
const MEMBERS = 3000;
const WINNERS = 1200;
/** Within so many milliseconds after it began to work the process is killed. */
const LIFE_MS = 1500;

/** A Redis database of this test's own, so that wiping it harms no other. */
function redisUrl(): string {
  const url = new URL(process.env.REDIS_URL ?? '');
  url.pathname = `/${10 + Number(process.env.VITEST_POOL_ID ?? 1)}`;
  return url.toString();
}

test('a job process that is killed at random points, and a Redis that is wiped each time, leave one draw and pay each win once', async () => {
  const world = await aDrawWorld({ memberCount: MEMBERS, earned: 0 });
  const { db } = world.deps;
  const redis = new Redis(redisUrl());
  const environment = processEnvironment({ REDIS_URL: redisUrl() });
  const lotteryId = await world.openedFor({ prizes: [aPrize({ points: points(5), quantity: WINNERS })] });
  await giveTickets(world.deps, lotteryId);
  await world.commit(lotteryId);
  // The night of the 31st is over: everything is due now, by the clock of the processes.
  await db.query(
    `UPDATE lottery SET opens_at = UTC_TIMESTAMP(3) - INTERVAL 3 HOUR, freezes_at = UTC_TIMESTAMP(3) - INTERVAL 2 HOUR,
       draws_at = UTC_TIMESTAMP(3) - INTERVAL 1 HOUR`,
  );
  world.deps.clock.set(systemClock.now().toISOString());

  const work = async () => {
    await redis.flushdb();
    const jobs = startProcess('workers/main.ts', environment);
    await jobs.line(/^Xingfu works/);
    return jobs;
  };
  /** Kills it a few times on its way there, and then lets it arrive. */
  const until = async (crashes: number, arrived: () => Promise<boolean>) => {
    for (let i = 0; i < crashes; i++) {
      const jobs = await work();
      await pause(Math.random() * LIFE_MS);
      await jobs.end('SIGKILL');
    }
    const jobs = await work();
    await vi.waitFor(async () => expect(await arrived()).toBe(true), { timeout: 60_000, interval: 20 });
    await jobs.end('SIGKILL');
  };
  const each = [0, 1, 2].map((stage) => Math.floor((CRASHES + stage) / 3));

  await until(each[0]!, async () => (await rowsIn(world.deps, 'lottery_draw WHERE announcement IS NOT NULL')) === 1);
  await world.revealAll(lotteryId);
  await until(each[1]!, async () => (await world.lottery(lotteryId)).state === 'in_notice');
  // Five working days later, when no objection waits.
  await db.query("UPDATE notice SET state = 'final', settled_at = UTC_TIMESTAMP(3)");
  await until(each[2]!, async () => (await world.lottery(lotteryId)).settledAt !== null);
  await redis.flushdb();
  redis.disconnect();

  const lottery = await world.lottery(lotteryId);
  const plain = growTree();
  for await (const grants of listedGrants(db.manager, lotteryId)) plain.add(ticketsOf(lotteryId, grants));
  const { root, count } = plain.finish();
  expect([lottery.root, lottery.ticketCount, count]).toEqual([root, count, MEMBERS]);
  expect(await rowsIn(world.deps, 'lottery_draw')).toBe(1);
  expect(await rowsIn(world.deps, 'notice')).toBe(1);
  const transcript = await world.transcript(lotteryId);
  expect(verifyTranscript(transcript).ok).toBe(true);
  const wins = await world.wins(lotteryId);
  expect(wins.every(({ state }) => state === 'paid')).toBe(true);
  expect(wins.map(({ memberId }) => holderOf(lotteryId, memberId).toString('hex'))).toEqual(
    transcript.winners.map(({ holder }) => holder),
  );
  expect(await rowsIn(world.deps, "transfer WHERE kind = 'prize'")).toBe(WINNERS);
  expect(await heldForPrizes(world.deps, world.programmeId)).toBe(0);
  await expect(world.deps).toHaveCoherentLedger();
}, 600_000);
