import type { EntityManager } from 'typeorm';
import { type BeijingDay, endOfDay } from '../../platform/clock.ts';
import { type Condition, conditionAt, type Fact, inner, type MemberFacts } from '../conditions.ts';
import { evaluate, type Miss } from '../evaluate.ts';
import { rulesInForce, type VersionedRule } from '../queries.ts';
import type { NamedEvent } from '../write-events.ts';

/** What a programme wants milestones of one type for. */
interface Wanted {
  /** The rules in force that judge them; at least one. */
  rules: VersionedRule[];
  /** From when a rule has been in force that judges them. */
  since: Date;
}

/** The event types for which a programme has rules in force. */
export type WantedTypes = ReadonlyMap<string, Wanted>;

/** What milestones a programme wants now. Two statements. */
export async function wantedTypes(db: EntityManager, programmeId: string, now: Date): Promise<WantedTypes> {
  const rules = await rulesInForce(db, [programmeId], now);
  const rows: { type: string; since: Date }[] = await db.query(
    `SELECT r.event_type AS type, MIN(v.effective_at) AS since FROM rule r JOIN rule_version v ON v.rule_id = r.id
     WHERE r.programme_id = ? AND r.retired_at IS NULL AND v.effective_at <= ? GROUP BY r.event_type`,
    [programmeId, now],
  );
  return new Map(
    rows.map(({ type, since }) => [type, { rules: rules.filter((rule) => rule.eventType === type), since }]),
  );
}

/** Whether the milestones of a type that fell on this day are wanted: a rule was in force before the day was over. */
export function isWantedOn(wanted: WantedTypes, type: string, day: BeijingDay): boolean {
  const since = wanted.get(type)?.since;
  return since !== undefined && since < endOfDay(day);
}

/**
 * Whether the rules have an answer to a milestone of so many years. When each of them gives nobody anything for this
 * number of years, or at this time, it is not worth a line in the member's list.
 */
export function hasAnswer(
  rules: readonly VersionedRule[],
  event: NamedEvent,
  member: MemberFacts,
  numberFact: Fact,
): boolean {
  return rules.some(({ definition }) => {
    const verdict = evaluate(definition, { id: '', ...event, member });
    return verdict.award || !isForEverybody(verdict, definition.condition, numberFact);
  });
}

/** Whether a rule would say the same of everybody who has this number on this day. */
function isForEverybody(miss: Miss, condition: Condition | null, numberFact: Fact): boolean {
  if (miss.why === 'CONDITION') return asksTheNumber(conditionAt(condition!, miss.place), numberFact);
  return miss.why === 'VALUE_WITHOUT_TIER' || miss.why === 'OUT_OF_PERIOD';
}

/** Whether a condition asks about nothing but the number, which is the event's one attribute and a fact. */
function asksTheNumber(one: Condition, numberFact: Fact): boolean {
  const parts = inner(one);
  if (parts.length > 0) return parts.every((part) => asksTheNumber(part, numberFact));
  return one.kind === 'attribute' || (one.kind === 'fact' && one.fact === numberFact);
}
