import { accept, type Result, refuse } from '../platform/result.ts';
import {
  readValue,
  type Trouble,
  trouble,
  troubleWithConditions,
  troubleWithSize,
  withValuesRead,
} from './check-condition.ts';
import type { Condition } from './conditions.ts';
import { CAP_PERIODS, largestAward, type RuleDefinition, type RuleDraft, ruleDefinition } from './definition.ts';
import { attributeNotOfType, definitionMessages, LARGEST_DEFINITION, tierNotOfKind } from './definition-messages.ts';
import { placeInInput } from './definition-place.ts';
import type { EventType } from './event-types/event-type.ts';

/**
 * Checks a definition that somebody wrote, and reads the values of its conditions by the kinds of the attributes. Pure.
 * Refuses with the first trouble and its place in the input, "definition.award.tiered.tiers.2.points"; the codes stand in
 * definition-messages.ts.
 */
export function checkDefinition(draft: RuleDraft, type: EventType): Result<RuleDefinition> {
  const read = readDefinition(draft);
  if (!read.ok) return read;
  const definition = read.value;
  const { condition } = definition;
  const found =
    troubleWithAward(definition, type) ??
    troubleWithOccurrence(definition, type) ??
    (condition ? troubleWithConditions(condition, type) : undefined) ??
    troubleWithCaps(definition) ??
    troubleWithBudget(definition);
  if (found) return refused(draft, found);
  return accept({ ...definition, condition: condition && withValuesRead(condition, type) });
}

/** Checks the form of a definition alone, without an event type. */
export function readDefinition(draft: RuleDraft): Result<RuleDefinition> {
  const condition = draft.condition as Condition | null | undefined;
  const tooLarge = condition ? troubleWithSize(condition) : undefined;
  if (tooLarge) return refused(draft, tooLarge);
  const parsed = ruleDefinition.safeParse(draft);
  if (!parsed.success) {
    const { message, path } = parsed.error.issues[0]!;
    return refused(draft, trouble(message in definitionMessages ? message : 'DEFINITION_MALFORMED', path));
  }
  const bytes = Buffer.byteLength(JSON.stringify(parsed.data));
  return bytes > LARGEST_DEFINITION ? refused(draft, trouble('DEFINITION_TOO_LARGE', [])) : accept(parsed.data);
}

function refused(draft: RuleDraft, { code, message, path }: Trouble) {
  return refuse({ code, message, at: placeInInput(draft, path) });
}

function troubleWithAward({ award }: RuleDefinition, type: EventType): Trouble | undefined {
  if (award.kind === 'fixed') return undefined;
  const attribute = type.attributes.find(({ name }) => name === award.attribute);
  if (!attribute) return { ...attributeNotOfType(type), path: ['award', 'attribute'] };
  if (award.kind !== 'tiered') {
    return attribute.kind === 'number' ? undefined : trouble('ATTRIBUTE_KIND', ['award', 'attribute']);
  }
  const wrong = award.tiers.findIndex(({ value }) => readValue(value, attribute) === undefined);
  return wrong < 0 ? undefined : { ...tierNotOfKind(attribute), path: ['award', 'tiers', wrong, 'value'] };
}

function troubleWithOccurrence({ occurrence }: RuleDefinition, type: EventType): Trouble | undefined {
  if (occurrence.kind !== 'values') return undefined;
  const known = new Set(type.attributes.map(({ name }) => name));
  const wrong = occurrence.attributes.findIndex((name) => !known.has(name));
  return wrong < 0 ? undefined : { ...attributeNotOfType(type), path: ['occurrence', 'attributes', wrong] };
}

function troubleWithCaps(definition: RuleDefinition): Trouble | undefined {
  const { caps } = definition;
  for (const [i, cap] of caps.entries()) {
    if (cap.of === 'points' && cap.most < largestAward(definition))
      return trouble('CAP_BELOW_AWARD', ['caps', i, 'most']);
    const length = CAP_PERIODS.indexOf(cap.period);
    for (const other of caps.slice(0, i).filter((earlier) => earlier.of === cap.of)) {
      const otherLength = CAP_PERIODS.indexOf(other.period);
      if (length === otherLength) return trouble('CAP_REPEATED', ['caps', i, 'period']);
      // Of two periods the longer one must not allow less, or the shorter one's cap could never be reached.
      const contradicts = length > otherLength ? cap.most < other.most : cap.most > other.most;
      if (contradicts) return trouble('CAP_CONTRADICTS', ['caps', i, 'most']);
    }
  }
  return undefined;
}

function troubleWithBudget({ budget: { total, branches } }: RuleDefinition): Trouble | undefined {
  const wrong = branches.findIndex(({ points }) => total !== null && points > total);
  return wrong < 0 ? undefined : trouble('BRANCH_BUDGET_ABOVE_TOTAL', ['budget', 'branches', wrong, 'points']);
}
