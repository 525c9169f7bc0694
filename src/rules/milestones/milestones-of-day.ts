import type { EntityManager } from 'typeorm';
import { addDays, type BeijingDay, beijingDay } from '../../platform/clock.ts';
import { membersChangedSince, membersOfMonthDay } from '../../unions/anniversaries.ts';
import { EVENTS_AT_ONCE } from '../job-definitions.ts';
import type { NamedEvent } from '../write-events.ts';
import { monthDaysKeptOn, yearOf } from './anniversary.ts';
import { SCHOOL_ENTRY, YEARLY_KINDS, type YearlyKind, yearlyMilestone } from './milestone-kinds.ts';
import { pages } from './pages.ts';
import type { Run } from './runs.ts';
import { firstDayOfSchool, schoolEntries } from './school-entry.ts';
import { isWantedOn, type WantedTypes } from './wanted.ts';

/** How many days late a member may come on the roll, or be put right on it, and still have the milestone. */
const GRACE_DAYS = 31;

// A change shows when its transaction commits and bears the instant at which it began.
const LONGEST_CHANGE_MS = 15 * 60_000;

/** A run with what it looks for and where. */
export interface Search extends Run {
  wanted: WantedTypes;
  /** The top of the programme's branch. */
  unionPath: string;
  today: BeijingDay;
  now: Date;
}

/**
 * What members lived on the day of a run, as far as the programme wants it, 500 events at a time at the most: those
 * whose day it is, those who were on the roll late for theirs, and children who enter school. It may name what is
 * recorded already.
 */
export async function* milestonesOfDay(db: EntityManager, search: Search): AsyncGenerator<NamedEvent[]> {
  for (const kind of YEARLY_KINDS) {
    for (const day of daysToLookAt(search, kind)) yield* ofDay(db, search, kind, day);
  }
  yield* ofLateMembers(db, search);
  if (isSchoolSearched(search)) yield* schoolEntries(db, search.unionPath, yearOf(search.day));
}

/** The day of the run; and the day before, when a rule for the kind came in force after that day's run. */
function daysToLookAt({ wanted, day, last }: Search, { type }: YearlyKind): BeijingDay[] {
  const since = wanted.get(type)?.since;
  const days = last && since && since > last.lookedUntil ? [last.day, day] : [day];
  return days.filter((one) => isWantedOn(wanted, type, one));
}

async function* ofDay(
  db: EntityManager,
  { unionPath }: Search,
  kind: YearlyKind,
  day: BeijingDay,
): AsyncGenerator<NamedEvent[]> {
  const asked = { date: kind.date, monthDays: monthDaysKeptOn(day), unionPath, limit: EVENTS_AT_ONCE };
  const found = pages((last: { id: string; date: BeijingDay } | undefined) =>
    membersOfMonthDay(db, { ...asked, after: last?.id ?? '' }),
  );
  for await (const members of found) {
    yield members.flatMap(({ id, date }) => yearlyMilestone(kind, id, date, { from: day, until: day }) ?? []);
  }
}

/**
 * What members who came on the roll or were changed since the last run had lived shortly before that. The days after the
 * last run have runs of their own.
 */
async function* ofLateMembers(
  db: EntityManager,
  { wanted, unionPath, last, now }: Search,
): AsyncGenerator<NamedEvent[]> {
  const kinds = YEARLY_KINDS.filter(({ type }) => wanted.has(type));
  if (!last || kinds.length === 0) return;
  const since = new Date(last.lookedUntil.getTime() - LONGEST_CHANGE_MS);
  const changed = pages((page: { updatedAt: Date; id: string } | undefined) =>
    membersChangedSince(db, { since, until: now, unionPath, after: page, limit: EVENTS_AT_ONCE }),
  );
  for await (const members of changed) {
    for (const kind of kinds) {
      const events = members.flatMap((member) => {
        const date = { birth: member.birthDate, joined: member.joinedOn, unionJoined: member.unionJoinedOn }[kind.date];
        const days = { from: addDays(beijingDay(member.updatedAt), -GRACE_DAYS), until: last.day };
        return date === null ? [] : (yearlyMilestone(kind, member.id, date, days) ?? []);
      });
      yield events.filter((event) => isWantedOn(wanted, event.type, event.occurredOn));
    }
  }
}

/**
 * Children are looked for on the first day of school, and after it today, to the end of the year, because more of them
 * are confirmed by then.
 */
function isSchoolSearched({ wanted, day, today }: Search): boolean {
  const first = firstDayOfSchool(yearOf(day));
  return wanted.has(SCHOOL_ENTRY.type) && (day === first || (day > first && day === today));
}
