import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Points } from '../platform/points.ts';
import { asPoints } from './points-column.ts';

/** A member's purchase of an offer. */
@Entity('redemption')
export class Redemption {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  @Column('char', { name: 'programme_id', length: 26 })
  programmeId!: string;

  @Column('char', { name: 'offer_id', length: 26 })
  offerId!: string;

  @Column('char', { name: 'member_id', length: 26 })
  memberId!: string;

  @Column('char', { name: 'merchant_id', length: 26 })
  merchantId!: string;

  @Column('bigint', { transformer: asPoints })
  points!: Points;

  /** The Beijing month or day within which it counts against the offer's limit, or "ever". */
  @Column('varchar', { name: 'limit_period', length: 10 })
  limitPeriod!: string;

  /** What its limit is counted under: its offer, or a group of offers that share one limit; null without a limit. */
  @Column('char', { name: 'limit_group', length: 26, nullable: true })
  limitGroup!: string | null;

  /** Its place within the limit; null where it does not count. */
  @Column('int', { name: 'limit_slot', nullable: true })
  limitSlot!: number | null;

  /** Null for a gift. */
  @Column('char', { name: 'transfer_id', length: 30, nullable: true })
  transferId!: string | null;

  @Column('datetime', { name: 'redeemed_at', precision: 3 })
  redeemedAt!: Date;
}
