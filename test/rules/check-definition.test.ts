import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newId } from '../../src/platform/ids.ts';
import { checkDefinition } from '../../src/rules/check-definition.ts';
import type { Condition } from '../../src/rules/conditions.ts';
import { type RuleDraft, ruleDefinition } from '../../src/rules/definition.ts';
import type { AttributeDeclaration, EventType } from '../../src/rules/event-types/event-type.ts';
import { condition, definition } from './arbitraries.ts';
import { accepted } from './world.ts';

const ATTRIBUTES: AttributeDeclaration[] = [
  { name: '类别', kind: 'choice', required: true, choices: ['卫生', '安全', '\u00e9'] },
  { name: '时长', kind: 'number', required: true },
  { name: '日期', kind: 'day', required: false },
  { name: '地点', kind: 'text', required: false },
];
const TYPE: EventType = {
  code: 'volunteering',
  name: '志愿服务',
  area: 'public_good',
  claimable: false,
  attributes: ATTRIBUTES,
  readyMade: false,
};
const PLAIN: RuleDraft = { award: { kind: 'fixed', points: 10 }, occurrence: { kind: 'event' } };

const check = (change: Partial<RuleDraft>) => checkDefinition({ ...PLAIN, ...change }, TYPE);
const refused = (change: object) => {
  const checked = check(change as Partial<RuleDraft>);
  return checked.ok ? checked : { code: checked.refusal.code, at: checked.refusal.at };
};
const tiered = (...tiers: (readonly [string, number])[]) => ({
  kind: 'tiered' as const,
  attribute: '地点',
  tiers: tiers.map(([value, points]) => ({ value, points })),
});
const ranged = (...ranges: (readonly [number | null, number | null, number])[]) => ({
  kind: 'ranged' as const,
  attribute: '时长',
  ranges: ranges.map(([from, to, points]) => ({ from, to, points })),
});
const perUnit = { kind: 'per_unit' as const, attribute: '时长', points: 20, most: 100 };
const cap = (of: 'points' | 'count', period: string, most: number) => ({ of, period, most });
const asks = (attribute: string, is: string, ...values: (string | number)[]) => ({
  kind: 'attribute' as const,
  attribute,
  is,
  values,
});
const knows = (fact: string, is: string, ...values: (string | number)[]) => ({
  kind: 'fact' as const,
  fact,
  is,
  values,
});

test('a plain rule has no conditions, caps or budgets', () => {
  expect(accepted(check({}))).toMatchObject({ condition: null, caps: [], budget: { total: null, branches: [] } });
});

test.each([
  ['an award of zero', 'AWARD_OUT_OF_RANGE', 'award.fixed', { award: { kind: 'fixed', points: 0 } }],
  ['an award too large', 'AWARD_OUT_OF_RANGE', 'award.fixed', { award: { kind: 'fixed', points: 1_000_001 } }],
  ['half a point', 'AWARD_OUT_OF_RANGE', 'award.fixed', { award: { kind: 'fixed', points: 1.5 } }],
  ['no tiers', 'TIERS_EMPTY', 'award.tiered.tiers', { award: tiered() }],
  ['a tier of zero', 'AWARD_OUT_OF_RANGE', 'award.tiered.tiers.1.points', { award: tiered(['a', 1], ['b', 0]) }],
  [
    'a value twice',
    'TIER_REPEATED',
    'award.tiered.tiers.2.value',
    { award: tiered(['\u00e9', 1], ['b', 1], ['e\u0301', 2]) },
  ],
  ['an empty value', 'TIER_VALUE_MALFORMED', 'award.tiered.tiers.0.value', { award: tiered(['', 1]) }],
  [
    'a value with a space before it',
    'TIER_VALUE_MALFORMED',
    'award.tiered.tiers.0.value',
    { award: tiered([' a', 1]) },
  ],
  [
    '51 tiers',
    'TIERS_TOO_MANY',
    'award.tiered.tiers',
    { award: tiered(...Array.from({ length: 51 }, (_, i) => [`${i}`, 1] as const)) },
  ],
  [
    'a tier that is no choice',
    'TIER_NOT_A_CHOICE',
    'award.tiered.tiers.1.value',
    { award: { ...tiered(['卫生', 1], ['跳舞', 2]), attribute: '类别' } },
  ],
  [
    'a tier of a number that is none',
    'TIER_NOT_OF_KIND',
    'award.tiered.tiers.0.value',
    { award: { ...tiered(['五', 1]), attribute: '时长' } },
  ],
  ['ranges that overlap', 'TIERS_OVERLAP', 'award.ranged.ranges.1.from', { award: ranged([1, 5, 1], [5, 9, 2]) }],
  [
    'a range inside an open one',
    'TIERS_OVERLAP',
    'award.ranged.ranges.1.from',
    { award: ranged([null, null, 1], [5, 9, 2]) },
  ],
  ['a range backwards', 'RANGE_BACKWARDS', 'award.ranged.ranges.0.to', { award: ranged([5, 1, 1]) }],
  [
    'ranges of a text',
    'ATTRIBUTE_KIND',
    'award.ranged.attribute',
    { award: { ...ranged([1, 2, 3]), attribute: '地点' } },
  ],
  ['units of a choice', 'ATTRIBUTE_KIND', 'award.perUnit.attribute', { award: { ...perUnit, attribute: '类别' } }],
  [
    'one unit above the ceiling',
    'AWARD_BEYOND_CEILING',
    'award.perUnit.points',
    { award: { ...perUnit, points: 101 } },
  ],
  [
    'an award by what the type lacks',
    'ATTRIBUTE_NOT_OF_TYPE',
    'award.tiered.attribute',
    { award: { ...tiered(['a', 1]), attribute: '学历层次' } },
  ],
  [
    'a bad attribute',
    'ATTRIBUTE_NAME_MALFORMED',
    'award.tiered.attribute',
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
    { occurrence: { kind: 'values', attributes: ['时长', '时长'] } },
  ],
  [
    'an occurrence by what the type lacks',
    'ATTRIBUTE_NOT_OF_TYPE',
    'occurrence.attributes.1',
    { occurrence: { kind: 'values', attributes: ['时长', '证书'] } },
  ],
  ['what nobody knows', 'DEFINITION_MALFORMED', 'occurrence', { occurrence: { kind: 'ever', attributes: ['a'] } }],
  ['a cap of zero', 'CAP_OUT_OF_RANGE', 'caps.0.most', { caps: [cap('count', 'day', 0)] }],
  [
    'a cap below one award',
    'CAP_BELOW_AWARD',
    'caps.1.most',
    { caps: [cap('count', 'day', 1), cap('points', 'day', 9)] },
  ],
  [
    'a cap below the ceiling of one award',
    'CAP_BELOW_AWARD',
    'caps.0.most',
    { award: perUnit, caps: [cap('points', 'ever', 99)] },
  ],
  [
    'the same cap twice',
    'CAP_REPEATED',
    'caps.1.period',
    { caps: [cap('points', 'day', 20), cap('points', 'day', 30)] },
  ],
  [
    'a month that allows less than a day',
    'CAP_CONTRADICTS',
    'caps.1.most',
    { caps: [cap('count', 'day', 3), cap('count', 'month', 2)] },
  ],
  [
    'a day that allows more than a year',
    'CAP_CONTRADICTS',
    'caps.1.most',
    { caps: [cap('points', 'year', 100), cap('points', 'day', 200)] },
  ],
  ['11 caps', 'CAPS_TOO_MANY', 'caps', { caps: Array.from({ length: 11 }, (_, i) => cap('count', 'day', i + 1)) }],
  ['a period backwards', 'PERIOD_BACKWARDS', 'period.until', { period: { from: '2026-02-01', until: '2026-01-31' } }],
  ['a day that is none', 'DAY_IMPOSSIBLE', 'period.from', { period: { from: '2026-02-30', until: null } }],
  ['a budget of zero', 'RULE_BUDGET_OUT_OF_RANGE', 'budget.total', { budget: { total: 0, branches: [] } }],
  [
    'a branch budget above the total',
    'BRANCH_BUDGET_ABOVE_TOTAL',
    'budget.branches.1.points',
    {
      budget: {
        total: 100,
        branches: [
          { unionId: newId(), points: 100 },
          { unionId: newId(), points: 101 },
        ],
      },
    },
  ],
  [
    'a union with two budgets',
    'BRANCH_BUDGET_REPEATED',
    'budget.branches',
    { budget: { total: null, branches: [1, 2].map((points) => ({ unionId: 'U'.repeat(26), points })) } },
  ],
  ['a life of no day', 'LIFE_OUT_OF_RANGE', 'life.days', { life: { kind: 'days', days: 0 } }],
  ['a notice of 91 days', 'NOTICE_OUT_OF_RANGE', 'noticeDays', { noticeDays: 91 }],
  ['a group without a name', 'GROUP_MALFORMED', 'exclusive.group', { exclusive: { group: '', priority: 1 } }],
  ['a priority of zero', 'PRIORITY_OUT_OF_RANGE', 'exclusive.priority', { exclusive: { group: '甲', priority: 0 } }],
] as const)('a rule with %s is refused with its place in the input', (_, code, at, change) => {
  expect(refused(change)).toEqual({ code, at: `definition.${at}` });
});

test.each([
  ['on what the type lacks', 'ATTRIBUTE_NOT_OF_TYPE', 'attribute.name', asks('学历', 'equal', 'a')],
  ['for a text that is more', 'ATTRIBUTE_KIND', 'attribute.is', asks('地点', 'more', 'a')],
  ['for a choice between two', 'ATTRIBUTE_KIND', 'attribute.is', asks('类别', 'between', '卫生', '安全')],
  ['for a sex at least', 'ATTRIBUTE_KIND', 'fact.is', knows('sex', 'at_least', 'male')],
  ['with two values where one is wanted', 'CONDITION_VALUES', 'attribute.values', asks('时长', 'equal', 1, 2)],
  ['between one value', 'CONDITION_VALUES', 'attribute.values', asks('时长', 'between', 1)],
  ['between the higher and the lower', 'CONDITION_VALUES', 'attribute.values', asks('时长', 'between', 10, 9)],
  [
    'between days, the later first',
    'CONDITION_VALUES',
    'fact.values',
    knows('occurred_on', 'between', '2026-02-01', '2026-01-01'),
  ],
  ['with a word for a number', 'CONDITION_VALUE', 'attribute.values.1', asks('时长', 'one_of', 1, '二')],
  [
    'with a number that no number holds',
    'CONDITION_VALUE',
    'attribute.values.0',
    asks('时长', 'more', '9999999999999999'),
  ],
  ['with a day that is none', 'CONDITION_VALUE', 'attribute.values.0', asks('日期', 'less', '2026-02-30')],
  ['with a choice that is none', 'CONDITION_VALUE', 'attribute.values.1', asks('类别', 'one_of', '卫生', '跳舞')],
  ['on an age beyond all ages', 'CONDITION_VALUE', 'fact.values.0', knows('age', 'at_least', 151)],
  ['on negative years of service', 'CONDITION_VALUE', 'fact.values.0', knows('service_years', 'at_least', '-1')],
  ['on a sex that members do not have', 'CONDITION_VALUE', 'fact.values.0', knows('sex', 'equal', '男')],
  ['on no values', 'CONDITION_MALFORMED', 'attribute.values', asks('时长', 'one_of')],
  ['on no branch', 'CONDITION_MALFORMED', 'branches', { kind: 'branch', unionIds: [] }],
  ['on a tag with a line break', 'CONDITION_MALFORMED', 'tags.0', { kind: 'tag', tags: ['a\nb'] }],
])('a condition %s is refused with its place, wherever it stands in the tree', (_, code, at, leaf) => {
  const good = asks('时长', 'at_least', 1);
  expect(refused({ condition: leaf })).toEqual({ code, at: `definition.condition.${at}` });
  const deep = { kind: 'all', conditions: [good, { kind: 'any', conditions: [{ kind: 'not', condition: leaf }] }] };
  expect(refused({ condition: deep })).toEqual({ code, at: `definition.condition.all.1.any.0.not.${at}` });
});

test('a group without conditions is refused', () => {
  expect(refused({ condition: { kind: 'all', conditions: [] } })).toEqual({
    code: 'CONDITION_MALFORMED',
    at: 'definition.condition.all',
  });
});

test('conditions are six deep and sixty at the most', () => {
  const nest = (levels: number): object =>
    levels === 1 ? asks('时长', 'more', 1) : { kind: 'not', condition: nest(levels - 1) };
  const many = (count: number) => ({ kind: 'any', conditions: Array.from({ length: count - 1 }, () => nest(1)) });
  expect([nest(6), many(60)].map((one) => check({ condition: one }).ok)).toEqual([true, true]);
  const at = 'definition.condition';
  expect(refused({ condition: nest(7) })).toEqual({ code: 'CONDITION_TOO_DEEP', at });
  expect(refused({ condition: many(61) })).toEqual({ code: 'CONDITIONS_TOO_MANY', at });
});

test('a tree of a hundred thousand levels is refused, not walked down', () => {
  let tree: object = asks('时长', 'more', 1);
  for (let i = 0; i < 100_000; i++) tree = { kind: 'not', condition: tree };
  expect(refused({ condition: tree })).toMatchObject({ code: 'CONDITION_TOO_DEEP' });
});

test('values are kept as what they are compared with: numbers, days, the choice as it is declared', () => {
  const tree = {
    kind: 'all',
    conditions: [
      asks('时长', 'between', '5', 10),
      asks('日期', 'at_most', '2026-08-15'),
      asks('类别', 'one_of', 'e\u0301', '安全'),
      asks('地点', 'equal', 5),
      knows('age', 'at_least', '18'),
      { kind: 'not', condition: knows('sex', 'equal', 'male') },
    ],
  };
  const values = (one: Condition): unknown[] => {
    if (one.kind === 'all') return one.conditions.map(values);
    return one.kind === 'not' ? values(one.condition) : 'values' in one ? one.values : [];
  };
  expect(values(accepted(check({ condition: tree })).condition!)).toEqual([
    [5, 10],
    ['2026-08-15'],
    ['\u00e9', '安全'],
    ['5'],
    [18],
    ['male'],
  ]);
});

test('a rule longer than its column is refused', () => {
  const values = Array.from({ length: 50 }, (_, i) => `${i}`.padEnd(100, '长'));
  const conditions = Array.from({ length: 20 }, () => asks('地点', 'one_of', ...values));
  expect(refused({ condition: { kind: 'any', conditions } })).toEqual({
    code: 'DEFINITION_TOO_LARGE',
    at: 'definition',
  });
});

test('whatever is accepted is accepted again as it lies in the database, and means the same', () => {
  const kinds = fc.constantFrom('text', 'number', 'day', 'choice');
  const types = fc.tuple(kinds, kinds, kinds).map(([a, b, c]): EventType => {
    const names = ['学历层次', '时长', 'level', 'constructor', 'toString', '等级'];
    const attributes = names.map((name, i): AttributeDeclaration => {
      const kind = [a, b, c][i % 3]! as AttributeDeclaration['kind'];
      return { name, kind, required: false, ...(kind === 'choice' && { choices: ['大专', '本科', '初级', '5'] }) };
    });
    return { ...TYPE, attributes };
  });
  let count = 0;
  fc.assert(
    fc.property(definition, fc.option(condition, { nil: null }), types, (one, tree, type) => {
      const first = checkDefinition({ ...one, condition: tree }, type);
      if (!first.ok) {
        expect(first.refusal.at).toMatch(/^definition/);
        return;
      }
      count += 1;
      const stored = ruleDefinition.parse(JSON.parse(JSON.stringify(first.value)));
      expect(stored).toEqual(first.value);
      expect(accepted(checkDefinition(stored, type))).toEqual(first.value);
    }),
    { numRuns: 400 },
  );
  expect(count).toBeGreaterThan(0);
});
