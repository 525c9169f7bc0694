import { type BeijingDay, isDay } from '../platform/clock.ts';
import { accept, type Refusal, type Result, refuse } from '../platform/result.ts';
import { memberUnknown } from '../unions/refusals.ts';
import { type Attributes, attributeOf, eventAttributes, LONGEST_TEXT } from './attributes.ts';
import { line, textOf } from './definition.ts';
import { evaluate } from './evaluate.ts';
import {
  attributeMalformed,
  attributeMissing,
  attributesTooMany,
  attributeUnknown,
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
import type { Person, VersionedRule } from './queries.ts';

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
  /** The event types for which the programme ever had a rule. */
  types: ReadonlySet<string>;
  rules: readonly VersionedRule[];
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
    const troubles = [
      troubleWithDay(event, check.today, person.ok ? person.value : undefined),
      troubleWithForm(event),
      ...(check.types.has(event.type)
        ? troublesWithRules(event, check.rules)
        : [{ ...eventTypeUnknown([...check.types].sort()), at: 'type' }]),
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

function troubleWithForm(event: EventGiven): Refusal | undefined {
  if (event.reference !== undefined && !reference.safeParse(event.reference).success) {
    return { ...referenceMalformed, at: 'reference' };
  }
  const parsed = eventAttributes.safeParse(event.attributes);
  if (parsed.success) return undefined;
  const name = parsed.error.issues[0]!.path[0];
  return name === undefined
    ? { ...attributesTooMany, at: 'attributes' }
    : { ...attributeMalformed, at: placeOf(event, String(name)) };
}

/** What the rules in force need of an event and do not find. */
function troublesWithRules(event: EventGiven, rules: readonly VersionedRule[]): Refusal[] {
  const judging = rules.filter((rule) => rule.eventType === event.type);
  const troubles = new Map<string, Refusal>();
  for (const { definition } of judging) {
    const verdict = evaluate(definition, { id: '', attributes: event.attributes });
    if (verdict.award || troubles.has(verdict.attribute)) continue;
    const allowed = tierValues(judging, verdict.attribute);
    const value = attributeOf(event.attributes, verdict.attribute);
    // Another rule may have the tier that this one has not.
    if (value !== undefined && allowed.some((one) => textOf(one) === textOf(value))) continue;
    const trouble = verdict.why === 'ATTRIBUTE_MISSING' ? attributeMissing : attributeUnknown;
    troubles.set(verdict.attribute, {
      ...trouble(verdict.attribute, allowed),
      at: value === undefined ? 'attributes' : placeOf(event, verdict.attribute),
    });
  }
  return [...troubles.values()];
}

// By its number, as the API's list of attributes has it.
function placeOf(event: EventGiven, attribute: string): string {
  return `attributes.${Object.keys(event.attributes).indexOf(attribute)}`;
}

function tierValues(rules: readonly VersionedRule[], attribute: string): string[] {
  const values = rules.flatMap(({ definition: { award } }) =>
    award.kind === 'tiered' && award.attribute === attribute ? award.tiers.map((tier) => tier.value) : [],
  );
  return [...new Set(values)];
}
