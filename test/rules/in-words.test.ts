import fc from 'fast-check';
import { expect, test } from 'vitest';
import { conditionInWords, failureInWords } from '../../src/rules/condition-in-words.ts';
import { type Asked, type Condition, conditionAt, failureOf } from '../../src/rules/conditions.ts';
import { type RuleDraft, ruleDefinition } from '../../src/rules/definition.ts';
import { inWords, linesInWords } from '../../src/rules/in-words.ts';
import { unionIdsOf } from '../../src/rules/unions-of-definition.ts';
import { condition, definition, judgedEvent, UNIONS } from './arbitraries.ts';
import { DEGREE, fixed } from './world.ts';

const NAMES = new Map([
  [UNIONS[0]!, '客舱部工会'],
  [UNIONS[1]!, '机务部工会'],
]);
const lines = (change: Partial<RuleDraft>, names = NAMES) =>
  linesInWords(ruleDefinition.parse({ ...fixed(10), ...change }), names).map(({ zh, en }) => [zh, en]);

test('a rule reads as a sentence in both languages', () => {
  expect(inWords('学历提升', ruleDefinition.parse(DEGREE))).toEqual({
    zh: '学历提升：大专 2000 分；本科 2000 分；硕士 2000 分；博士 2000 分；每个学历层次一次。',
    en: '学历提升: 大专 2,000 points; 本科 2,000 points; 硕士 2,000 points; 博士 2,000 points; once for each 学历层次.',
  });
  expect(inWords('分会荣誉', ruleDefinition.parse(fixed(1)))).toEqual({
    zh: '分会荣誉：1 分；每次都计。',
    en: '分会荣誉: 1 point; every time.',
  });
});

test('every award reads as its table says', () => {
  const ranges = [
    { from: null, to: 4, points: 1 },
    { from: 5, to: 9, points: 20 },
    { from: 10, to: 10, points: 30 },
    { from: 11, to: null, points: 100 },
  ];
  expect(lines({ award: { kind: 'ranged', attribute: '年数', ranges } }).slice(0, -1)).toEqual([
    ['年数不超过 4：1 分', '年数 up to 4: 1 point'],
    ['年数 5 至 9：20 分', '年数 5 to 9: 20 points'],
    ['年数为 10：30 分', '年数 10: 30 points'],
    ['年数不少于 11：100 分', '年数 from 11: 100 points'],
  ]);
  expect(lines({ award: { kind: 'per_unit', attribute: '时长小时', points: 20, most: 100 } })[0]).toEqual([
    '时长小时每单位 20 分，单次最多 100 分',
    '20 points for each 时长小时, at most 100 points a time',
  ]);
});

test.each<[Partial<RuleDraft>, string, string]>([
  [{ caps: [{ of: 'points', period: 'month', most: 200 }] }, '每月最多 200 分', 'at most 200 points a month'],
  [{ caps: [{ of: 'count', period: 'ever', most: 1 }] }, '累计最多 1 次', 'at most 1 time in all'],
  [
    { period: { from: '2026-01-01', until: '2026-12-31' } },
    '限 2026-01-01 至 2026-12-31 发生的',
    'for what happens from 2026-01-01 to 2026-12-31',
  ],
  [{ period: { from: '2026-01-01', until: null } }, '限 2026-01-01 起发生的', 'for what happens from 2026-01-01 on'],
  [
    { period: { from: null, until: '2026-12-31' } },
    '限 2026-12-31 前（含）发生的',
    'for what happens until 2026-12-31',
  ],
  [
    { budget: { total: 5000, branches: [] } },
    '全部会员合计最多 5000 分',
    'at most 5,000 points for all members together',
  ],
  [
    { budget: { total: null, branches: [{ unionId: UNIONS[0]!, points: 500 }] } },
    '客舱部工会合计最多 500 分',
    'at most 500 points for all of 客舱部工会',
  ],
  [{ life: { kind: 'days', days: 90 } }, '积分 90 天内有效', 'the points live for 90 days'],
  [{ life: { kind: 'year_end', yearsAhead: 0 } }, '积分当年年底前有效', 'the points live to the end of the year'],
  [{ life: { kind: 'year_end', yearsAhead: 1 } }, '积分次年年底前有效', 'the points live to the end of the next year'],
  [{ evidence: true }, '申报须附证明材料', 'a claim needs evidence'],
  [{ approval: 'none' }, '申报无须审批', 'a claim needs no approval'],
  [{ approval: 'two_levels' }, '申报须经两级审批', 'a claim is approved at two levels'],
  [{ noticeDays: 7 }, '公示 7 天后到账', 'paid after 7 days of public notice'],
  [
    { exclusive: { group: '学历', priority: 2 } },
    '“学历”类规则同时符合时只计优先的一条（本条优先级 2）',
    'of the rules of the group 学历 only the first counts (this one is number 2)',
  ],
  [
    { condition: { kind: 'fact', fact: 'service_years', is: 'at_least', values: [5] } },
    '条件：工龄不少于 5 年',
    'if length of service is at least 5 years',
  ],
])('what is not as usual stands in a line of its own: %j', (change, zh, en) => {
  expect(lines(change)).toEqual([
    ['10 分', '10 points'],
    ['每次都计', 'every time'],
    [zh, en],
  ]);
});

const service: Condition = { kind: 'fact', fact: 'service_years', is: 'at_least', values: [5] };
const branch: Condition = { kind: 'branch', unionIds: UNIONS.slice(0, 2) };
const degree: Condition = { kind: 'attribute', attribute: '学历层次', is: 'one_of', values: ['硕士', '博士'] };

test.each<[Condition, string, string]>([
  [degree, '学历层次为“硕士”或“博士”', '学历层次 is 硕士 or 博士'],
  [
    { kind: 'attribute', attribute: '时长', is: 'between', values: [2, 8] },
    '时长在 2 至 8 之间',
    '时长 is between 2 and 8',
  ],
  [
    { kind: 'attribute', attribute: '等级', is: 'not_equal', values: ['初级'] },
    '等级不为“初级”',
    '等级 is other than 初级',
  ],
  [
    { kind: 'attribute', attribute: '日期', is: 'less', values: ['2026-05-01'] },
    '日期早于 2026-05-01',
    '日期 is before 2026-05-01',
  ],
  [
    { kind: 'fact', fact: 'occurred_on', is: 'at_least', values: ['2026-05-01'] },
    '发生日期不早于 2026-05-01',
    'the day it happened is on or after 2026-05-01',
  ],
  [{ kind: 'fact', fact: 'sex', is: 'equal', values: ['female'] }, '性别为女', 'sex is female'],
  [{ kind: 'fact', fact: 'age', is: 'less', values: [1] }, '年龄小于 1 岁', 'age is less than 1 year'],
  [branch, '属于客舱部工会或机务部工会', 'the member belongs to 客舱部工会 or 机务部工会'],
  [
    { kind: 'branch', unionIds: [UNIONS[0]!, UNIONS[2]!] },
    '属于客舱部工会或指定分支',
    'the member belongs to 客舱部工会 or a named branch',
  ],
  [{ kind: 'tag', tags: ['劳模', '党员'] }, '具有“劳模”或“党员”标签', 'the member has the tag 劳模 or 党员'],
  [
    { kind: 'all', conditions: [service, { kind: 'any', conditions: [branch, degree] }] },
    '工龄不少于 5 年，且（属于客舱部工会或机务部工会，或学历层次为“硕士”或“博士”）',
    'length of service is at least 5 years and (the member belongs to 客舱部工会 or 机务部工会 or 学历层次 is 硕士 or 博士)',
  ],
  [
    { kind: 'all', conditions: [{ kind: 'any', conditions: [service, degree] }] },
    '工龄不少于 5 年，或学历层次为“硕士”或“博士”',
    'length of service is at least 5 years or 学历层次 is 硕士 or 博士',
  ],
  [{ kind: 'not', condition: service }, '不满足（工龄不少于 5 年）', 'not (length of service is at least 5 years)'],
])('a condition reads as a person would say it: %j', (one, zh, en) => {
  expect(conditionInWords(one, NAMES)).toEqual({ zh, en });
});

const asked: Asked = {
  attributes: { 学历层次: '本科', 时长: 1 },
  occurredOn: '2026-04-30',
  member: {
    unionPath: `/${UNIONS[2]}/`,
    sex: null,
    age: 30,
    serviceYears: 3,
    membershipYears: null,
    tags: [],
  },
};

test.each<[Condition, string, string]>([
  [
    service,
    '工龄须不少于 5 年，登记时为 3 年',
    'length of service must be at least 5 years; it was 3 years when the event was recorded',
  ],
  [degree, '学历层次须为“硕士”或“博士”，此次为“本科”', '学历层次 must be 硕士 or 博士; here it is 本科'],
  [
    { kind: 'fact', fact: 'occurred_on', is: 'at_least', values: ['2026-05-01'] },
    '发生日期须不早于 2026-05-01，此次为 2026-04-30',
    'the day it happened must be on or after 2026-05-01; here it is 2026-04-30',
  ],
  [{ kind: 'fact', fact: 'sex', is: 'equal', values: ['female'] }, '性别未登记', 'sex is not on record'],
  [{ kind: 'attribute', attribute: '证书', is: 'equal', values: ['a'] }, '事件未填写证书', '证书 is not given'],
  [
    branch,
    '须属于客舱部工会或机务部工会，登记时不属于',
    'the member must belong to 客舱部工会 or 机务部工会, and did not when the event was recorded',
  ],
  [
    { kind: 'tag', tags: ['劳模'] },
    '须具有“劳模”标签，登记时没有',
    'the member must have the tag 劳模, and did not when the event was recorded',
  ],
  [
    { kind: 'any', conditions: [service, degree] },
    '须至少满足一项：工龄不少于 5 年，或学历层次为“硕士”或“博士”',
    'at least one of these must hold: length of service is at least 5 years or 学历层次 is 硕士 or 博士',
  ],
  [
    { kind: 'not', condition: { kind: 'fact', fact: 'membership_years', is: 'less', values: [1] } },
    '不得满足：会龄小于 1 年（其中有未登记的信息，无法判断）',
    'this must not hold: length of union membership is less than 1 year (something that it asks about is not on record)',
  ],
])('why a condition failed is told with what it found: %j', (one, zh, en) => {
  const tree: Condition = { kind: 'all', conditions: [{ kind: 'not', condition: { kind: 'tag', tags: ['甲'] } }, one] };
  const failure = failureOf(tree, asked)!;
  expect(conditionAt(tree, failure.place)).toEqual(one);
  expect(failureInWords(tree, failure, asked, NAMES)).toEqual({ zh, en });
});

test('whatever a rule says and however it fails, there are words for it', () => {
  fc.assert(
    fc.property(definition, condition, judgedEvent, (one, tree, event) => {
      const { zh, en } = inWords('规则', { ...one, condition: tree }, NAMES);
      expect(`${zh}${en}`).not.toMatch(/undefined|null|\[object|NaN/);
      expect([zh, en].every((words) => !words.includes('  '))).toBe(true);
      const failure = failureOf(tree, event);
      if (!failure) return;
      const why = failureInWords(tree, failure, event);
      expect(why.zh.length * why.en.length).toBeGreaterThan(0);
      expect(`${why.zh}${why.en}`).not.toMatch(/undefined|null|\[object|NaN/);
    }),
  );
});

test('the unions that a rule names are told, each once', () => {
  const budget = { total: null, branches: [UNIONS[1]!, UNIONS[2]!].map((unionId) => ({ unionId, points: 5 })) };
  const tree = { kind: 'not' as const, condition: { kind: 'branch' as const, unionIds: UNIONS.slice(0, 2) } };
  expect(unionIdsOf(ruleDefinition.parse({ ...fixed(5), condition: tree, budget }))).toEqual(UNIONS);
});
