import type { EntityManager } from 'typeorm';
import { partiesOfDraw } from '../draw/draw-queries.ts';
import type { LotteryDraw } from '../draw/lottery-draw.entity.ts';
import type { Lottery } from '../lottery.entity.ts';
import { sha256 } from '../proof/bytes.ts';
import { QUICKNET } from '../proof/drand.ts';
import type { Entropy } from '../proof/entropy.ts';
import { canDrawFrom } from '../proof/reveals.ts';

/**
 * The entropy of an announced draw once it can be drawn with it; `awaited` before, and `missing` when the parties' time
 * is over and too few have revealed. A party that has not revealed when its time is over is left out: it gains nothing
 * by that, because the seed, which it does not know, decides as much.
 */
export async function entropyAtHand(
  db: EntityManager,
  { entropy }: Lottery,
  draw: LotteryDraw,
  now: Date,
): Promise<Entropy | 'awaited' | 'missing'> {
  if (entropy === 'drand') return drandRound(draw) ?? 'awaited';
  const parties = (await partiesOfDraw(db, draw)).map(({ name, commitment, reveal }) => ({
    name,
    commitment: commitment!.toString('hex'),
    reveal: reveal?.toString('hex') ?? null,
  }));
  if (parties.every(({ reveal }) => reveal !== null)) return { kind: 'reveals', parties };
  if (now < draw.revealUntil!) return 'awaited';
  return canDrawFrom(parties) ? { kind: 'reveals', parties } : 'missing';
}

function drandRound({ drandRound: round, drandSignature: signature }: LotteryDraw): Entropy | undefined {
  if (round === null || signature === null) return undefined;
  return {
    kind: 'drand',
    chain: QUICKNET.chain,
    round,
    signature: signature.toString('hex'),
    randomness: sha256(signature).toString('hex'),
  };
}
