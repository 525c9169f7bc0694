import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Asked, type Comparison, type Condition, conditionAt, failureOf } from '../../src/rules/conditions.ts';
import { condition, judgedEvent, UNIONS } from './arbitraries.ts';

const ASKED: Asked = {
  attributes: { 时长: 5, 等级: '初级', 日期: '2026-03-01' },
  occurredOn: '2026-08-15',
  member: {
    unionPath: `/${UNIONS[0]}/${UNIONS[1]}/`,
    sex: null,
    age: 30,
    serviceYears: 3,
    membershipYears: null,
    tags: ['劳模'],
  },
};

const attribute = (name: string, is: Comparison, ...values: (string | number)[]): Condition => ({
  kind: 'attribute',
  attribute: name,
  is,
  values,
});
const service = (is: Comparison, ...values: number[]): Condition => ({
  kind: 'fact',
  fact: 'service_years',
  is,
  values,
});
const YES = service('equal', 3);
const NO = service('equal', 4);
const UNKNOWN: Condition = { kind: 'fact', fact: 'sex', is: 'equal', values: ['male'] };
const holds = (one: Condition) => failureOf(one, ASKED) === undefined;

test.each([
  ['a number is compared as a number', attribute('时长', 'more', 10), false],
  ['and the text of a number equals it', attribute('时长', 'equal', '5'), true],
  ['less', attribute('时长', 'less', 5), false],
  ['at most', attribute('时长', 'at_most', 5), true],
  ['at least', attribute('时长', 'at_least', 5), true],
  ['more', attribute('时长', 'more', 4), true],
  ['not equal', attribute('时长', 'not_equal', 5), false],
  ['between takes its lower end', attribute('时长', 'between', 5, 9), true],
  ['between takes its upper end', attribute('时长', 'between', 1, 5), true],
  ['between leaves out what is beyond', attribute('时长', 'between', 6, 9), false],
  ['one of', attribute('等级', 'one_of', '高级', '初级'), true],
  ['none of', attribute('等级', 'one_of', '高级', '技师'), false],
  ['days are in order', attribute('日期', 'between', '2026-01-31', '2026-03-01'), true],
  [
    'the day on which it happened',
    { kind: 'fact', fact: 'occurred_on', is: 'at_least', values: ['2026-09-01'] },
    false,
  ],
  ['a branch above the member’s union', { kind: 'branch', unionIds: [UNIONS[0]!] }, true],
  ['a branch beside it', { kind: 'branch', unionIds: [UNIONS[2]!] }, false],
  ['a tag she bears', { kind: 'tag', tags: ['党员', '劳模'] }, true],
  ['a tag she does not bear', { kind: 'tag', tags: ['党员'] }, false],
] satisfies [string, Condition, boolean][])('%s', (_, one, expected) => {
  expect(holds(one)).toBe(expected);
});

test('what is not known earns nothing: neither a condition on it nor its opposite holds', () => {
  expect(failureOf(UNKNOWN, ASKED)).toEqual({ place: [], unknown: true });
  expect(failureOf({ kind: 'not', condition: UNKNOWN }, ASKED)).toEqual({ place: [], unknown: true });
  expect(failureOf(attribute('没有', 'not_equal', 1), ASKED)).toEqual({ place: [], unknown: true });
  expect(holds({ kind: 'any', conditions: [UNKNOWN, YES] })).toBe(true);
  expect(failureOf({ kind: 'any', conditions: [UNKNOWN, NO] }, ASKED)).toEqual({ place: [], unknown: true });
  expect(failureOf({ kind: 'not', condition: { kind: 'all', conditions: [NO, UNKNOWN] } }, ASKED)).toBeUndefined();
});

test('the first condition that fails is named by its place', () => {
  const tree: Condition = {
    kind: 'all',
    conditions: [YES, { kind: 'any', conditions: [NO, YES] }, { kind: 'all', conditions: [YES, NO, NO] }],
  };
  const failure = failureOf(tree, ASKED);
  expect(failure).toEqual({ place: [2, 1], unknown: false });
  expect(conditionAt(tree, failure!.place)).toBe(NO);
});

test('every tree has an answer for everything that may be asked, the same each time, and names a place inside itself', () => {
  fc.assert(
    fc.property(condition, judgedEvent, (tree, asked) => {
      const before = JSON.stringify([tree, asked]);
      const failure = failureOf(tree, asked);
      expect(failureOf(structuredClone(tree), structuredClone(asked))).toEqual(failure);
      expect(JSON.stringify([tree, asked])).toBe(before);
      if (failure) expect(conditionAt(tree, failure.place)).toBeDefined();
    }),
  );
});

test('and, or, not are what they are called', () => {
  fc.assert(
    fc.property(condition, condition, judgedEvent, (a, b, asked) => {
      const truth = (one: Condition) => {
        const failure = failureOf(one, asked);
        return failure === undefined ? 1 : failure.unknown ? 0 : -1;
      };
      const [x, y] = [truth(a), truth(b)];
      // The first failure decides how an "all" fails, so only whether it holds is compared.
      expect(truth({ kind: 'all', conditions: [a, b] }) === 1).toBe(x === 1 && y === 1);
      expect(truth({ kind: 'any', conditions: [a, b] })).toBe(Math.max(x, y));
      expect(truth({ kind: 'not', condition: a })).toBe(x === 0 ? 0 : -x);
    }),
  );
});
