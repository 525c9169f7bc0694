import type { Refusal } from '../../platform/result.ts';
import { type Condition, inner } from '../conditions.ts';
import type { RuleDefinition } from '../definition.ts';
import { textOf } from '../text.ts';
import type { AttributeDeclaration, EventType } from './event-type.ts';
import { attributeInUse } from './refusals.ts';

/** A rule as far as this file needs it: a version that judges or will judge, or a draft. */
export interface NamingRule {
  name: string;
  definition: RuleDefinition;
}

/**
 * What a change of an event type would take away from a rule: an attribute that it names, the kind of one, or a choice
 * that it names. The refusal ATTRIBUTE_IN_USE tells the rule and the place. Pure.
 */
export function lostAttribute(
  rules: readonly NamingRule[],
  before: EventType,
  attributes: readonly AttributeDeclaration[],
): Refusal | undefined {
  for (const { name: rule, definition } of rules) {
    for (const [name, values] of attributesNamed(definition)) {
      const old = before.attributes.find((one) => one.name === name);
      if (!old) continue;
      const i = attributes.findIndex((one) => one.name === name);
      if (i < 0) return attributeInUse(rule, name, { at: 'attributes' });
      if (attributes[i]!.kind !== old.kind) return attributeInUse(rule, name, { at: `attributes.${i}.kind` });
      const kept = new Set(attributes[i]!.choices?.map(textOf));
      const choice = old.choices?.find((one) => values.has(textOf(one)) && !kept.has(textOf(one)));
      if (choice !== undefined) return attributeInUse(rule, name, { choice, at: `attributes.${i}.choices` });
    }
  }
  return undefined;
}

/** The attributes of the event that a rule names, each with the values that it names of it, as text. Pure. */
export function attributesNamed({ award, occurrence, condition }: RuleDefinition): Map<string, Set<string>> {
  const named = new Map<string, Set<string>>();
  const add = (name: string, values: readonly (string | number)[] = []) => {
    named.set(name, new Set([...(named.get(name) ?? []), ...values.map(textOf)]));
  };
  if (award.kind === 'tiered') {
    add(
      award.attribute,
      award.tiers.map((tier) => tier.value),
    );
  } else if (award.kind !== 'fixed') add(award.attribute);
  if (occurrence.kind === 'values') for (const name of occurrence.attributes) add(name);
  const walk = (one: Condition) => {
    if (one.kind === 'attribute') add(one.attribute, one.values);
    inner(one).forEach(walk);
  };
  if (condition) walk(condition);
  return named;
}
