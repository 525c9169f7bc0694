import { type BeijingDay, isDay } from '../platform/clock.ts';
import { accept, type Refusal, type Result, refuse } from '../platform/result.ts';
import { memberUnknown } from '../unions/refusals.ts';
import { type Attributes, LONGEST_TEXT } from './attributes.ts';
import {
  dayBeforeBirth,
  dayImpossible,
  dayInFuture,
  type EventProblem,
  eventsRefused,
  eventTypeUnknown,
  memberHasLeft,
  memberNotNamed,
  referenceMalformed,
  staffNumberAmbiguous,
} from './event-refusals.ts';
import { troublesWithAttributes } from './event-types/check-attributes.ts';
import type { EventType } from './event-types/event-type.ts';
import type { Person } from './queries.ts';
import { line, textOf } from './text.ts';

/** An event as somebody reports it. */
export interface EventGiven {
  /** The member, by id or by staff number: one of the two. */
  memberId?: string | undefined;
  staffNumber?: string | undefined;
  type: string;
  attributes: Attributes;
  occurredOn: BeijingDay;
  /** The number of a document or row elsewhere that stands for this event and no other. */
  reference?: string | undefined;
}

/** What events are checked against. */
export interface EventCheck {
  today: BeijingDay;
  /** Everybody for whom the caller may record events and who is named in one. */
  people: readonly Person[];
  /** The event types that the programme knows. */
  types: readonly EventType[];
}

// The answer is stored for ever as the call's outcome and must fit its column; who repairs this much sees the rest next.
const MOST_PROBLEMS = 20;
const MOST_PLACES = 1000;
const reference = line(LONGEST_TEXT, 'reference');

/**
 * Checks a list of events, all or none: resolves with the member of each event, in order, or refuses with
 * EVENTS_REFUSED (an `EventsRefusal`) and every bad event named by its places. Pure.
 */
export function checkEvents(events: readonly EventGiven[], check: EventCheck): Result<Person[]> {
  const find = finder(check.people);
  const types = new Map(check.types.map((type) => [type.code, type]));
  const typeUnknown = { ...eventTypeUnknown([...types.keys()]), at: 'type' };
  const people: Person[] = [];
  const problems = new Map<string, EventProblem & { places: string[] }>();
  const bad = new Set<number>();
  let places = 0;
  const report = (event: number, { code, message, at }: Refusal) => {
    bad.add(event);
    const kind = `${code} ${message.en}`;
    const problem = problems.get(kind) ?? { code, message, places: [] };
    if ((!problems.has(kind) && problems.size === MOST_PROBLEMS) || places === MOST_PLACES) return;
    problem.places.push(`events.${event}.${at}`);
    problems.set(kind, problem);
    places += 1;
  };
  events.forEach((event, i) => {
    const person = find(event);
    if (person.ok) people.push(person.value);
    else report(i, person.refusal);
    const type = types.get(event.type);
    const troubles = [
      troubleWithDay(event, check.today, person.ok ? person.value : undefined),
      troubleWithReference(event),
      ...(type ? troublesWithAttributes(type, event.attributes) : [typeUnknown]),
    ];
    for (const trouble of troubles) if (trouble) report(i, trouble);
  });
  return bad.size === 0 ? accept(people) : refuse(eventsRefused([...problems.values()], events.length, bad.size));
}

// The database compares staff numbers without regard to case, so this does too.
const folded = (staffNumber: string) => textOf(staffNumber.trim()).toLowerCase();

function finder(people: readonly Person[]): (event: EventGiven) => Result<Person> {
  const byId = new Map(people.map((person) => [person.id, person]));
  const byStaffNumber = new Map<string, Person[]>();
  for (const person of byId.values()) {
    const number = folded(person.staffNumber ?? '');
    byStaffNumber.set(number, [...(byStaffNumber.get(number) ?? []), person]);
  }
  return ({ memberId, staffNumber }) => {
    if ((memberId === undefined) === (staffNumber === undefined)) return refuse({ ...memberNotNamed, at: 'memberId' });
    const at = memberId === undefined ? 'staffNumber' : 'memberId';
    const named = folded(staffNumber ?? '');
    const found = memberId === undefined ? (named && byStaffNumber.get(named)) || [] : [byId.get(memberId)];
    const present = found.filter((person) => person !== undefined);
    const onRoll = present.filter((person) => person.state !== 'left');
    if (onRoll.length > 1) return refuse({ ...staffNumberAmbiguous, at });
    if (onRoll[0]) return accept(onRoll[0]);
    return refuse({ ...(present.length > 0 ? memberHasLeft : memberUnknown), at });
  };
}

function troubleWithDay({ occurredOn }: EventGiven, today: BeijingDay, person?: Person): Refusal | undefined {
  const at = 'occurredOn';
  if (!isDay(occurredOn)) return { ...dayImpossible, at };
  if (occurredOn > today) return { ...dayInFuture, at };
  if (person?.birthDate && occurredOn < person.birthDate) return { ...dayBeforeBirth, at };
  return undefined;
}

function troubleWithReference({ reference: given }: EventGiven): Refusal | undefined {
  if (given === undefined || reference.safeParse(given).success) return undefined;
  return { ...referenceMalformed, at: 'reference' };
}
