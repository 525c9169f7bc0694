import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newId } from '../../src/platform/ids.ts';
import { type Attributes, eventAttributes } from '../../src/rules/attributes.ts';
import { checkDefinition } from '../../src/rules/check-definition.ts';
import { LARGEST_AWARD, type RuleDefinition, ruleDefinition } from '../../src/rules/definition.ts';
import { evaluate } from '../../src/rules/evaluate.ts';
import { eventIdentity } from '../../src/rules/event-identity.ts';
import { inWords } from '../../src/rules/in-words.ts';
import { accepted, DEGREE } from './world.ts';

const name = fc.constantFrom('学历层次', '证书', 'level', 'constructor', 'toString', '等级');
const value = fc.oneof(
  fc.constantFrom('大专', '本科', '初级', '5', '2026-08-01', 'e\u0301', '\u00e9'),
  fc.integer({ min: -10, max: 10 }),
);
const attributes: fc.Arbitrary<Attributes> = fc.dictionary(name, value, { maxKeys: 6 });
const awardPoints = fc.integer({ min: 1, max: LARGEST_AWARD });
const tierValue = fc.constantFrom('大专', '本科', '初级', '5', '2026-08-01', '\u00e9');
const definition: fc.Arbitrary<RuleDefinition> = fc
  .record({
    award: fc.oneof(
      fc.record({ kind: fc.constant('fixed' as const), points: awardPoints }),
      fc.record({
        kind: fc.constant('tiered' as const),
        attribute: name,
        tiers: fc.uniqueArray(fc.record({ value: tierValue, points: awardPoints }), {
          minLength: 1,
          maxLength: 6,
          selector: (tier) => tier.value,
        }),
      }),
    ),
    occurrence: fc.oneof(
      fc.record({ kind: fc.constant('event' as const) }),
      fc.record({ kind: fc.constant('ever' as const) }),
      fc.record({
        kind: fc.constant('values' as const),
        attributes: fc.uniqueArray(name, { minLength: 1, maxLength: 5 }),
      }),
    ),
  })
  .map((draft) => accepted(checkDefinition(draft)));

test('every event gets a verdict from every rule, and the same one each time', () => {
  fc.assert(
    fc.property(definition, attributes, (rule, facts) => {
      const event = { id: newId(), attributes: facts };
      const before = JSON.stringify([rule, event]);
      const verdict = evaluate(rule, event);
      expect(evaluate(structuredClone(rule), structuredClone(event))).toEqual(verdict);
      expect(JSON.stringify([rule, event])).toBe(before);
      if (verdict.award) {
        expect(verdict.points).toBeGreaterThanOrEqual(1);
        expect(verdict.points).toBeLessThanOrEqual(LARGEST_AWARD);
        // The key of the transfer is "accrual:<rule>:<member>:<occurrence>" and has 120 ASCII characters at the most.
        expect(verdict.occurrence).toMatch(/^[\x21-\x7e]{1,58}$/);
      } else {
        expect(Object.hasOwn(facts, verdict.attribute)).toBe(verdict.why === 'VALUE_WITHOUT_TIER');
      }
    }),
  );
});

test('a rule means the same after it lay in the database', () => {
  fc.assert(
    fc.property(definition, (rule) => {
      expect(ruleDefinition.parse(JSON.parse(JSON.stringify(rule)))).toEqual(rule);
      expect(inWords('规则', rule).zh.length).toBeGreaterThan(0);
    }),
  );
});

test('an occurrence by values hangs on these values alone, as text, in any order', () => {
  const rule = (...names: string[]) =>
    accepted(
      checkDefinition({ award: { kind: 'fixed', points: 1 }, occurrence: { kind: 'values', attributes: names } }),
    );
  const occurrence = (of: RuleDefinition, facts: Attributes) => evaluate(of, { id: newId(), attributes: facts });
  const one = occurrence(rule('a', 'b'), { a: 5, b: '\u00e9', c: 'x' });
  expect(occurrence(rule('b', 'a'), { b: 'e\u0301', c: 'y', a: '5' })).toEqual(one);
  expect(occurrence(rule('a', 'b'), { a: 6, b: '\u00e9' })).not.toEqual(one);
  expect(occurrence(rule('a', 'b'), { b: 5, a: '\u00e9' })).not.toEqual(one);
});

test('the identity of an event hangs on its reference alone, or on member, type, day and attributes', () => {
  const event = { memberId: 'm', type: 'degree', occurredOn: '2026-01-01', attributes: { a: 1, b: 'x' } as Attributes };
  const id = (change: object) => eventIdentity({ ...event, ...change }).toString('hex');
  expect(id({ attributes: { b: 'x', a: '1' } })).toBe(id({}));
  const others = [{ memberId: 'n' }, { type: 'honour' }, { occurredOn: '2026-01-02' }, { attributes: { a: 1 } }];
  const changed = [...others, { reference: 'R1' }, { reference: 'R2' }].map(id);
  expect(new Set([...changed, id({})]).size).toBe(7);
  expect(id({ reference: 'R1', memberId: 'n', type: 'honour' })).toBe(id({ reference: 'R1' }));
});

test.each([
  ['an award of zero', 'AWARD_OUT_OF_RANGE', 'award.points', { award: { kind: 'fixed', points: 0 } }],
  ['an award too large', 'AWARD_OUT_OF_RANGE', 'award.points', { award: { kind: 'fixed', points: 1_000_001 } }],
  ['half a point', 'AWARD_OUT_OF_RANGE', 'award.points', { award: { kind: 'fixed', points: 1.5 } }],
  ['no tiers', 'TIERS_EMPTY', 'award.tiers', { award: tiered() }],
  ['a tier of zero', 'AWARD_OUT_OF_RANGE', 'award.tiers.1.points', { award: tiered(['a', 1], ['b', 0]) }],
  ['a value twice', 'TIER_REPEATED', 'award.tiers.2.value', { award: tiered(['\u00e9', 1], ['b', 1], ['e\u0301', 2]) }],
  ['an empty value', 'TIER_VALUE_MALFORMED', 'award.tiers.0.value', { award: tiered(['', 1]) }],
  ['a value with a space before it', 'TIER_VALUE_MALFORMED', 'award.tiers.0.value', { award: tiered([' a', 1]) }],
  [
    '51 tiers',
    'TIERS_TOO_MANY',
    'award.tiers',
    { award: tiered(...Array.from({ length: 51 }, (_, i) => [`${i}`, 1] as const)) },
  ],
  [
    'a bad attribute',
    'ATTRIBUTE_NAME_MALFORMED',
    'award.attribute',
    { award: { ...tiered(['a', 1]), attribute: '9x' } },
  ],
  [
    'no occurrence attributes',
    'OCCURRENCE_MALFORMED',
    'occurrence.attributes',
    { occurrence: { kind: 'values', attributes: [] } },
  ],
  [
    'an occurrence attribute twice',
    'OCCURRENCE_MALFORMED',
    'occurrence.attributes',
    { occurrence: { kind: 'values', attributes: ['a', 'a'] } },
  ],
  ['what nobody knows', 'DEFINITION_MALFORMED', 'occurrence', { occurrence: { kind: 'ever', attributes: ['a'] } }],
] as const)('a rule with %s is refused with its place', (_, code, at, change) => {
  const draft = { ...DEGREE, ...(change as object) } as typeof DEGREE;
  expect(checkDefinition(draft)).toMatchObject({ ok: false, refusal: { code, at } });
});

function tiered(...tiers: (readonly [string, number])[]) {
  return { kind: 'tiered' as const, attribute: 'a', tiers: tiers.map(([value, points]) => ({ value, points })) };
}

test('a rule reads as a sentence in both languages', () => {
  expect(inWords('学历提升', accepted(checkDefinition(DEGREE)))).toEqual({
    zh: '学历提升：大专 2000 分；本科 2000 分；硕士 2000 分；博士 2000 分；每个学历层次一次。',
    en: '学历提升: 大专 2,000 points; 本科 2,000 points; 硕士 2,000 points; 博士 2,000 points; once for each 学历层次.',
  });
  const honour = accepted(checkDefinition({ award: { kind: 'fixed', points: 1 }, occurrence: { kind: 'event' } }));
  expect(inWords('分会荣誉', honour)).toEqual({
    zh: '分会荣誉：1 分；每次都计。',
    en: '分会荣誉: 1 point; every time.',
  });
});

test.each([
  [{ a: 1.5 }, false],
  [{ a: Number.MAX_SAFE_INTEGER }, true],
  [{ a: 2 ** 53 }, false],
  [{ a: '' }, false],
  [{ a: 'x'.repeat(100) }, true],
  [{ a: 'x'.repeat(101) }, false],
  [{ a: 'two\nlines' }, false],
  [{ '': 'x' }, false],
  [{ 'a b': 'x' }, false],
  [{ 学历层次: '本科' }, true],
  [{ a: null }, false],
  [{ a: { b: 1 } }, false],
  [Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`a${i}`, i])), true],
  [Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`a${i}`, i])), false],
])('attributes are flat and bounded: %o', (facts, good) => {
  expect(eventAttributes.safeParse(facts).success).toBe(good);
});
