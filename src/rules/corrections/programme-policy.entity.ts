import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Shortfall } from '../../ledger/transfer.ts';
import { type Points, pointsFromSql } from '../../platform/points.ts';
import type { ProgrammePolicy } from './policy.ts';

/** The policy of a programme that has laid one down; see policy.ts. */
@Entity('programme_policy')
export class ProgrammePolicyRow implements ProgrammePolicy {
  @PrimaryColumn('char', { name: 'programme_id', length: 26 })
  programmeId!: string;

  @Column('varchar', { length: 40 })
  overspent!: Shortfall;

  @Column('bigint', { name: 'adjustment_limit', transformer: { from: pointsFromSql, to: (value: Points) => value } })
  adjustmentLimit!: Points;

  @Column('int', { name: 'claim_due_days' })
  claimDueDays!: number;

  @Column('boolean', { name: 'second_publisher' })
  secondPublisher!: boolean;

  @Column('boolean', { name: 'review_offers' })
  reviewOffers!: boolean;

  @Column('boolean', { name: 'review_merchants' })
  reviewMerchants!: boolean;
}
