import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { BeijingDay } from '../platform/clock.ts';
import type { Points } from '../platform/points.ts';
import { asPoints } from './points-column.ts';

/** The span within which a member's purchases of an offer are counted against its limit. */
export type LimitPeriod = 'ever' | 'month' | 'day';

/** What happens to the points of a voucher that was not used in time. */
export type LapsePolicy = 'refund' | 'forfeit';

export type OfferState = 'draft' | 'in_review' | 'on_sale' | 'paused' | 'ended';

/** Where the codes of an offer's vouchers come from: made here, or a pool of the merchant's own. */
export type CodeSource = 'made' | 'pool';

/** A list that is kept as JSON; null stays null. */
const asList = {
  from: (text: string | null): string[] | null => (text === null ? null : JSON.parse(text)),
  to: (list: readonly string[] | null): string | null => (list === null ? null : JSON.stringify(list)),
};

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

  @Column('varchar', { name: 'code_source', length: 40 })
  codeSource!: CodeSource;

  /** The branches whose members may buy it; null for the whole programme. */
  @Column('text', { name: 'eligible_union_ids', nullable: true, transformer: asList })
  eligibleUnionIds!: readonly string[] | null;

  /** Tags of which a member must bear one to buy it; null where none is asked. */
  @Column('text', { name: 'eligible_tags', nullable: true, transformer: asList })
  eligibleTags!: readonly string[] | null;

  @Column('varchar', { length: 40 })
  state!: OfferState;

  /** Who submitted it for review last, as an actor: "operator:<id>". */
  @Column('varchar', { name: 'submitted_by', length: 60, nullable: true })
  submittedBy!: string | null;

  @Column('datetime', { name: 'submitted_at', precision: 3, nullable: true })
  submittedAt!: Date | null;

  /** Why the draft was returned; null once it is submitted again. */
  @Column('varchar', { name: 'return_reason', length: 500, nullable: true })
  returnReason!: string | null;

  @Column('datetime', { name: 'created_at', precision: 3 })
  createdAt!: Date;
}
