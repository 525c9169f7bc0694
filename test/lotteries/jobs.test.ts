import { expect, onTestFinished, test } from 'vitest';
import { advanceLotteries } from '../../src/lotteries/advance-lotteries.ts';
import type { Job } from '../../src/platform/jobs.ts';
import { advanceLotteriesJob } from '../../workers/jobs/advance-lotteries.ts';
import { prepareLotteriesJob } from '../../workers/jobs/prepare-lotteries.ts';
import { startWorkers } from '../../workers/start-workers.ts';
import { rowsIn } from '../marketplace/support.ts';
import { aQueue, Greeting } from '../support/queue.ts';
import { AT, aDrawWorld } from './draw-world.ts';
import { aPrize, heldForPrizes, TIMES } from './world.ts';

const soon = { timeout: 15_000, interval: 20 };
const JOBS = [prepareLotteriesJob, advanceLotteriesJob] as Job<unknown>[];

test('woken through the queue on two machines, the jobs bring a lottery from its draft to its last prize, once', async () => {
  const world = await aDrawWorld({ memberCount: 5, earned: 0 });
  const { deps, lottery } = world;
  const { queues } = await aQueue(new Greeting());
  const parties = { entropy: 'reveals' as const, parties: world.named };
  const lotteryId = await world.draft({ ...parties, prizes: [aPrize({ quantity: 3 })] });
  for (let machine = 0; machine < 2; machine++) {
    const workers = await startWorkers(deps, deps.config.redisUrl, JOBS);
    onTestFinished(() => workers.close());
  }
  /** The minute that has come wakes each job, for both machines at once. */
  const wake = async (iso: string) => {
    world.at(iso);
    for (const { definition } of [...JOBS, ...JOBS]) await queues.get(definition.name).add(definition.name, {});
  };

  await wake(TIMES.opensAt.toISOString());
  await expect.poll(async () => (await lottery(lotteryId)).givenAt, soon).not.toBeNull();
  await world.commit(lotteryId);
  await wake(AT.freeze);
  await expect.poll(() => rowsIn(deps, 'lottery_draw WHERE announcement IS NOT NULL'), soon).toBe(1);
  await world.revealAll(lotteryId);
  await wake(AT.draw);
  await expect.poll(async () => (await lottery(lotteryId)).state, soon).toBe('in_notice');
  await wake(AT.final);
  await expect.poll(async () => (await lottery(lotteryId)).settledAt, soon).not.toBeNull();

  expect((await lottery(lotteryId)).ticketCount).toBe(5);
  expect((await world.wins(lotteryId)).map(({ state }) => state)).toEqual(['paid', 'paid', 'paid']);
  expect(await rowsIn(deps, 'lottery_draw')).toBe(1);
  expect(await rowsIn(deps, 'notice')).toBe(1);
  expect(await rowsIn(deps, "transfer WHERE kind = 'prize'")).toBe(3);
  expect(await heldForPrizes(deps, world.programmeId)).toBe(0);
  await expect(deps).toHaveCoherentLedger();
});

test('a lottery that fails is told of, keeps no other back, and goes on when it is mended', async () => {
  const world = await aDrawWorld({ memberCount: 5, earned: 0 });
  const { deps, lottery } = world;
  const [broken, whole] = [await world.ready(), await world.ready()];
  world.at(AT.freeze);
  await world.advance();
  for (const id of [broken, whole]) await world.revealAll(id);
  const [{ seed }] = await deps.db.query('SELECT seed_cipher AS seed FROM lottery_draw WHERE lottery_id = ?', [broken]);
  const write = (cipher: Buffer) =>
    deps.db.query('UPDATE lottery_draw SET seed_cipher = ? WHERE lottery_id = ?', [cipher, broken]);
  await write(Buffer.from(seed).fill(0, seed.length - 4));
  world.at(AT.draw);
  await expect(advanceLotteries(deps)).rejects.toThrow();
  expect([(await lottery(broken)).state, (await lottery(whole)).state]).toEqual(['frozen', 'in_notice']);
  await write(seed);
  await advanceLotteries(deps);
  expect((await lottery(broken)).state).toBe('in_notice');
});
