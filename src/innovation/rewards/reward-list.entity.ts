import { Column, Entity, PrimaryColumn } from 'typeorm';

export const REWARD_STATES = ['made', 'released', 'withdrawn'] as const;

/**
 * made: by one person, to be looked at by another. released: paid from the funds, and in points. withdrawn: not paid; its
 * achievements can be rewarded by another list. A reward is in the state of its list.
 */
export type RewardState = (typeof REWARD_STATES)[number];

const FEN = { from: (value: string) => Number(value), to: (value: number) => value };

/** A list of rewards that a firm pays together 创新奖励发放表. Its sums are those of its rewards. */
@Entity('reward_list')
export class RewardList {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  /** In whose branch the achievements are. */
  @Column('char', { name: 'union_id', length: 26 })
  unionId!: string;

  @Column('varchar', { length: 40 })
  state!: RewardState;

  @Column('int', { name: 'reward_count' })
  rewardCount!: number;

  @Column('bigint', { name: 'reward_fen', transformer: FEN })
  rewardFen!: number;

  @Column('bigint', { name: 'money_fen', transformer: FEN })
  moneyFen!: number;

  @Column('bigint', { transformer: FEN })
  points!: number;

  @Column('datetime', { name: 'made_at', precision: 3 })
  madeAt!: Date;

  /** As an actor, like those below. */
  @Column('varchar', { name: 'made_by', length: 60 })
  madeBy!: string;

  @Column('datetime', { name: 'released_at', precision: 3, nullable: true })
  releasedAt!: Date | null;

  @Column('varchar', { name: 'released_by', length: 60, nullable: true })
  releasedBy!: string | null;

  @Column('datetime', { name: 'withdrawn_at', precision: 3, nullable: true })
  withdrawnAt!: Date | null;

  @Column('varchar', { name: 'withdrawn_by', length: 60, nullable: true })
  withdrawnBy!: string | null;

  @Column('varchar', { name: 'withdraw_reason', length: 300, nullable: true })
  withdrawReason!: string | null;
}
