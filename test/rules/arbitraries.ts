import fc from 'fast-check';
import type { Attributes } from '../../src/rules/attributes.ts';
import { COMPARISONS, type Condition, FACTS, type MemberFacts } from '../../src/rules/conditions.ts';
import { CAP_PERIODS, type RuleDefinition, ruleDefinition } from '../../src/rules/definition.ts';
import type { JudgedEvent } from '../../src/rules/evaluate.ts';

export const UNIONS = ['0UNION00000000000000000001', '0UNION00000000000000000002', '0UNION00000000000000000003'];
export const MEMBERS = ['0MEMBER0000000000000000001', '0MEMBER0000000000000000002'];

/** Names with those among them that every object of JavaScript has. */
export const attributeName = fc.constantFrom('学历层次', '时长', 'level', 'constructor', 'toString', '等级');
const attributeValue = fc.oneof(
  fc.constantFrom('大专', '本科', '初级', '5', '2026-08-01', 'e\u0301', '\u00e9'),
  fc.integer({ min: -10, max: 200 }),
);
export const attributes: fc.Arbitrary<Attributes> = fc.dictionary(attributeName, attributeValue, { maxKeys: 6 });

const years = fc.option(fc.integer({ min: 0, max: 60 }), { nil: null });
export const memberFacts: fc.Arbitrary<MemberFacts> = fc.record({
  unionPath: fc.constantFrom(`/${UNIONS[0]}/`, `/${UNIONS[0]}/${UNIONS[1]}/`, `/${UNIONS[0]}/${UNIONS[2]}/`),
  sex: fc.constantFrom('male', 'female', null),
  age: years,
  serviceYears: years,
  membershipYears: years,
  tags: fc.subarray(['党员', '劳模', '新就业形态']),
});

export const day = fc
  .date({ min: new Date('2025-11-01T00:00:00Z'), max: new Date('2026-04-30T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

export const judgedEvent: fc.Arbitrary<JudgedEvent> = fc.record({
  id: fc.ulid(),
  memberId: fc.constantFrom(...MEMBERS),
  attributes,
  occurredOn: day,
  member: memberFacts,
});

const comparison = fc.constantFrom(...COMPARISONS);
const values = (is: (typeof COMPARISONS)[number]) =>
  fc.array(attributeValue, {
    minLength: is === 'between' ? 2 : 1,
    maxLength: is === 'one_of' ? 4 : is === 'between' ? 2 : 1,
  });
const leaf: fc.Arbitrary<Condition> = fc.oneof(
  comparison.chain((is) =>
    fc.record({
      kind: fc.constant('attribute' as const),
      attribute: attributeName,
      is: fc.constant(is),
      values: values(is),
    }),
  ),
  comparison.chain((is) =>
    fc.record({
      kind: fc.constant('fact' as const),
      fact: fc.constantFrom(...FACTS),
      is: fc.constant(is),
      values: values(is),
    }),
  ),
  fc.record({ kind: fc.constant('branch' as const), unionIds: fc.subarray(UNIONS, { minLength: 1 }) }),
  fc.record({ kind: fc.constant('tag' as const), tags: fc.subarray(['党员', '劳模'], { minLength: 1 }) }),
);

/** Trees of conditions, three deep. */
export const condition: fc.Arbitrary<Condition> = fc.letrec<{ tree: Condition }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    fc.record({ kind: fc.constant('all' as const), conditions: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ kind: fc.constant('any' as const), conditions: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ kind: fc.constant('not' as const), condition: tie('tree') }),
  ),
})).tree;

const awardPoints = fc.integer({ min: 1, max: 500 });
const tierValue = fc.constantFrom('大专', '本科', '初级', '5', '2026-08-01', '\u00e9');
const award = fc.oneof(
  fc.record({ kind: fc.constant('fixed' as const), points: awardPoints }),
  fc.record({
    kind: fc.constant('tiered' as const),
    attribute: attributeName,
    tiers: fc.uniqueArray(fc.record({ value: tierValue, points: awardPoints }), {
      minLength: 1,
      maxLength: 6,
      selector: (tier) => tier.value,
    }),
  }),
  fc.record({
    kind: fc.constant('ranged' as const),
    attribute: attributeName,
    ranges: fc.constantFrom(
      [
        { from: null, to: 4, points: 10 },
        { from: 5, to: 9, points: 50 },
        { from: 10, to: null, points: 100 },
      ],
      [{ from: 1, to: 1, points: 7 }],
    ),
  }),
  fc.record({ kind: fc.constant('per_unit' as const), attribute: attributeName, points: awardPoints }).map((one) => ({
    ...one,
    most: one.points * 4,
  })),
);
const cap = fc.record({
  of: fc.constantFrom('points' as const, 'count' as const),
  period: fc.constantFrom(...CAP_PERIODS),
  most: fc.integer({ min: 1, max: 1000 }),
});

/** Whole definitions, as they lie in the database. */
export const definition: fc.Arbitrary<RuleDefinition> = fc
  .record({
    award,
    occurrence: fc.oneof(
      fc.record({ kind: fc.constant('event' as const) }),
      fc.record({ kind: fc.constant('ever' as const) }),
      fc.record({
        kind: fc.constant('values' as const),
        attributes: fc.uniqueArray(attributeName, { minLength: 1, maxLength: 5 }),
      }),
    ),
    condition: fc.option(condition, { nil: null, freq: 2 }),
    caps: fc.array(cap, { maxLength: 3 }),
    exclusive: fc.option(fc.record({ group: fc.constantFrom('甲', '乙'), priority: fc.integer({ min: 1, max: 3 }) }), {
      nil: null,
      freq: 3,
    }),
    noticeDays: fc.constantFrom(0, 7),
  })
  .map((draft) => ruleDefinition.parse(draft));
