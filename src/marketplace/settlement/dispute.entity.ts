import { Column, Entity, PrimaryColumn } from 'typeorm';

export type DisputeState = 'open' | 'upheld' | 'rejected';

/** A merchant's objection to one line of a statement, and the union's answer. */
@Entity('settlement_dispute')
export class SettlementDispute {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  @Column('char', { name: 'statement_id', length: 26 })
  statementId!: string;

  @Column('char', { name: 'line_id', length: 30 })
  lineId!: string;

  @Column('char', { name: 'programme_id', length: 26 })
  programmeId!: string;

  @Column('char', { name: 'merchant_id', length: 26 })
  merchantId!: string;

  @Column('varchar', { length: 40 })
  state!: DisputeState;

  /** Why the merchant disputes it. */
  @Column('varchar', { length: 300 })
  reason!: string;

  @Column('varchar', { name: 'raised_by', length: 60 })
  raisedBy!: string;

  @Column('datetime', { name: 'raised_at', precision: 3 })
  raisedAt!: Date;

  /** What the union says to it; null while it is open. */
  @Column('varchar', { length: 300, nullable: true })
  answer!: string | null;

  /** What the next statement adds, or takes off when negative; null unless it was upheld. */
  @Column('bigint', {
    name: 'correction_fen',
    nullable: true,
    transformer: { from: (fen: string | null) => (fen === null ? null : Number(fen)), to: (fen: number | null) => fen },
  })
  correctionFen!: number | null;

  @Column('varchar', { name: 'answered_by', length: 60, nullable: true })
  answeredBy!: string | null;

  @Column('datetime', { name: 'answered_at', precision: 3, nullable: true })
  answeredAt!: Date | null;

  /** The line of a later statement that corrects it; null until that is closed. */
  @Column('char', { name: 'correction_line_id', length: 30, nullable: true })
  correctionLineId!: string | null;
}
