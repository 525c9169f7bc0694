import { Column, Entity, PrimaryColumn } from 'typeorm';

const asJson = {
  from: (text: string | object | null) => (typeof text === 'string' ? JSON.parse(text) : text),
  to: (value: object | null) => (value === null ? null : JSON.stringify(value)),
};

/** Some places of a prize that a draw is about. */
export interface DrawnPrize {
  /** The prize's number in its lottery. */
  prize: number;
  quantity: number;
}

/** A draw of a lottery: the first, or one that draws some places again. Once it is made it is never changed. */
@Entity('lottery_draw')
export class LotteryDraw {
  @PrimaryColumn('char', { name: 'lottery_id', length: 26 })
  lotteryId!: string;

  /** 1, 2, … */
  @PrimaryColumn('int')
  number!: number;

  @Column('varchar', { length: 40 })
  reason!: 'first' | 'again';

  @Column('binary', { name: 'seed_commitment', length: 32 })
  seedCommitment!: Buffer;

  /** Enciphered for `seedPurpose`. */
  @Column('varbinary', { name: 'seed_cipher', length: 255 })
  seedCipher!: Buffer;

  @Column('datetime', { name: 'committed_at', precision: 3 })
  committedAt!: Date;

  /** The round of drand whose randomness it waits for; null where parties reveal. */
  @Column('bigint', { name: 'drand_round', nullable: true, transformer: { from: fromBigint, to: (value) => value } })
  drandRound!: number | null;

  /** Checked against the pinned key before it was written. */
  @Column('varbinary', { name: 'drand_signature', length: 48, nullable: true })
  drandSignature!: Buffer | null;

  /** Until then a party may reveal for certain; null for drand, and for a draw that has no day for it yet. */
  @Column('datetime', { name: 'reveal_until', precision: 3, nullable: true })
  revealUntil!: Date | null;

  /** What is drawn again; null for the whole prize table. */
  @Column('text', { nullable: true, transformer: asJson })
  prizes!: DrawnPrize[] | null;

  /** The canonical JSON of what decides the draw, as it was made public. */
  @Column('longtext', { nullable: true })
  announcement!: string | null;

  @Column('datetime', { name: 'announced_at', precision: 3, nullable: true })
  announcedAt!: Date | null;

  /** The published JSON, byte for byte. */
  @Column('longtext', { nullable: true, select: false })
  transcript!: string | null;

  @Column('binary', { name: 'transcript_hash', length: 32, nullable: true })
  transcriptHash!: Buffer | null;

  @Column('datetime', { name: 'drawn_at', precision: 3, nullable: true })
  drawnAt!: Date | null;
}

function fromBigint(value: string | number | null): number | null {
  return value === null ? null : Number(value);
}
