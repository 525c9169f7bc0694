import { textLength } from '../../marketplace/refusals.ts';
import { isText } from '../../marketplace/text.ts';
import { addDays, type BeijingDay, startOfDay } from '../../platform/clock.ts';
import type { Points } from '../../platform/points.ts';
import type { Refusal } from '../../platform/result.ts';
import type { EntropyKind } from '../lottery.entity.ts';
import { PARTIES_AT_LEAST } from '../proof/reveals.ts';
import {
  drawTooSoon,
  numberOutOfRange,
  partiesNeeded,
  prizeMismatched,
  prizesNeeded,
  prizesTooMany,
  ticketsNowhere,
  timeMalformed,
  timesOutOfOrder,
} from '../refusals.ts';

export const PRIZE_KINDS = ['points', 'voucher', 'goods'] as const;
export type PrizeKind = (typeof PRIZE_KINDS)[number];

/** A line of the prize table. Its pieces are drawn one after the other, line by line. */
export interface PrizeTerms {
  /** 1 for 一等奖; several lines may be of one tier. */
  tier: number;
  name: string;
  kind: PrizeKind;
  /** Of each piece, for points; else null. */
  points: Points | null;
  /** For a voucher; else null. */
  offerId: string | null;
  quantity: number;
}

/** What a rule gave a member in the month before the draw gives her so many tickets, each time. */
export interface TicketRule {
  ruleId: string;
  tickets: number;
}

/** Who brings a part of the randomness, and the admin who does it for them. */
export interface PartyTerms {
  name: string;
  operatorId: string;
}

/** What a lottery promises; fixed from its opening on. */
export interface LotteryTerms {
  prizes: readonly PrizeTerms[];
  freeTickets: number;
  ticketRules: readonly TicketRule[];
  /** Null when none are sold. */
  ticketPrice: Points | null;
  boughtAtMost: number;
  ticketsAtMost: number;
  leavesOutMonths: number;
  noticeWorkingDays: number;
  collectDays: number;
  entropy: EntropyKind;
  revealHours: number;
  /** For `reveals`: 3 to 9. */
  parties: readonly PartyTerms[];
}

export interface LotteryTimes {
  opensAt: Date;
  freezesAt: Date;
  drawsAt: Date;
}

/** When the lottery of each month is made, opened, frozen and drawn. Times are of Beijing, "09:30". */
export interface Timetable {
  /** Of the month, 1 to 28. */
  drawDay: number;
  drawTime: string;
  freezesDaysBefore: number;
  freezeTime: string;
  opensDaysBefore: number;
  openTime: string;
  /** How many days before its opening it is made, for an admin to look at. */
  madeDaysBefore: number;
}

/** What a template makes lotteries with. */
export interface TemplateTerms {
  timetable: Timetable;
  lottery: LotteryTerms;
}

const PRIZE_LINES = 50;
/** Each winner stands in the transcript with a proof: more would not fit into one statement of the database. */
const PIECES = 5_000;
const LARGEST_PRIZE = 1_000_000;
const POINTS_IN_ALL = 1_000_000_000;
const PARTIES_AT_MOST = 9;
/** The list must be counted and its root published before the randomness of the draw exists. */
const COUNTING_MS = 10 * 60_000;

/**
 * What is wrong with the terms of a lottery as far as they alone tell, or undefined; `at` names the field. Refusals:
 * NUMBER_OUT_OF_RANGE, TICKETS_NOWHERE, PRIZES_NEEDED, PRIZES_TOO_MANY, PRIZE_MISMATCHED, TEXT_LENGTH, PARTIES_NEEDED.
 */
export function wrongTerms(terms: LotteryTerms): Refusal | undefined {
  return wrongNumbers(terms) ?? wrongPrizes(terms) ?? wrongParties(terms);
}

function wrongNumbers(terms: LotteryTerms): Refusal | undefined {
  const { freeTickets, ticketPrice, ticketsAtMost, ticketRules } = terms;
  const wrong =
    outside('ticketsAtMost', ticketsAtMost, 1, 1000) ??
    outside('freeTickets', freeTickets, 0, ticketsAtMost) ??
    outside('ticketPrice', ticketPrice ?? 1, 1, LARGEST_PRIZE) ??
    outside('boughtAtMost', terms.boughtAtMost, ticketPrice === null ? 0 : 1, ticketPrice === null ? 0 : 1000) ??
    outside('leavesOutMonths', terms.leavesOutMonths, 0, 24) ??
    outside('noticeWorkingDays', terms.noticeWorkingDays, 1, 30) ??
    outside('collectDays', terms.collectDays, 1, 365) ??
    outside('revealHours', terms.revealHours, 1, 72) ??
    outside('ticketRules', ticketRules.length, 0, 20);
  if (wrong) return wrong;
  const few = ticketRules.findIndex(({ tickets }) => tickets < 1 || tickets > 100);
  if (few >= 0) return numberOutOfRange(`ticketRules.${few}.tickets`, 1, 100);
  return freeTickets === 0 && ticketPrice === null && ticketRules.length === 0 ? ticketsNowhere : undefined;
}

function wrongPrizes({ prizes }: LotteryTerms): Refusal | undefined {
  if (prizes.length < 1 || prizes.length > PRIZE_LINES) return prizesNeeded;
  for (const [i, { tier, name, kind, points, offerId, quantity }] of prizes.entries()) {
    const wrong =
      outside(`prizes.${i}.tier`, tier, 1, 20) ??
      outside(`prizes.${i}.quantity`, quantity, 1, PIECES) ??
      outside(`prizes.${i}.points`, points ?? 1, 1, LARGEST_PRIZE);
    if (wrong) return wrong;
    if (!isText(name, 100)) return textLength(`prizes.${i}.name`, 100);
    const fits = (points !== null) === (kind === 'points') && (offerId !== null) === (kind === 'voucher');
    if (!fits) return prizeMismatched(`prizes.${i}.kind`);
  }
  const pieces = prizes.reduce((sum, { quantity }) => sum + quantity, 0);
  const points = prizes.reduce((sum, one) => sum + (one.points ?? 0) * one.quantity, 0);
  return pieces > PIECES || points > POINTS_IN_ALL ? prizesTooMany : undefined;
}

function wrongParties({ entropy, parties }: LotteryTerms): Refusal | undefined {
  const [least, most] = entropy === 'reveals' ? [PARTIES_AT_LEAST, PARTIES_AT_MOST] : [0, 0];
  const different = (texts: string[]) => new Set(texts).size === texts.length;
  const apart = different(parties.map(({ operatorId }) => operatorId)) && different(parties.map(({ name }) => name));
  if (parties.length < least || parties.length > most || !apart) return partiesNeeded;
  const i = parties.findIndex(({ name }) => !isText(name, 100));
  return i < 0 ? undefined : textLength(`parties.${i}.name`, 100);
}

/** What is wrong with the times of a lottery, or undefined. Refusals: TIMES_OUT_OF_ORDER, DRAW_TOO_SOON. */
export function wrongTimes({ opensAt, freezesAt, drawsAt }: LotteryTimes): Refusal | undefined {
  if (opensAt >= freezesAt || freezesAt >= drawsAt) return timesOutOfOrder;
  return drawsAt.getTime() - freezesAt.getTime() < COUNTING_MS ? drawTooSoon : undefined;
}

/** What is wrong with a timetable, or undefined. Refusals: NUMBER_OUT_OF_RANGE, TIME_MALFORMED, those of wrongTimes. */
export function wrongTimetable(timetable: Timetable): Refusal | undefined {
  const { drawDay, freezesDaysBefore, opensDaysBefore, madeDaysBefore } = timetable;
  const times = ['drawTime', 'freezeTime', 'openTime'] as const;
  const malformed = times.find((field) => !/^([01]\d|2[0-3]):[0-5]\d$/.test(timetable[field]));
  return (
    outside('drawDay', drawDay, 1, 28) ??
    outside('freezesDaysBefore', freezesDaysBefore, 0, 60) ??
    outside('opensDaysBefore', opensDaysBefore, 0, 60) ??
    outside('madeDaysBefore', madeDaysBefore, 0, 30) ??
    (malformed && timeMalformed(malformed)) ??
    wrongTimes(timesOf(timetable, '2026-01'))
  );
}

/** When the lottery of a month opens, freezes and is drawn. */
export function timesOf(timetable: Timetable, month: string): LotteryTimes {
  const day = `${month}-${String(timetable.drawDay).padStart(2, '0')}`;
  return {
    opensAt: instant(addDays(day, -timetable.opensDaysBefore), timetable.openTime),
    freezesAt: instant(addDays(day, -timetable.freezesDaysBefore), timetable.freezeTime),
    drawsAt: instant(day, timetable.drawTime),
  };
}

function instant(day: BeijingDay, time: string): Date {
  const [hours, minutes] = time.split(':').map(Number) as [number, number];
  return new Date(startOfDay(day).getTime() + (hours * 60 + minutes) * 60_000);
}

function outside(at: string, value: number, least: number, most: number): Refusal | undefined {
  return Number.isInteger(value) && value >= least && value <= most ? undefined : numberOutOfRange(at, least, most);
}
