import type { Message } from '../platform/result.ts';
import { conditionInWords } from './condition-in-words.ts';
import type { Cap, CapPeriod, PointsLife, RuleDefinition } from './definition.ts';
import { count, joined, type UnionNames, unionsInWords, within } from './phrases.ts';

/**
 * What a rule says, for a person: a line for each tier, then how often it pays, for whom, how much at the most, and what
 * else is not as usual. Unions are named when their names are given; `unionIdsOf` tells which are needed.
 */
export function linesInWords(definition: RuleDefinition, unionNames?: UnionNames): Message[] {
  const { award, occurrence, condition, caps, life } = definition;
  const wanted = condition && conditionInWords(condition, unionNames);
  return [
    ...awardInWords(award),
    occurrenceInWords(occurrence),
    ...(wanted ? [within(wanted, '条件：{}', 'if {}')] : []),
    ...periodInWords(definition.period),
    ...caps.map(capInWords),
    ...budgetInWords(definition.budget, unionNames),
    ...lifeInWords(life),
    ...claimInWords(definition),
    ...noticeInWords(definition.noticeDays),
    ...exclusiveInWords(definition.exclusive),
  ];
}

/** A rule with its name in one sentence: "学历提升：大专 2000 分；本科 2000 分；每个学历层次一次。" */
export function inWords(name: string, definition: RuleDefinition, unionNames?: UnionNames): Message {
  const lines = joined(linesInWords(definition, unionNames), { zh: '；', en: '; ' });
  return { zh: `${name}：${lines.zh}。`, en: `${name}: ${lines.en}.` };
}

const pointsInWords = (points: number): Message => ({ zh: `${points} 分`, en: count(points, 'point') });

function awardInWords(award: RuleDefinition['award']): Message[] {
  switch (award.kind) {
    case 'fixed':
      return [pointsInWords(award.points)];
    case 'tiered':
      return award.tiers.map(({ value, points }) =>
        joined([{ zh: value, en: value }, pointsInWords(points)], { zh: ' ', en: ' ' }),
      );
    case 'ranged':
      return award.ranges.map((one) =>
        joined([rangeInWords(award.attribute, one), pointsInWords(one.points)], { zh: '：', en: ': ' }),
      );
    case 'per_unit': {
      const [each, most] = [pointsInWords(award.points), pointsInWords(award.most)];
      const name = award.attribute;
      return [
        {
          zh: `${name}每单位 ${each.zh}，单次最多 ${most.zh}`,
          en: `${each.en} for each ${name}, at most ${most.en} a time`,
        },
      ];
    }
  }
}

function rangeInWords(name: string, { from, to }: { from: number | null; to: number | null }): Message {
  if (from === null && to === null) return { zh: `${name}不限`, en: `any ${name}` };
  if (from === to) return { zh: `${name}为 ${from}`, en: `${name} ${from}` };
  if (from === null) return { zh: `${name}不超过 ${to}`, en: `${name} up to ${to}` };
  if (to === null) return { zh: `${name}不少于 ${from}`, en: `${name} from ${from}` };
  return { zh: `${name} ${from} 至 ${to}`, en: `${name} ${from} to ${to}` };
}

function occurrenceInWords(occurrence: RuleDefinition['occurrence']): Message {
  if (occurrence.kind === 'event') return { zh: '每次都计', en: 'every time' };
  if (occurrence.kind === 'ever') return { zh: '每人一次', en: 'once for each member' };
  const names = occurrence.attributes;
  return { zh: `每个${names.join('、')}一次`, en: `once for each ${names.join(' and ')}` };
}

function periodInWords({ from, until }: RuleDefinition['period']): Message[] {
  if (from && until) return [{ zh: `限 ${from} 至 ${until} 发生的`, en: `for what happens from ${from} to ${until}` }];
  if (from) return [{ zh: `限 ${from} 起发生的`, en: `for what happens from ${from} on` }];
  return until ? [{ zh: `限 ${until} 前（含）发生的`, en: `for what happens until ${until}` }] : [];
}

const CAP_PERIODS: Record<CapPeriod, Message> = {
  day: { zh: '每天', en: 'a day' },
  month: { zh: '每月', en: 'a month' },
  quarter: { zh: '每季度', en: 'a quarter' },
  year: { zh: '每年', en: 'a year' },
  ever: { zh: '累计', en: 'in all' },
};

/** "每月最多 200 分" */
export function capInWords({ of, period, most }: Cap): Message {
  const { zh, en } = CAP_PERIODS[period];
  const amount = of === 'points' ? pointsInWords(most) : { zh: `${most} 次`, en: count(most, 'time') };
  return { zh: `${zh}最多 ${amount.zh}`, en: `at most ${amount.en} ${en}` };
}

function budgetInWords({ total, branches }: RuleDefinition['budget'], unionNames?: UnionNames): Message[] {
  const all =
    total === null ? [] : [within(pointsInWords(total), '全部会员合计最多 {}', 'at most {} for all members together')];
  return [
    ...all,
    ...branches.map(({ unionId, points }) => {
      const [union, most] = [unionsInWords([unionId], unionNames), pointsInWords(points)];
      return { zh: `${union.zh}合计最多 ${most.zh}`, en: `at most ${most.en} for all of ${union.en}` };
    }),
  ];
}

function lifeInWords(life: PointsLife): Message[] {
  if (life.kind === 'programme') return [];
  if (life.kind === 'days')
    return [{ zh: `积分 ${life.days} 天内有效`, en: `the points live for ${count(life.days, 'day')}` }];
  const years = life.yearsAhead;
  if (years === 0) return [{ zh: '积分当年年底前有效', en: 'the points live to the end of the year' }];
  if (years === 1) return [{ zh: '积分次年年底前有效', en: 'the points live to the end of the next year' }];
  return [{ zh: `积分 ${years} 年后的年底前有效`, en: `the points live to the end of the year ${years} years on` }];
}

/** That the branch approves a claim goes without saying. */
function claimInWords({ evidence, approval }: RuleDefinition): Message[] {
  const shown = evidence ? [{ zh: '申报须附证明材料', en: 'a claim needs evidence' }] : [];
  if (approval === 'none') return [...shown, { zh: '申报无须审批', en: 'a claim needs no approval' }];
  if (approval === 'branch') return shown;
  return [...shown, { zh: '申报须经两级审批', en: 'a claim is approved at two levels' }];
}

function noticeInWords(days: number): Message[] {
  return days === 0 ? [] : [{ zh: `公示 ${days} 天后到账`, en: `paid after ${count(days, 'day')} of public notice` }];
}

function exclusiveInWords(exclusive: RuleDefinition['exclusive']): Message[] {
  if (!exclusive) return [];
  const { group, priority } = exclusive;
  return [
    {
      zh: `“${group}”类规则同时符合时只计优先的一条（本条优先级 ${priority}）`,
      en: `of the rules of the group ${group} only the first counts (this one is number ${priority})`,
    },
  ];
}
