import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { BeijingDay } from '../../platform/clock.ts';

/** A payment from the fund of a contract on innovation, or the entry that takes one back. Payments never change. */
@Entity('innovation_payment')
export class InnovationPayment {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  @Column('char', { name: 'contract_id', length: 26 })
  contractId!: string;

  /** From 1, without a gap, in the order of recording. */
  @Column('int')
  number!: number;

  @Column('date', { name: 'paid_on' })
  paidOn!: BeijingDay;

  /** Below zero where it takes back another. */
  @Column('bigint', { transformer: { from: (value: string) => Number(value), to: (value: number) => value } })
  fen!: number;

  @Column('varchar', { length: 100 })
  purpose!: string;

  /** Of the bank or the voucher; unique in the contract. */
  @Column('varchar', { length: 60 })
  reference!: string;

  /** The reward whose money it is; null for a payment that was recorded by hand. */
  @Column('char', { name: 'reward_id', length: 26, nullable: true })
  rewardId!: string | null;

  /** The payment that it takes back; null for a payment. */
  @Column('char', { name: 'corrects_id', length: 26, nullable: true })
  correctsId!: string | null;

  @Column('datetime', { name: 'recorded_at', precision: 3 })
  recordedAt!: Date;

  /** As an actor. */
  @Column('varchar', { name: 'recorded_by', length: 60 })
  recordedBy!: string;
}
