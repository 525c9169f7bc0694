import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { BeijingDay } from '../../platform/clock.ts';
import type { RewardState } from './reward-list.entity.ts';

const FEN = { from: (value: string) => Number(value), to: (value: number) => value };

/** The reward of an achievement by a contract, once, unless its list was withdrawn. Money and points make it up. */
@Entity('reward')
export class Reward {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  @Column('char', { name: 'list_id', length: 26 })
  listId!: string;

  /** In its list, from 1 without a gap. */
  @Column('int')
  number!: number;

  @Column('char', { name: 'achievement_id', length: 26 })
  achievementId!: string;

  /** Of the achievement. */
  @Column('char', { name: 'season_id', length: 26 })
  seasonId!: string;

  /** Of the achievement: its declarer's. */
  @Column('char', { name: 'union_id', length: 26 })
  unionId!: string;

  @Column('char', { name: 'contract_id', length: 26 })
  contractId!: string;

  /** Of the achievement, when the reward was made. */
  @Column('varchar', { length: 100 })
  title!: string;

  /** The benefit as it was accepted. */
  @Column('bigint', { name: 'benefit_fen', transformer: FEN })
  benefitFen!: number;

  @Column('bigint', { name: 'reward_fen', transformer: FEN })
  rewardFen!: number;

  @Column('bigint', { name: 'money_fen', transformer: FEN })
  moneyFen!: number;

  @Column('bigint', { transformer: FEN })
  points!: number;

  /** In whose points; null where all is money. */
  @Column('char', { name: 'programme_id', length: 26, nullable: true })
  programmeId!: string | null;

  /** The price of a point when the reward was made. */
  @Column('int', { name: 'point_price_fen', nullable: true })
  pointPriceFen!: number | null;

  /** The day on which the benefit was accepted. */
  @Column('date', { name: 'accepted_on' })
  acceptedOn!: BeijingDay;

  @Column('varchar', { length: 40 })
  state!: RewardState;
}
