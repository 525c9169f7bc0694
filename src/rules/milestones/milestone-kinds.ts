import type { BeijingDay } from '../../platform/clock.ts';
import type { MemberDay } from '../../unions/anniversaries.ts';
import type { Fact } from '../conditions.ts';
import type { NamedEvent } from '../write-events.ts';
import { anniversaryWithin, type Days, yearOf } from './anniversary.ts';

/** A milestone that comes back every year. Its reference is a word for it, the member and the number it carries. */
export interface YearlyKind {
  /** The code of its event type. */
  type: string;
  word: string;
  /** The day of a member's life that it keeps. */
  date: MemberDay;
  attribute: string;
  /** What its attribute has: the year that it falls into, or how many years are full. */
  number: 'year' | 'years';
  /** The fact that is the same number; of these milestones only those are recorded for which rules have an answer. */
  fact: Fact | undefined;
}

const BIRTHDAY: YearlyKind = {
  type: 'milestone.birthday',
  word: 'birthday',
  date: 'birth',
  attribute: '年份',
  number: 'year',
  fact: undefined,
};
const SERVICE: YearlyKind = {
  type: 'milestone.service',
  word: 'service',
  date: 'joined',
  attribute: '服务年数',
  number: 'years',
  fact: 'service_years',
};
const MEMBERSHIP: YearlyKind = {
  type: 'milestone.membership',
  word: 'membership',
  date: 'unionJoined',
  attribute: '入会年数',
  number: 'years',
  fact: 'membership_years',
};
export const YEARLY_KINDS: readonly YearlyKind[] = [BIRTHDAY, SERVICE, MEMBERSHIP];

/** The event type of children who reach school age, and the attribute that tells one child of a member from another. */
export const SCHOOL_ENTRY = { type: 'milestone.school-entry', word: 'school-entry', attribute: '子女' };

/** The milestone of a kind that a member lives within these days, a year of them at the most. */
export function yearlyMilestone(
  { type, word, attribute, number }: YearlyKind,
  memberId: string,
  date: BeijingDay,
  days: Days,
): NamedEvent | undefined {
  const found = anniversaryWithin(date, days);
  if (!found) return undefined;
  const value = number === 'year' ? yearOf(found.day) : found.years;
  const attributes = { [attribute]: value };
  return { memberId, type, attributes, occurredOn: found.day, reference: `${word}:${memberId}:${value}` };
}
