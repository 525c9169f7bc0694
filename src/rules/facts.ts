import { type BeijingDay, isLeapYear } from '../platform/clock.ts';
import type { MemberFacts as OnRecord } from '../unions/member-facts.ts';
import type { MemberFacts } from './conditions.ts';

/** What conditions may ask about a member, as it was on a day, of what is on record now. */
export function factsOn(day: BeijingDay, member: OnRecord): MemberFacts {
  const { unionPath, sex, birthDate, joinedOn, unionJoinedOn, tags } = member;
  return {
    unionPath,
    sex,
    age: wholeYears(birthDate, day),
    serviceYears: wholeYears(joinedOn, day),
    membershipYears: wholeYears(unionJoinedOn, day),
    tags,
  };
}

/**
 * How many full years lie between two days; null when the first is not known or comes later. What began on 29 February
 * has its day on the 28th in a year without it.
 */
export function wholeYears(from: BeijingDay | null, until: BeijingDay): number | null {
  if (from === null || from > until) return null;
  const year = Number(until.slice(0, 4));
  const day = from.slice(5) === '02-29' && !isLeapYear(year) ? '02-28' : from.slice(5);
  return year - Number(from.slice(0, 4)) - (until.slice(5) < day ? 1 : 0);
}
