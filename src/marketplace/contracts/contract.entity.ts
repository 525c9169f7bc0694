import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { BeijingDay } from '../../platform/clock.ts';

/** How a merchant is paid: by the month’s statement, or out of what the union paid in beforehand. */
export type SettlementMode = 'postpaid' | 'prepaid';

/** What a merchant and the union of a programme signed. Never changed, but for an earlier end. */
@Entity('contract')
export class ContractRow {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  @Column('char', { name: 'programme_id', length: 26 })
  programmeId!: string;

  @Column('char', { name: 'merchant_id', length: 26 })
  merchantId!: string;

  @Column('varchar', { length: 40 })
  number!: string;

  /** The first Beijing day that it covers. */
  @Column('date', { name: 'from_day' })
  fromDay!: BeijingDay;

  /** The last Beijing day that it covers; null without end. */
  @Column('date', { name: 'until_day', nullable: true })
  untilDay!: BeijingDay | null;

  /** What the union pays this merchant for a point, in fen; null where it is the programme’s price. */
  @Column('int', { name: 'point_price_fen', nullable: true })
  pointPriceFen!: number | null;

  /** What card holders are given at the counter, in words; null when nothing was agreed. */
  @Column('varchar', { length: 100, nullable: true })
  discount!: string | null;

  /** How many per cent are taken off a bill, 1 to 99; null where the words say it some other way. */
  @Column('int', { name: 'discount_percent', nullable: true })
  discountPercent!: number | null;

  @Column('varchar', { length: 40 })
  settlement!: SettlementMode;

  /** Prepaid: below how many fen of what is left the union is told; null when it does not want to be. */
  @Column('bigint', {
    name: 'alert_below_fen',
    nullable: true,
    transformer: { from: (fen: string | null) => (fen === null ? null : Number(fen)), to: (fen: number | null) => fen },
  })
  alertBelowFen!: number | null;

  /** The actor who signed for the union. */
  @Column('varchar', { name: 'signed_by', length: 60 })
  signedBy!: string;

  @Column('datetime', { name: 'signed_at', precision: 3 })
  signedAt!: Date;

  /** Why its end was put earlier; null when it was not. */
  @Column('varchar', { name: 'end_reason', length: 500, nullable: true })
  endReason!: string | null;
}
