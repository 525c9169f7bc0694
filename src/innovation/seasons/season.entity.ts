import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * draft: being planned. open: its plan is fixed, and achievements are declared in it. reviewing: experts judge them.
 * in_notice: the list of honours is in public view. final: honours are given. cancelled: called off, for a reason.
 */
export const SEASON_STATES = ['draft', 'open', 'reviewing', 'in_notice', 'final', 'cancelled'] as const;
export type SeasonState = (typeof SEASON_STATES)[number];

/** A season of innovation of a union, open to its whole branch. Categories and grades have tables of their own. */
@Entity('innovation_season')
export class Season {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  @Column('char', { name: 'union_id', length: 26 })
  unionId!: string;

  /** In whose points honours are paid; null where none gives points. */
  @Column('char', { name: 'programme_id', length: 26, nullable: true })
  programmeId!: string | null;

  @Column('varchar', { length: 100 })
  name!: string;

  @Column('smallint')
  year!: number;

  @Column('varchar', { length: 2000 })
  about!: string;

  @Column('varchar', { length: 40 })
  state!: SeasonState;

  /** While it is open, achievements are declared from this instant and before `declareUntil`. */
  @Column('datetime', { name: 'declare_from', precision: 3 })
  declareFrom!: Date;

  @Column('datetime', { name: 'declare_until', precision: 3 })
  declareUntil!: Date;

  /** Of the notice in which the list of honours stands before it is final. */
  @Column('int', { name: 'notice_working_days' })
  noticeWorkingDays!: number;

  /** What the numbers of its certificates begin with; no other season has it. */
  @Column('varchar', { name: 'certificate_prefix', length: 10 })
  certificatePrefix!: string;

  /** The season of an earlier year whose plan this was, with which it is compared; null for one planned anew. */
  @Column('char', { name: 'copied_from', length: 26, nullable: true })
  copiedFrom!: string | null;

  @Column('datetime', { name: 'created_at', precision: 3 })
  createdAt!: Date;

  @Column('datetime', { name: 'opened_at', precision: 3, nullable: true })
  openedAt!: Date | null;

  @Column('datetime', { name: 'reviewing_at', precision: 3, nullable: true })
  reviewingAt!: Date | null;

  @Column('datetime', { name: 'final_at', precision: 3, nullable: true })
  finalAt!: Date | null;

  @Column('datetime', { name: 'cancelled_at', precision: 3, nullable: true })
  cancelledAt!: Date | null;

  @Column('varchar', { name: 'cancel_reason', length: 300, nullable: true })
  cancelReason!: string | null;
}
