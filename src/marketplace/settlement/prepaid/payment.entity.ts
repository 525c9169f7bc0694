import { Column, Entity, PrimaryColumn } from 'typeorm';

/** waiting: a second admin must confirm it. posted: it counts. declined: a second admin refused it. */
export type PaymentState = 'waiting' | 'posted' | 'declined';

/** What a union paid a merchant beforehand. */
@Entity('prepaid_payment')
export class PrepaidPayment {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  @Column('char', { name: 'programme_id', length: 26 })
  programmeId!: string;

  @Column('char', { name: 'merchant_id', length: 26 })
  merchantId!: string;

  @Column('bigint', { transformer: { from: (fen: string) => Number(fen), to: (fen: number) => fen } })
  fen!: number;

  /** Of the bank or the voucher, unique in the programme. */
  @Column('varchar', { length: 60 })
  reference!: string;

  @Column('varchar', { length: 40 })
  state!: PaymentState;

  @Column('varchar', { name: 'recorded_by', length: 60 })
  recordedBy!: string;

  @Column('datetime', { name: 'recorded_at', precision: 3 })
  recordedAt!: Date;

  /** The second admin; null while nobody decided. */
  @Column('varchar', { name: 'decided_by', length: 60, nullable: true })
  decidedBy!: string | null;

  @Column('datetime', { name: 'decided_at', precision: 3, nullable: true })
  decidedAt!: Date | null;
}
