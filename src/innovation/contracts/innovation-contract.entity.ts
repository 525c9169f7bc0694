import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { BeijingDay } from '../../platform/clock.ts';
import type { RewardRule } from './reward-rule.ts';

/** active: as it was signed. ended: its end was put earlier, for a reason. */
export const CONTRACT_STATES = ['active', 'ended'] as const;
export type InnovationContractState = (typeof CONTRACT_STATES)[number];

const FEN = { from: (value: string) => Number(value), to: (value: number) => value };

/**
 * A collective contract on innovation 集体合同 of a firm and its union: how innovation is rewarded, and from which fund.
 * Its terms never change, but for an earlier end; of one union no two cover the same day.
 */
@Entity('innovation_contract')
export class InnovationContract {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  /** The firm's union. */
  @Column('char', { name: 'union_id', length: 26 })
  unionId!: string;

  /** As on the paper; unique in the union. */
  @Column('varchar', { length: 40 })
  number!: string;

  @Column('varchar', { length: 100 })
  name!: string;

  @Column('date', { name: 'signed_on' })
  signedOn!: BeijingDay;

  /** The first day that it covers. */
  @Column('date', { name: 'valid_from' })
  validFrom!: BeijingDay;

  /** The last day that it covers. */
  @Column('date', { name: 'valid_until' })
  validUntil!: BeijingDay;

  /** How many members it covers. */
  @Column('int')
  covered!: number;

  @Column('bigint', { name: 'fund_fen', transformer: FEN })
  fundFen!: number;

  /** What its payments add up to: never below zero, nor beyond the fund. */
  @Column('bigint', { name: 'paid_fen', transformer: FEN })
  paidFen!: number;

  /** How many payments it has; they are numbered without a gap. */
  @Column('int', { name: 'payment_count' })
  paymentCount!: number;

  @Column('json')
  reward!: RewardRule;

  /** How much of a reward is paid in points instead of money, in hundredths of a per cent. */
  @Column('int', { name: 'points_part' })
  pointsPart!: number;

  /** In whose points; null where all is paid in money. */
  @Column('char', { name: 'programme_id', length: 26, nullable: true })
  programmeId!: string | null;

  @Column('varchar', { length: 40 })
  state!: InnovationContractState;

  @Column('datetime', { name: 'recorded_at', precision: 3 })
  recordedAt!: Date;

  /** As an actor. */
  @Column('varchar', { name: 'recorded_by', length: 60 })
  recordedBy!: string;

  @Column('datetime', { name: 'ended_at', precision: 3, nullable: true })
  endedAt!: Date | null;

  /** Why its end was put earlier; null when it was not. */
  @Column('varchar', { name: 'end_reason', length: 300, nullable: true })
  endReason!: string | null;
}
