import { encrypt } from '../../identity/personal-data.ts';
import type { Config } from '../../platform/config.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Lottery } from '../lottery.entity.ts';
import { roundAt } from '../proof/drand.ts';
import { newSeed, seedCommitment } from '../proof/seed.ts';

/** The purpose under which the seed of a draw is enciphered until it is revealed. */
export const seedPurpose = (lotteryId: string, number: number) => `lottery.seed:${lotteryId}:${number}`;

export interface DrawToCome {
  lottery: Pick<Lottery, 'id' | 'entropy' | 'revealHours'>;
  /** From 1. */
  number: number;
  reason: 'first' | 'again';
  /** The instant from which it is drawn: the round of drand is the first from then on. */
  drawsAt: Date;
}

/**
 * Writes down a draw that is to come: the hash of its secret seed, which is public from now on, and for drand the round
 * that will be mixed in, named before anybody can know it.
 */
export async function commitSeed(
  tx: Tx,
  { personalData }: Pick<Config, 'personalData'>,
  { lottery, number, reason, drawsAt }: DrawToCome,
  now: Date,
): Promise<void> {
  const seed = newSeed();
  const drand = lottery.entropy === 'drand';
  await tx.query(
    `INSERT INTO lottery_draw
       (lottery_id, number, reason, seed_commitment, seed_cipher, committed_at, drand_round, reveal_until)
     VALUES (?)`,
    [
      [
        lottery.id,
        number,
        reason,
        seedCommitment(seed),
        encrypt(personalData, seedPurpose(lottery.id, number), seed.toString('hex')),
        now,
        drand ? roundAt(drawsAt) : null,
        drand ? null : new Date(drawsAt.getTime() + lottery.revealHours * 3_600_000),
      ],
    ],
  );
}
