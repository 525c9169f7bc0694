import { Column, Entity, PrimaryColumn } from 'typeorm';
import { type Points, pointsFromSql } from '../../platform/points.ts';

/** waiting: a second admin must confirm it. posted: the points are moved. declined: a second admin refused it. */
export type AdjustmentState = 'waiting' | 'posted' | 'declined';

/** A hand adjustment: points that an admin gives a member, or takes, with a reason and a document. */
@Entity('adjustment')
export class Adjustment {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  @Column('char', { name: 'programme_id', length: 26 })
  programmeId!: string;

  @Column('char', { name: 'member_id', length: 26 })
  memberId!: string;

  /** What the member gains, or loses when negative. */
  @Column('bigint', { transformer: { from: pointsFromSql, to: (value: Points) => value } })
  points!: Points;

  @Column('varchar', { length: 300 })
  reason!: string;

  @Column('varchar', { length: 40 })
  state!: AdjustmentState;

  /** Who asked for it, as an actor: "operator:<id>". */
  @Column('varchar', { name: 'requested_by', length: 40 })
  requestedBy!: string;

  @Column('datetime', { name: 'requested_at', precision: 3 })
  requestedAt!: Date;

  /** The second admin; null while nobody decided, and where one was enough. */
  @Column('varchar', { name: 'decided_by', length: 40, nullable: true })
  decidedBy!: string | null;

  @Column('datetime', { name: 'decided_at', precision: 3, nullable: true })
  decidedAt!: Date | null;

  @Column('varchar', { name: 'decline_reason', length: 300, nullable: true })
  declineReason!: string | null;

  /** The transfer that moved the points; null until it is posted. */
  @Column('char', { name: 'transfer_id', length: 30, nullable: true })
  transferId!: string | null;
}
