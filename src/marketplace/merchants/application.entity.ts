import { Column, Entity, PrimaryColumn } from 'typeorm';

export type ApplicationState = 'waiting' | 'approved' | 'declined';

/** How a firm came to be a merchant: who entered its application for a programme, and what was decided. */
@Entity('merchant_application')
export class MerchantApplication {
  @PrimaryColumn('char', { name: 'merchant_id', length: 26 })
  merchantId!: string;

  @Column('char', { name: 'programme_id', length: 26 })
  programmeId!: string;

  @Column('varchar', { length: 40 })
  state!: ApplicationState;

  /** What the reviewer should know; null for nothing. */
  @Column('varchar', { length: 500, nullable: true })
  note!: string | null;

  /** Actors. */
  @Column('varchar', { name: 'entered_by', length: 60 })
  enteredBy!: string;

  @Column('datetime', { name: 'entered_at', precision: 3 })
  enteredAt!: Date;

  @Column('varchar', { name: 'decided_by', length: 60, nullable: true })
  decidedBy!: string | null;

  @Column('datetime', { name: 'decided_at', precision: 3, nullable: true })
  decidedAt!: Date | null;

  /** Why it was declined; null otherwise. */
  @Column('varchar', { length: 500, nullable: true })
  reason!: string | null;
}
