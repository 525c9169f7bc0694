import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { BeijingDay } from '../../platform/clock.ts';

/**
 * claimed: waits for its audit. returned: something is missing; it may be claimed again. declined: there is none.
 * audited: waits for a second person. accepted: it counts, and is rewarded by the firm's contract.
 */
export const BENEFIT_STATES = ['claimed', 'returned', 'declined', 'audited', 'accepted'] as const;
export type BenefitState = (typeof BENEFIT_STATES)[number];

const FEN = { from: (value: string) => Number(value), to: (value: number) => value };
const SOME_FEN = {
  from: (value: string | null) => (value === null ? null : Number(value)),
  to: (value: number | null) => value,
};

/** The economic effect of an achievement 经济效益: claimed, audited by one person, accepted by another. */
@Entity('benefit')
export class Benefit {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  /** It has one benefit. */
  @Column('char', { name: 'achievement_id', length: 26 })
  achievementId!: string;

  /** Of the achievement. */
  @Column('char', { name: 'season_id', length: 26 })
  seasonId!: string;

  /** Of the achievement: its declarer's. */
  @Column('char', { name: 'union_id', length: 26 })
  unionId!: string;

  @Column('varchar', { length: 40 })
  state!: BenefitState;

  /** The first day on which it came about. */
  @Column('date', { name: 'period_from' })
  periodFrom!: BeijingDay;

  /** The last day. */
  @Column('date', { name: 'period_until' })
  periodUntil!: BeijingDay;

  /** How it was reckoned. */
  @Column('varchar', { length: 2000 })
  how!: string;

  @Column('bigint', { name: 'claimed_fen', transformer: FEN })
  claimedFen!: number;

  /** When it was claimed last. */
  @Column('datetime', { name: 'claimed_at', precision: 3 })
  claimedAt!: Date;

  /** Who claimed it last, as an actor. */
  @Column('varchar', { name: 'claimed_by', length: 60 })
  claimedBy!: string;

  /** No more than was claimed; null before the audit. */
  @Column('bigint', { name: 'audited_fen', nullable: true, transformer: SOME_FEN })
  auditedFen!: number | null;

  @Column('varchar', { name: 'audit_note', length: 500, nullable: true })
  auditNote!: string | null;

  @Column('datetime', { name: 'audited_at', precision: 3, nullable: true })
  auditedAt!: Date | null;

  @Column('varchar', { name: 'audited_by', length: 60, nullable: true })
  auditedBy!: string | null;

  /** No more than was audited; null before it is accepted. */
  @Column('bigint', { name: 'accepted_fen', nullable: true, transformer: SOME_FEN })
  acceptedFen!: number | null;

  /** The contract that covers this day rewards it. */
  @Column('date', { name: 'accepted_on', nullable: true })
  acceptedOn!: BeijingDay | null;

  @Column('datetime', { name: 'accepted_at', precision: 3, nullable: true })
  acceptedAt!: Date | null;

  @Column('varchar', { name: 'accepted_by', length: 60, nullable: true })
  acceptedBy!: string | null;

  /** Why it was returned or declined; else null. */
  @Column('varchar', { length: 300, nullable: true })
  reason!: string | null;
}

/** What its evidence is attached to. */
export function benefitTarget(id: string): string {
  return `benefit:${id}`;
}
