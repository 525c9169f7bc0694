import { Column, Entity, PrimaryColumn } from 'typeorm';
import { type Points, pointsFromSql } from '../platform/points.ts';

/** An accrual: the points that one rule gave a member for one event. */
@Entity('accrual')
export class Accrual {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  @Column('char', { name: 'programme_id', length: 26 })
  programmeId!: string;

  @Column('char', { name: 'event_id', length: 26 })
  eventId!: string;

  @Column('char', { name: 'rule_id', length: 26 })
  ruleId!: string;

  @Column('char', { name: 'rule_version_id', length: 26 })
  ruleVersionId!: string;

  @Column('char', { name: 'member_id', length: 26 })
  memberId!: string;

  /** What of a member's the rule pays once; see evaluate.ts. */
  @Column('varchar', { length: 100 })
  occurrence!: string;

  @Column('bigint', { transformer: { from: pointsFromSql, to: (value: Points) => value } })
  points!: Points;

  /** The Beijing day on which the event happened: caps count by it. */
  @Column('date', { name: 'occurred_on' })
  occurredOn!: string;

  /** From when it is paid: at once, or when the notice period is over. */
  @Column('datetime', { name: 'payable_at', precision: 3 })
  payableAt!: Date;

  /** The transfer that paid it; null while it is pending. */
  @Column('char', { name: 'transfer_id', length: 30, nullable: true })
  transferId!: string | null;

  /** The revocation that took it back; empty while it stands. */
  @Column('char', { name: 'revocation_id', length: 26 })
  revocationId!: string;
}
