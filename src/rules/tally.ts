import { type Points, points } from '../platform/points.ts';
import { periodOf } from './cap-period.ts';
import type { VersionedRule } from './queries.ts';

/** Points that a rule gave a member for an occurrence. */
export interface Given {
  ruleId: string;
  memberId: string;
  occurrence: string;
  eventId: string;
  points: Points;
  /** The Beijing day on which the event happened. */
  occurredOn: string;
}

/** What a rule gave a member in all for what happened on a day. */
export interface GivenOnDay {
  ruleId: string;
  memberId: string;
  occurredOn: string;
  points: number;
  count: number;
}

type Happened = Pick<Given, 'memberId' | 'occurredOn'> & { id: string };

/**
 * What rules gave members so far, as far as the events in hand need to know it. It decides nothing by itself and reads
 * nothing: who fills it holds the locks, or replays the past.
 */
export class Tally {
  private readonly byOccurrence = new Map<string, Given>();
  private readonly byDay = new Map<string, Map<string, { points: number; count: number }>>();

  /** Knows of occurrences that were paid, and of what was given by day; neither says anything of the other. */
  constructor(paid: readonly Given[] = [], days: readonly GivenOnDay[] = []) {
    for (const given of paid)
      this.byOccurrence.set(occurrenceKey(given.ruleId, given.memberId, given.occurrence), given);
    for (const given of days) this.count(given, given.points, given.count);
  }

  /** The event that a rule paid for an occurrence of a member, and with how many points; undefined when none. */
  paidFor(ruleId: string, memberId: string, occurrence: string): { eventId: string; points: Points } | undefined {
    const given = this.byOccurrence.get(occurrenceKey(ruleId, memberId, occurrence));
    return given && { eventId: given.eventId, points: given.points };
  }

  /** What the caps of a rule leave of an award, and the number of the cap that leaves least; none when all of it. */
  room(
    { ruleId, definition: { caps } }: VersionedRule,
    event: Pick<Given, 'memberId' | 'occurredOn'>,
    full: Points,
  ): { left: Points; cap?: number } {
    let left: number = full;
    let by: number | undefined;
    caps.forEach((cap, i) => {
      const used = this.used(ruleId, event.memberId, periodOf(cap.period, event.occurredOn));
      const room = cap.of === 'points' ? cap.most - used.points : used.count < cap.most ? full : 0;
      if (room < left) {
        left = Math.max(room, 0);
        by = i;
      }
    });
    return { left: points(left), ...(by !== undefined && { cap: by }) };
  }

  enter(ruleId: string, event: Happened, occurrence: string, given: Points): void {
    const { memberId, occurredOn } = event;
    const entry = { ruleId, memberId, occurrence, eventId: event.id, points: given, occurredOn };
    this.byOccurrence.set(occurrenceKey(ruleId, memberId, occurrence), entry);
    this.count(entry, given, 1);
  }

  /** Takes back what an event earned, as its revocation does. */
  takeBack(eventId: string): Given[] {
    const taken = [...this.byOccurrence.values()].filter((given) => given.eventId === eventId);
    for (const given of taken) {
      this.byOccurrence.delete(occurrenceKey(given.ruleId, given.memberId, given.occurrence));
      this.count(given, -given.points, -1);
    }
    return taken;
  }

  private count(given: Pick<Given, 'ruleId' | 'memberId' | 'occurredOn'>, points: number, count: number): void {
    const days = this.days(given);
    const day = days.get(given.occurredOn) ?? { points: 0, count: 0 };
    days.set(given.occurredOn, { points: day.points + points, count: day.count + count });
  }

  private used(ruleId: string, memberId: string, { from, until }: { from: string; until: string }) {
    let used = { points: 0, count: 0 };
    for (const [day, { points, count }] of this.days({ ruleId, memberId })) {
      if (from <= day && day <= until) used = { points: used.points + points, count: used.count + count };
    }
    return used;
  }

  private days({ ruleId, memberId }: Pick<Given, 'ruleId' | 'memberId'>) {
    const key = `${ruleId} ${memberId}`;
    const days = this.byDay.get(key) ?? new Map<string, { points: number; count: number }>();
    this.byDay.set(key, days);
    return days;
  }
}

const occurrenceKey = (ruleId: string, memberId: string, occurrence: string) => `${ruleId} ${memberId} ${occurrence}`;
