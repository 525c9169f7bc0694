import { inTransaction } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { readDraw } from '../draw/draw-queries.ts';
import type { Lottery } from '../lottery.entity.ts';
import { timeOfRound } from '../proof/drand.ts';
import { fetchRound } from '../proof/fetch-round.ts';
import { setTrouble } from '../set-trouble.ts';
import { keepRound } from './keep-round.ts';

/** How long one relay may take. */
const TIMEOUT_MS = 5_000;

/**
 * Fetches the round of drand that a draw announced, once it is made, and keeps it. While no relay can be reached the
 * lottery has the trouble entropy_awaited, and the next turn tries again; an admin may supply the round by hand
 * meanwhile. Whether the round is new.
 */
export async function fetchEntropy({ db, clock, config, log }: Deps, lottery: Lottery): Promise<boolean> {
  const now = clock.now();
  if (lottery.state !== 'frozen' || lottery.entropy !== 'drand' || now < lottery.drawsAt) return false;
  const draw = await readDraw(db.manager, lottery.id, lottery.drawNumber);
  const { announcement, drandRound: round, drandSignature } = draw;
  if (announcement === null || round === null || drandSignature !== null || now < timeOfRound(round)) return false;
  const fetched = await fetchRound(config.drandRelays, round, { timeoutMs: TIMEOUT_MS });
  if (fetched.ok) return inTransaction(db, (tx) => keepRound(tx, lottery.id, fetched.round));
  log.warn({ lotteryId: lottery.id, round, failures: fetched.failures }, 'no relay of drand gave the round of a draw');
  await setTrouble(db.manager, lottery.id, 'entropy_awaited');
  return false;
}
