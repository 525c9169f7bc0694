import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newId } from '../../src/platform/ids.ts';
import { type Attributes, eventAttributes } from '../../src/rules/attributes.ts';
import { LARGEST_AWARD, type RuleDraft, ruleDefinition } from '../../src/rules/definition.ts';
import { evaluate, type JudgedEvent } from '../../src/rules/evaluate.ts';
import { eventIdentity } from '../../src/rules/event-identity.ts';
import { wholeYears } from '../../src/rules/facts.ts';
import { definition, judgedEvent } from './arbitraries.ts';

const NOBODY = { unionPath: '/', sex: null, age: null, serviceYears: null, membershipYears: null, tags: [] };
const event = (facts: Attributes, occurredOn = '2026-08-15'): JudgedEvent => ({
  id: newId(),
  memberId: 'm',
  attributes: facts,
  occurredOn,
  member: NOBODY,
});
const rule = (draft: Partial<RuleDraft>) =>
  ruleDefinition.parse({ award: { kind: 'fixed', points: 10 }, occurrence: { kind: 'event' }, ...draft });

test('every event gets a verdict from every rule, and the same one each time', () => {
  fc.assert(
    fc.property(definition, judgedEvent, (one, asked) => {
      const before = JSON.stringify([one, asked]);
      const verdict = evaluate(one, asked);
      expect(evaluate(structuredClone(one), structuredClone(asked))).toEqual(verdict);
      expect(JSON.stringify([one, asked])).toBe(before);
      if (!verdict.award) return;
      expect(verdict.points).toBeGreaterThanOrEqual(1);
      expect(verdict.points).toBeLessThanOrEqual(LARGEST_AWARD);
      expect(verdict.occurrence).toMatch(/^[\x21-\x7e]{1,58}$/);
    }),
  );
});

test('a rule means the same after it lay in the database', () => {
  fc.assert(
    fc.property(definition, (one) => {
      expect(ruleDefinition.parse(JSON.parse(JSON.stringify(one)))).toEqual(one);
    }),
  );
});

test('a rule that was published before conditions and caps were known is one without them', () => {
  const stored = { award: { kind: 'fixed', points: 5 }, occurrence: { kind: 'ever' } };
  expect(ruleDefinition.parse(stored)).toMatchObject({ condition: null, caps: [], noticeDays: 0, exclusive: null });
});

test.each([
  ['below the first range', -3, 1],
  ['at its upper end', 4, 1],
  ['at the lower end of the next', 5, 2],
  ['in a range open above', 400, 3],
])('a number %s earns by its range', (_, years, points) => {
  const one = rule({
    award: {
      kind: 'ranged',
      attribute: '年数',
      ranges: [
        { from: null, to: 4, points: 1 },
        { from: 5, to: 9, points: 2 },
        { from: 10, to: null, points: 3 },
      ],
    },
  });
  expect(evaluate(one, event({ 年数: years }))).toMatchObject({ award: true, points });
});

test('units earn each, up to the ceiling, and nothing below one', () => {
  const one = rule({ award: { kind: 'per_unit', attribute: '时长', points: 20, most: 100 } });
  expect(evaluate(one, event({ 时长: 3 }))).toMatchObject({ points: 60 });
  expect(evaluate(one, event({ 时长: 8 }))).toMatchObject({ points: 100 });
  expect(evaluate(one, event({ 时长: Number.MAX_SAFE_INTEGER }))).toMatchObject({ points: 100 });
  expect(evaluate(one, event({ 时长: 0 }))).toMatchObject({ award: false, why: 'VALUE_WITHOUT_TIER' });
  expect(evaluate(one, event({ 时长: '3' }))).toMatchObject({ award: false, why: 'VALUE_WITHOUT_TIER' });
  expect(evaluate(one, event({}))).toMatchObject({ award: false, why: 'ATTRIBUTE_MISSING', attribute: '时长' });
});

test('a rule looks at what happened in its period, first and last day included', () => {
  const one = rule({ period: { from: '2026-03-01', until: '2026-08-31' } });
  const verdict = (day: string) => evaluate(one, event({}, day)).award;
  expect(['2026-02-28', '2026-03-01', '2026-08-31', '2026-09-01'].map(verdict)).toEqual([false, true, true, false]);
});

test('an occurrence by values hangs on these values alone, as text, in any order', () => {
  const by = (...names: string[]) => rule({ occurrence: { kind: 'values', attributes: names } });
  const one = evaluate(by('a', 'b'), event({ a: 5, b: '\u00e9', c: 'x' }));
  expect(evaluate(by('b', 'a'), event({ b: 'e\u0301', c: 'y', a: '5' }))).toEqual(one);
  expect(evaluate(by('a', 'b'), event({ a: 6, b: '\u00e9' }))).not.toEqual(one);
  expect(evaluate(by('a', 'b'), event({ b: 5, a: '\u00e9' }))).not.toEqual(one);
});

test('the identity of an event hangs on its reference alone, or on member, type, day and attributes', () => {
  const given = { memberId: 'm', type: 'degree', occurredOn: '2026-01-01', attributes: { a: 1, b: 'x' } as Attributes };
  const id = (change: object) => eventIdentity({ ...given, ...change }).toString('hex');
  expect(id({ attributes: { b: 'x', a: '1' } })).toBe(id({}));
  const others = [{ memberId: 'n' }, { type: 'honour' }, { occurredOn: '2026-01-02' }, { attributes: { a: 1 } }];
  const changed = [...others, { reference: 'R1' }, { reference: 'R2' }].map(id);
  expect(new Set([...changed, id({})]).size).toBe(7);
  expect(id({ reference: 'R1', memberId: 'n', type: 'honour' })).toBe(id({ reference: 'R1' }));
});

test.each([
  ['2000-08-16', '2026-08-15', 25],
  ['2000-08-15', '2026-08-15', 26],
  ['2026-08-15', '2026-08-15', 0],
  ['2026-08-16', '2026-08-15', null],
  [null, '2026-08-15', null],
  ['2020-02-29', '2025-02-27', 4],
  ['2020-02-29', '2025-02-28', 5],
  ['2020-02-29', '2024-02-28', 3],
  ['2020-02-29', '2024-02-29', 4],
] as const)('from %s to %s there are %s full years', (from, until, years) => {
  expect(wholeYears(from, until)).toBe(years);
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
