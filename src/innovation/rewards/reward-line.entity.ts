import { Column, Entity, PrimaryColumn } from 'typeorm';

const FEN = { from: (value: string) => Number(value), to: (value: number) => value };

/** What an author has of a reward. It never changes. */
@Entity('reward_line')
export class RewardLine {
  @PrimaryColumn('char', { name: 'reward_id', length: 26 })
  rewardId!: string;

  /** In the order in which the authors are named, from 1. */
  @PrimaryColumn('int')
  number!: number;

  @Column('char', { name: 'member_id', length: 26 })
  memberId!: string;

  /** Her name when the reward was made. */
  @Column('varchar', { length: 120 })
  payee!: string;

  /** In hundredths of a per cent. */
  @Column('int')
  share!: number;

  @Column('bigint', { transformer: FEN })
  fen!: number;

  @Column('bigint', { transformer: FEN })
  points!: number;
}
