import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { JudgingTerms } from '../../judging/panels/terms.ts';
import type { Condition } from '../../rules/conditions.ts';
import type { PlanCriterion } from './criteria.ts';

/**
 * draft: being planned. published: its plan is fixed, and it is entered. running: a stage was opened. finished: all is
 * final. cancelled: called off, for a reason.
 */
export const COMPETITION_STATES = ['draft', 'published', 'running', 'finished', 'cancelled'] as const;
export type CompetitionState = (typeof COMPETITION_STATES)[number];

/** Who enters, and is ranked. */
export const ENTRANTS = ['firm', 'team', 'individual'] as const;
export type Entrant = (typeof ENTRANTS)[number];

/** A skill competition of a union, open to its whole branch. Divisions, stages and awards have tables of their own. */
@Entity('competition')
export class Competition {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  @Column('char', { name: 'union_id', length: 26 })
  unionId!: string;

  @Column('varchar', { length: 100 })
  name!: string;

  @Column('smallint')
  year!: number;

  @Column('varchar', { length: 2000 })
  about!: string;

  @Column('varchar', { length: 40 })
  state!: CompetitionState;

  @Column('varchar', { length: 40 })
  entrant!: Entrant;

  /** Of a team, its captain among them and substitutes not; null where no teams enter. */
  @Column('int', { name: 'team_min', nullable: true })
  teamMin!: number | null;

  @Column('int', { name: 'team_max', nullable: true })
  teamMax!: number | null;

  @Column('int', { name: 'substitutes_at_most' })
  substitutesAtMost!: number;

  /** Entries are taken from this instant and before `entryUntil`. */
  @Column('datetime', { name: 'entry_from', precision: 3 })
  entryFrom!: Date;

  @Column('datetime', { name: 'entry_until', precision: 3 })
  entryUntil!: Date;

  /** Entries can be withdrawn, and members substituted, before this instant. */
  @Column('datetime', { name: 'change_until', precision: 3 })
  changeUntil!: Date;

  /** In what trade the skill level of entrants is asked and raised, but for divisions with one of their own. */
  @Column('varchar', { length: 40, nullable: true })
  trade!: string | null;

  /** Who may enter; null for everybody. See eligibility.ts. */
  @Column('json', { nullable: true })
  eligibility!: Condition | null;

  @Column('json')
  criteria!: PlanCriterion[];

  @Column('json')
  judging!: JudgingTerms;

  /** Of the notice in which a ranking stands before it is final. */
  @Column('int', { name: 'notice_working_days' })
  noticeWorkingDays!: number;

  /** In whose points awards are paid; null where none gives points. */
  @Column('char', { name: 'programme_id', length: 26, nullable: true })
  programmeId!: string | null;

  /** What all subsidies add up to. */
  @Column('bigint', {
    name: 'budget_fen',
    transformer: { from: (value: string) => Number(value), to: (value: number) => value },
  })
  budgetFen!: number;

  /** What the numbers of its certificates begin with; no other competition has it. */
  @Column('varchar', { name: 'certificate_prefix', length: 10 })
  certificatePrefix!: string;

  /** The competition of an earlier year whose plan this was; null for one planned anew. */
  @Column('char', { name: 'copied_from', length: 26, nullable: true })
  copiedFrom!: string | null;

  @Column('datetime', { name: 'created_at', precision: 3 })
  createdAt!: Date;

  @Column('datetime', { name: 'published_at', precision: 3, nullable: true })
  publishedAt!: Date | null;

  @Column('datetime', { name: 'cancelled_at', precision: 3, nullable: true })
  cancelledAt!: Date | null;

  @Column('varchar', { name: 'cancel_reason', length: 300, nullable: true })
  cancelReason!: string | null;
}
