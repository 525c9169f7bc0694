import { workingDayOnOrBefore } from '../../notices/working-days.ts';
import { addDays, type BeijingDay, startOfDay } from '../../platform/clock.ts';
import { type BeijingMonth, nextMonth } from '../settlement/months.ts';
import type { TreatPlan } from './plan.entity.ts';

const MINUTE_MS = 60_000;

/** The treat of a month and the day on which it is given. */
export interface DueRound {
  month: BeijingMonth;
  day: BeijingDay;
}

/** On which day a month's treat is given: where it may not be a day of rest, that can be in the month before. */
export function roundDay(plan: Pick<TreatPlan, 'dayOfMonth' | 'whenRest'>, month: BeijingMonth): BeijingDay {
  const day = `${month}-${String(plan.dayOfMonth).padStart(2, '0')}`;
  return plan.whenRest === 'workday_before' ? workingDayOnOrBefore(day) : day;
}

/** This month's round and the next one's, of which one may be over. */
function roundsAround(plan: Pick<TreatPlan, 'dayOfMonth' | 'whenRest'>, today: BeijingDay): DueRound[] {
  const month = today.slice(0, 7);
  return [month, nextMonth(month)].map((one) => ({ month: one, day: roundDay(plan, one) }));
}

/**
 * The rounds of a plan that are to be put up on a day, unless they are: so many days ahead at the most, and later as
 * long as the day of the treat itself is not over.
 */
export function dueRounds(
  plan: Pick<TreatPlan, 'dayOfMonth' | 'whenRest' | 'daysAhead'>,
  today: BeijingDay,
): DueRound[] {
  return roundsAround(plan, today).filter(({ day }) => day >= today && addDays(day, -plan.daysAhead) <= today);
}

/** The next day, today included, on which the treat of a plan falls. */
export function nextRoundDay(plan: Pick<TreatPlan, 'dayOfMonth' | 'whenRest'>, today: BeijingDay): BeijingDay {
  const next = roundsAround(plan, today).find(({ day }) => day >= today);
  // On the last days of a month even the next one's may have been: it fell on the workday before its first.
  return next?.day ?? roundDay(plan, nextMonth(nextMonth(today.slice(0, 7))));
}

/** The instant at which a day's minute "10:00" begins. */
export function opensAt(day: BeijingDay, opens: string): Date {
  const [hours, minutes] = opens.split(':').map(Number) as [number, number];
  return new Date(startOfDay(day).getTime() + (hours * 60 + minutes) * MINUTE_MS);
}
