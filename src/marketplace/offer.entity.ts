import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { BeijingDay } from '../platform/clock.ts';
import type { Points } from '../platform/points.ts';
import { asPoints } from './points-column.ts';

/** The span within which a member's purchases of an offer are counted against its limit. */
export type LimitPeriod = 'ever' | 'month' | 'day';

/** What happens to the points of a voucher that was not used in time. */
export type LapsePolicy = 'refund' | 'forfeit';

export type OfferState = 'draft' | 'on_sale' | 'paused' | 'ended';

/** A thing that a merchant sells for points. What is left of it stands apart, in offer_stock. */
@Entity('offer')
export class Offer {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  @Column('char', { name: 'programme_id', length: 26 })
  programmeId!: string;

  @Column('char', { name: 'merchant_id', length: 26 })
  merchantId!: string;

  @Column('varchar', { length: 120 })
  title!: string;

  @Column('varchar', { length: 2000 })
  description!: string;

  /** 0 is a gift. */
  @Column('bigint', { transformer: asPoints })
  price!: Points;

  @Column('datetime', { name: 'sale_from', precision: 3 })
  saleFrom!: Date;

  @Column('datetime', { name: 'sale_to', precision: 3 })
  saleTo!: Date;

  /** How many a member may buy in a limitPeriod; null without limit. */
  @Column('int', { name: 'limit_count', nullable: true })
  limitCount!: number | null;

  @Column('varchar', { name: 'limit_period', length: 40 })
  limitPeriod!: LimitPeriod;

  /** The last day on which any voucher can be used. */
  @Column('date', { name: 'use_until', nullable: true })
  useUntil!: BeijingDay | null;

  /** Days in which a voucher can be used, the day of purchase being the first. */
  @Column('int', { name: 'use_days', nullable: true })
  useDays!: number | null;

  @Column('varchar', { name: 'lapse_policy', length: 40 })
  lapsePolicy!: LapsePolicy;

  @Column('varchar', { length: 40 })
  state!: OfferState;

  @Column('datetime', { name: 'created_at', precision: 3 })
  createdAt!: Date;
}
