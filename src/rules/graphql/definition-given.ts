import { accept, type Result, refuse } from '../../platform/result.ts';
import { type Condition, DEEPEST_CONDITION } from '../conditions.ts';
import type { RuleDraft } from '../definition.ts';
import { definitionMessages } from '../definition-messages.ts';
import { awardNotOne, conditionNotOne, lifeNotOne } from '../refusals.ts';
import type {
  AwardInput,
  ConditionInput,
  PointsLifeInput,
  RuleCapInput,
  RuleDefinitionInput,
} from './admin-definition-inputs.ts';

/**
 * Reads a definition as it came to the door. Refusals: AWARD_NOT_ONE, LIFE_NOT_ONE, CONDITION_NOT_ONE with the place,
 * CONDITION_TOO_DEEP. What else may be wrong with it, `checkDefinition` tells.
 */
export function definitionGiven(input: RuleDefinitionInput): Result<RuleDraft> {
  const award = awardGiven(input.award);
  if (!award) return refuse(awardNotOne);
  const life = lifeGiven(input.life);
  if (!life) return refuse(lifeNotOne);
  const condition = input.condition ? conditionGiven(input.condition, 'definition.condition', 1) : accept(null);
  if (!condition.ok) return condition;
  const { occurrence, caps, period, budget, evidence, approval, noticeDays, exclusive } = input;
  const attributes = occurrence.attributes ? { attributes: occurrence.attributes } : {};
  return accept({
    award,
    occurrence: { kind: occurrence.kind, ...attributes } as RuleDraft['occurrence'],
    condition: condition.value,
    caps: caps.map(({ of, period, most }: RuleCapInput) => ({ of, period, most })),
    period: { from: period?.from ?? null, until: period?.until ?? null },
    budget: {
      total: budget?.total ?? null,
      branches: (budget?.branches ?? []).map(({ unionId, points }) => ({ unionId, points })),
    },
    life,
    evidence,
    approval,
    noticeDays,
    exclusive: exclusive ? { group: exclusive.group, priority: exclusive.priority } : null,
  });
}

/** The one that was given; undefined when it is none or several. */
function onlyOne<T>(given: readonly (T | undefined)[]): T | undefined {
  const [one, ...others] = given.filter((each) => each !== undefined);
  return others.length === 0 ? one : undefined;
}

function awardGiven({ fixed, tiered, ranged, perUnit }: AwardInput): RuleDraft['award'] | undefined {
  return onlyOne<RuleDraft['award']>([
    typeof fixed === 'number' ? { kind: 'fixed', points: fixed } : undefined,
    tiered
      ? { kind: 'tiered', attribute: tiered.attribute, tiers: tiered.tiers.map((tier) => ({ ...tier })) }
      : undefined,
    ranged
      ? {
          kind: 'ranged',
          attribute: ranged.attribute,
          ranges: ranged.ranges.map(({ from, to, points }) => ({ from: from ?? null, to: to ?? null, points })),
        }
      : undefined,
    perUnit ? { kind: 'per_unit', ...perUnit } : undefined,
  ]);
}

function lifeGiven(life: PointsLifeInput | null | undefined): RuleDraft['life'] {
  if (!life) return { kind: 'programme' };
  return onlyOne<RuleDraft['life']>([
    typeof life.days === 'number' ? { kind: 'days', days: life.days } : undefined,
    typeof life.yearsAhead === 'number' ? { kind: 'year_end', yearsAhead: life.yearsAhead } : undefined,
  ]);
}

/** Reads a condition that stands at this place of the input. Refusals: CONDITION_NOT_ONE with the place, CONDITION_TOO_DEEP. */
export function conditionGiven(input: ConditionInput, at: string, depth: number): Result<Condition> {
  // Here already, because the door bounds a request's bytes but not how deep they nest.
  if (depth > DEEPEST_CONDITION) {
    const code = 'CONDITION_TOO_DEEP';
    return refuse({ code, message: definitionMessages[code]!, at: 'definition.condition' });
  }
  const { all, any, not, attribute, fact, branches, tags } = input;
  const group = (kind: 'all' | 'any', inputs: ConditionInput[]) => () => groupGiven(kind, inputs, at, depth);
  const read = onlyOne<() => Result<Condition>>([
    all ? group('all', all) : undefined,
    any ? group('any', any) : undefined,
    not ? () => negationGiven(not, at, depth) : undefined,
    attribute
      ? () => accept({ kind: 'attribute', attribute: attribute.name, is: attribute.is, values: [...attribute.values] })
      : undefined,
    fact ? () => accept({ kind: 'fact', fact: fact.fact, is: fact.is, values: [...fact.values] }) : undefined,
    branches ? () => accept({ kind: 'branch', unionIds: [...branches] }) : undefined,
    tags ? () => accept({ kind: 'tag', tags: [...tags] }) : undefined,
  ]);
  return read ? read() : refuse({ ...conditionNotOne, at });
}

function groupGiven(
  kind: 'all' | 'any',
  inputs: readonly ConditionInput[],
  at: string,
  depth: number,
): Result<Condition> {
  const conditions: Condition[] = [];
  for (const [i, input] of inputs.entries()) {
    const one = conditionGiven(input, `${at}.${kind}.${i}`, depth + 1);
    if (!one.ok) return one;
    conditions.push(one.value);
  }
  return accept({ kind, conditions });
}

function negationGiven(input: ConditionInput, at: string, depth: number): Result<Condition> {
  const one = conditionGiven(input, `${at}.not`, depth + 1);
  return one.ok ? accept({ kind: 'not', condition: one.value }) : one;
}
