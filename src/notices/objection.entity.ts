import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { BeijingDay } from '../platform/clock.ts';

/**
 * waiting: somebody is to decide. upheld: a new version of the notice has to answer it. rejected: the notice stands.
 * withdrawn: the member took it back. moot: the notice was withdrawn before it was decided.
 */
export type ObjectionState = 'waiting' | 'upheld' | 'rejected' | 'withdrawn' | 'moot';

/** What the evidence of an objection is attached to. */
export function evidenceTarget(objectionId: string): string {
  return `objection:${objectionId}`;
}

/** Whether an objection waits and its day is over. */
export function isOverdue({ state, dueOn }: Pick<Objection, 'state' | 'dueOn'>, today: BeijingDay): boolean {
  return state === 'waiting' && dueOn < today;
}

/** An objection: a member's challenge to one version of a notice. */
@Entity('objection')
export class Objection {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  @Column('char', { name: 'notice_id', length: 26 })
  noticeId!: string;

  /** Who filed it. */
  @Column('char', { name: 'member_id', length: 26 })
  memberId!: string;

  /** The line that it challenges; null for the notice as a whole. */
  @Column('int', { name: 'line_number', nullable: true })
  lineNumber!: number | null;

  @Column('varchar', { length: 1000 })
  text!: string;

  @Column('varchar', { length: 40 })
  state!: ObjectionState;

  @Column('datetime', { name: 'filed_at', precision: 3 })
  filedAt!: Date;

  /** The Beijing day by which it should be decided. */
  @Column('date', { name: 'due_on' })
  dueOn!: BeijingDay;

  /** When it waited no longer. */
  @Column('datetime', { name: 'settled_at', precision: 3, nullable: true })
  settledAt!: Date | null;

  /** "operator:<id>"; null when it was not decided. */
  @Column('varchar', { name: 'decided_by', length: 60, nullable: true })
  decidedBy!: string | null;

  /** Why it was decided so. */
  @Column('varchar', { length: 300, nullable: true })
  reason!: string | null;

  /** The version of the notice that answers it, once it was upheld. */
  @Column('char', { name: 'answered_by', length: 26, nullable: true })
  answeredBy!: string | null;
}
