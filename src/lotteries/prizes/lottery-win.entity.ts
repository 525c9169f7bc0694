import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * provisional: in notice. due: to be paid. paid: points or voucher given. to_collect, collected: a thing that waits, or
 * was handed out. lapsed: not collected in time, or not to be paid. disqualified: after the notice. void: with its lottery.
 */
export const WIN_STATES = [
  'provisional',
  'due',
  'paid',
  'to_collect',
  'collected',
  'lapsed',
  'disqualified',
  'void',
] as const;
export type WinState = (typeof WIN_STATES)[number];

/** The states in which a win still stands, so that it is on the notice. */
export const STANDING: readonly WinState[] = ['provisional', 'due', 'paid', 'to_collect', 'collected'];

/** The states in which a win waits for something. */
export const WAITING: readonly WinState[] = ['provisional', 'due', 'to_collect'];

/** A place of a draw with the ticket that won it. */
@Entity('lottery_win')
export class LotteryWin {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  @Column('char', { name: 'lottery_id', length: 26 })
  lotteryId!: string;

  @Column('int', { name: 'draw_number' })
  drawNumber!: number;

  /** Within its draw, from 1. */
  @Column('int')
  place!: number;

  @Column('int', { name: 'prize_number' })
  prizeNumber!: number;

  /** The ticket's index in the frozen list, from 0. */
  @Column('int', { name: 'ticket_index' })
  ticketIndex!: number;

  @Column('char', { name: 'grant_id', length: 26 })
  grantId!: string;

  /** Which of the grant's tickets, from 1. */
  @Column('int')
  ticket!: number;

  @Column('char', { name: 'member_id', length: 26 })
  memberId!: string;

  @Column('varchar', { length: 40 })
  state!: WinState;

  /** Why it was disqualified or lapsed. */
  @Column('varchar', { length: 500, nullable: true })
  reason!: string | null;

  @Column('char', { name: 'transfer_id', length: 30, nullable: true })
  transferId!: string | null;

  /** Of a voucher that was won. */
  @Column('char', { name: 'redemption_id', length: 26, nullable: true })
  redemptionId!: string | null;

  /** A thing can be collected while now is before this instant. */
  @Column('datetime', { name: 'collect_until', precision: 3, nullable: true })
  collectUntil!: Date | null;

  /** When it came to its end state. */
  @Column('datetime', { name: 'settled_at', precision: 3, nullable: true })
  settledAt!: Date | null;

  /** Who brought it there: "operator:<id>", "api-token:<id>" or "system". */
  @Column('varchar', { name: 'settled_by', length: 60, nullable: true })
  settledBy!: string | null;

  /** The draw that gave its place to somebody else. */
  @Column('int', { name: 'drawn_again', nullable: true })
  drawnAgain!: number | null;
}
