import { Column, Entity, PrimaryColumn } from 'typeorm';
import { type Points, pointsFromSql } from '../../platform/points.ts';
import type { SettlementMode } from '../contracts/contract.entity.ts';
import type { BeijingMonth } from './months.ts';

/**
 * draft: closed, not shown to the merchant. sent: the merchant is to confirm it. disputed: a line waits for the union's
 * answer. confirmed: to be paid. paid: over.
 */
export type StatementState = 'draft' | 'sent' | 'disputed' | 'confirmed' | 'paid';

const asNumber = { from: (value: string) => Number(value), to: (value: number) => value };

/** A settlement statement: what the union of a programme owes a merchant for a month. Only its state moves on. */
@Entity('settlement_statement')
export class SettlementStatement {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  @Column('char', { name: 'programme_id', length: 26 })
  programmeId!: string;

  @Column('char', { name: 'merchant_id', length: 26 })
  merchantId!: string;

  /** The merchant's account in the programme, whose transfers its lines are. */
  @Column('char', { name: 'account_id', length: 26 })
  accountId!: string;

  @Column('char', { length: 7 })
  month!: BeijingMonth;

  /** As the contract of the last day of the month says. */
  @Column('varchar', { length: 40 })
  settlement!: SettlementMode;

  @Column('int', { name: 'line_count' })
  lineCount!: number;

  /** The sum of its lines; below zero when more was taken back than used. */
  @Column('bigint', { transformer: { from: pointsFromSql, to: (value: Points) => value } })
  points!: Points;

  /** The sum of its lines in fen, corrections of earlier statements among them. */
  @Column('bigint', { transformer: asNumber })
  fen!: number;

  // Which transfers of the account are its lines; see the migration and lines.ts.

  @Column('char', { name: 'credit_after', length: 30 })
  creditAfter!: string;

  @Column('char', { name: 'credit_until', length: 30 })
  creditUntil!: string;

  @Column('char', { name: 'debit_after', length: 30 })
  debitAfter!: string;

  @Column('char', { name: 'debit_until', length: 30 })
  debitUntil!: string;

  @Column('datetime', { name: 'closed_at', precision: 3 })
  closedAt!: Date;

  @Column('varchar', { length: 40 })
  state!: StatementState;

  @Column('varchar', { name: 'sent_by', length: 60, nullable: true })
  sentBy!: string | null;

  @Column('datetime', { name: 'sent_at', precision: 3, nullable: true })
  sentAt!: Date | null;

  @Column('varchar', { name: 'confirmed_by', length: 60, nullable: true })
  confirmedBy!: string | null;

  @Column('datetime', { name: 'confirmed_at', precision: 3, nullable: true })
  confirmedAt!: Date | null;

  @Column('varchar', { name: 'paid_by', length: 60, nullable: true })
  paidBy!: string | null;

  @Column('datetime', { name: 'paid_at', precision: 3, nullable: true })
  paidAt!: Date | null;

  @Column('varchar', { name: 'payment_reference', length: 60, nullable: true })
  paymentReference!: string | null;
}
