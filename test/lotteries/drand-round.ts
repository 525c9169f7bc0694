import { giveTickets } from '../../src/lotteries/tickets/give-tickets.ts';
import type { DrawWorld } from './draw-world.ts';

/** A round of drand that is known, and when it was made. */
export const ROUND = 657_413;
export const SIGNATURE =
  'b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b';
export const ROUND_AT = new Date((1_692_803_367 + (ROUND - 1) * 3) * 1000);
export const RANDOMNESS = 'fc1873a13f3545aeade8401532ef5519920652eee6b0d2b19ca12643b87b3587';

/** A lottery that waits for that round. */
export async function awaitingDrand(world: DrawWorld): Promise<string> {
  const before = (minutes: number) => new Date(ROUND_AT.getTime() - minutes * 60_000);
  world.deps.clock.set(before(500).toISOString());
  const times = { opensAt: before(400), freezesAt: before(60), drawsAt: ROUND_AT };
  const lotteryId = await world.opened({ entropy: 'drand' }, times);
  await giveTickets(world.deps, lotteryId);
  world.deps.clock.set(before(60).toISOString());
  await world.advance();
  return lotteryId;
}
