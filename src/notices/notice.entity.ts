import { Column, Entity, PrimaryColumn } from 'typeorm';
import { type BeijingDay, endOfDay } from '../platform/clock.ts';

export type NoticeKind = 'lottery' | 'ranking' | 'honours' | 'studio';

/**
 * open: in public view, not final yet. final: nobody's objection can change it any more. superseded: a new version took
 * its place before it was final. withdrawn: its whole subject is void.
 */
export type NoticeState = 'open' | 'final' | 'superseded' | 'withdrawn';

/** A notice: a provisional result in public view. A new version is another notice; what this one says never changes. */
@Entity('notice')
export class Notice {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  /** The first version of the same; its own id when it is that. */
  @Column('char', { name: 'first_id', length: 26 })
  firstId!: string;

  /** 1 for the first. */
  @Column('int')
  version!: number;

  /** Whose notice it is: the members of the branch of this union see it. */
  @Column('char', { name: 'union_id', length: 26 })
  unionId!: string;

  @Column('varchar', { length: 40 })
  kind!: NoticeKind;

  /** What it is the result of, as the domain that published it knows it. */
  @Column('char', { name: 'subject_id', length: 26 })
  subjectId!: string;

  @Column('varchar', { length: 120 })
  title!: string;

  @Column('varchar', { length: 2000 })
  about!: string;

  /** Its lines are numbered from 1 to this. */
  @Column('int', { name: 'line_count' })
  lineCount!: number;

  @Column('int', { name: 'working_days' })
  workingDays!: number;

  @Column('datetime', { name: 'published_at', precision: 3 })
  publishedAt!: Date;

  /** "operator:<id>", or "system:lotteries" for what a job does by itself. */
  @Column('varchar', { name: 'published_by', length: 60 })
  publishedBy!: string;

  /** The last Beijing day on which objections are taken. */
  @Column('date', { name: 'last_day' })
  lastDay!: BeijingDay;

  /** Whether the holidays of all years that the period touches were announced when the last day was reckoned. */
  @Column('boolean', { name: 'calendar_known' })
  calendarKnown!: boolean;

  @Column('varchar', { length: 40 })
  state!: NoticeState;

  /** When it was open no longer. */
  @Column('datetime', { name: 'settled_at', precision: 3, nullable: true })
  settledAt!: Date | null;

  @Column('varchar', { name: 'withdrawn_reason', length: 300, nullable: true })
  withdrawnReason!: string | null;
}

/** The instant from which no more objections are taken. */
export function closesAt({ lastDay }: Pick<Notice, 'lastDay'>): Date {
  return endOfDay(lastDay);
}

/** Whether an objection may be filed now. */
export function takesObjections(notice: Pick<Notice, 'state' | 'lastDay'>, now: Date): boolean {
  return notice.state === 'open' && now < closesAt(notice);
}
