import { Column, Entity, PrimaryColumn } from 'typeorm';
import { asPoints } from '../marketplace/points-column.ts';
import { type Points, pointsFromSql } from '../platform/points.ts';

/**
 * draft: being set up. open: its prizes are reserved and fixed, tickets are given and sold. frozen: nobody gets a ticket
 * any more. drawn, in_notice, final: as they say. void: called off, the tickets are refunded.
 */
export const LOTTERY_STATES = ['draft', 'open', 'frozen', 'drawn', 'in_notice', 'final', 'void'] as const;
export type LotteryState = (typeof LOTTERY_STATES)[number];

/** Where the public randomness of a draw comes from: a round of drand, or the reveals of named parties. */
export const ENTROPY_KINDS = ['drand', 'reveals'] as const;
export type EntropyKind = (typeof ENTROPY_KINDS)[number];

/** Why a step that is due was not taken yet. */
export const TROUBLES = [
  'over_budget',
  'stock_short',
  'offer_not_on_sale',
  'parties_missing',
  'entropy_awaited',
  'objection_upheld',
] as const;
export type Trouble = (typeof TROUBLES)[number];

/** A lottery of a programme. Its prizes, ticket rules, parties, grants, draws and wins have tables of their own. */
@Entity('lottery')
export class Lottery {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  @Column('char', { name: 'programme_id', length: 26 })
  programmeId!: string;

  /** The template that it was made from; null for one made by hand. */
  @Column('char', { name: 'template_id', length: 26, nullable: true })
  templateId!: string | null;

  /** The month of the draw, "2026-09". */
  @Column('char', { length: 7 })
  month!: string;

  @Column('varchar', { length: 100 })
  name!: string;

  @Column('varchar', { length: 40 })
  state!: LotteryState;

  @Column('varchar', { length: 40, nullable: true })
  trouble!: Trouble | null;

  @Column('datetime', { name: 'opens_at', precision: 3 })
  opensAt!: Date;

  @Column('datetime', { name: 'freezes_at', precision: 3 })
  freezesAt!: Date;

  @Column('datetime', { name: 'draws_at', precision: 3 })
  drawsAt!: Date;

  /** For each active member. */
  @Column('int', { name: 'free_tickets' })
  freeTickets!: number;

  /** Of one ticket; null when none are sold. */
  @Column('bigint', {
    name: 'ticket_price',
    nullable: true,
    transformer: {
      from: (value: string | null) => (value === null ? null : pointsFromSql(value)),
      to: (value: Points | null) => value,
    },
  })
  ticketPrice!: Points | null;

  /** How many tickets a member may buy. */
  @Column('int', { name: 'bought_at_most' })
  boughtAtMost!: number;

  /** How many tickets a member may have in all. */
  @Column('int', { name: 'tickets_at_most' })
  ticketsAtMost!: number;

  /** Who won within so many months before takes no part; 0 leaves nobody out. */
  @Column('int', { name: 'leaves_out_months' })
  leavesOutMonths!: number;

  @Column('int', { name: 'notice_working_days' })
  noticeWorkingDays!: number;

  /** Days in which a prize to be collected can be, once the result is final. */
  @Column('int', { name: 'collect_days' })
  collectDays!: number;

  @Column('varchar', { length: 40 })
  entropy!: EntropyKind;

  /** Hours after the draw's instant in which the parties may still reveal. */
  @Column('int', { name: 'reveal_hours' })
  revealHours!: number;

  /** What was set aside from the programme's budget when it opened. */
  @Column('bigint', { name: 'reserved_points', transformer: asPoints })
  reservedPoints!: Points;

  /** The draw that it is at: 1, and one more for each time places are drawn again. */
  @Column('int', { name: 'draw_number' })
  drawNumber!: number;

  @Column('datetime', { name: 'opened_at', precision: 3, nullable: true })
  openedAt!: Date | null;

  /** When everybody who was a member at the opening had been given tickets. */
  @Column('datetime', { name: 'given_at', precision: 3, nullable: true })
  givenAt!: Date | null;

  @Column('datetime', { name: 'frozen_at', precision: 3, nullable: true })
  frozenAt!: Date | null;

  /** From then on nothing changes what counts of its tickets, and whoever reads them finds the same list. */
  @Column('datetime', { name: 'listed_at', precision: 3, nullable: true })
  listedAt!: Date | null;

  @Column('int', { name: 'ticket_count', nullable: true })
  ticketCount!: number | null;

  /** The Merkle root of the frozen list of tickets. */
  @Column('binary', { length: 32, nullable: true })
  root!: Buffer | null;

  @Column('datetime', { name: 'counted_at', precision: 3, nullable: true })
  countedAt!: Date | null;

  @Column('char', { name: 'notice_id', length: 26, nullable: true })
  noticeId!: string | null;

  @Column('datetime', { name: 'final_at', precision: 3, nullable: true })
  finalAt!: Date | null;

  @Column('datetime', { name: 'void_at', precision: 3, nullable: true })
  voidAt!: Date | null;

  @Column('varchar', { name: 'void_reason', length: 500, nullable: true })
  voidReason!: string | null;

  /** When nothing was left to pay, refund or give back. */
  @Column('datetime', { name: 'settled_at', precision: 3, nullable: true })
  settledAt!: Date | null;

  @Column('datetime', { name: 'created_at', precision: 3 })
  createdAt!: Date;
}
