import { registerEnumType } from 'type-graphql';
import type { EventState } from '../activity-event.entity.ts';
import type { Comparison, Condition, Fact } from '../conditions.ts';
import type { Cap, CapPeriod, RuleDefinition } from '../definition.ts';
import type { VersionState } from '../version-state.ts';

/** The words of the floor as GraphQL spells them; the values are those of the tables. */
export const EventStateWord = {
  RECORDED: 'recorded',
  PENDING: 'pending',
  PAID: 'paid',
  REPEATED: 'repeated',
  CAPPED: 'capped',
  NO_AWARD: 'no_award',
  OVER_BUDGET: 'over_budget',
  REVOKED: 'revoked',
} as const satisfies Record<string, EventState>;

registerEnumType(EventStateWord, {
  name: 'ActivityEventState',
  description: 'What became of an activity event.',
  valuesConfig: {
    RECORDED: { description: '已登记: its points are being worked out; that takes seconds.' },
    PENDING: { description: '待入账: awarded, and paid when the notice period is over.' },
    PAID: { description: '已计分: the points are in the account.' },
    REPEATED: { description: '已计过: the same was paid before by another event, so nothing was added.' },
    CAPPED: { description: '已达上限: a cap of the rule leaves nothing for it.' },
    NO_AWARD: { description: '不计分: no rule in force gives points for it.' },
    OVER_BUDGET: {
      description: '待补发: waits for a budget, the programme’s or a rule’s, and is paid when that is raised.',
    },
    REVOKED: { description: '已撤销: taken back, with the points that it earned.' },
  },
});

export const OccurrenceKindWord = {
  EVENT: 'event',
  EVER: 'ever',
  VALUES: 'values',
} as const satisfies Record<string, RuleDefinition['occurrence']['kind']>;

registerEnumType(OccurrenceKindWord, {
  name: 'OccurrenceKind',
  description: 'How often a rule pays a member.',
  valuesConfig: {
    EVENT: { description: '每次都计: for every event.' },
    EVER: { description: '每人一次: once.' },
    VALUES: { description: '每个取值一次: once for each value of the attributes that are named.' },
  },
});

export const ComparisonWord = {
  EQUAL: 'equal',
  NOT_EQUAL: 'not_equal',
  LESS: 'less',
  AT_MOST: 'at_most',
  MORE: 'more',
  AT_LEAST: 'at_least',
  BETWEEN: 'between',
  ONE_OF: 'one_of',
} as const satisfies Record<string, Comparison>;

registerEnumType(ComparisonWord, {
  name: 'Comparison',
  description: 'How a condition compares. What is not on record holds for none of them.',
  valuesConfig: {
    EQUAL: { description: '等于.' },
    NOT_EQUAL: { description: '不等于.' },
    LESS: { description: '小于, 早于: whole numbers and days only.' },
    AT_MOST: { description: '不超过, 不晚于: whole numbers and days only.' },
    MORE: { description: '大于, 晚于: whole numbers and days only.' },
    AT_LEAST: { description: '不少于, 不早于: whole numbers and days only.' },
    BETWEEN: {
      description: '在两者之间: takes two values, the lower first, both inclusive; whole numbers and days only.',
    },
    ONE_OF: { description: '为其中之一: takes any number of values.' },
  },
});

export const FactWord = {
  AGE: 'age',
  SEX: 'sex',
  SERVICE_YEARS: 'service_years',
  MEMBERSHIP_YEARS: 'membership_years',
  OCCURRED_ON: 'occurred_on',
} as const satisfies Record<string, Fact>;

registerEnumType(FactWord, {
  name: 'Fact',
  description: 'What a condition may ask about besides the attributes of the event; of the member as it was recorded.',
  valuesConfig: {
    AGE: { description: '年龄: full years on the day of the event, 0 to 150.' },
    SEX: { description: '性别: male or female.' },
    SERVICE_YEARS: { description: '工龄: full years since beginning to work, on the day of the event.' },
    MEMBERSHIP_YEARS: { description: '会龄: full years since joining the union, on the day of the event.' },
    OCCURRED_ON: { description: '发生日期: the day of the event itself, YYYY-MM-DD.' },
  },
});

export const ConditionKindWord = {
  ALL: 'all',
  ANY: 'any',
  NOT: 'not',
  ATTRIBUTE: 'attribute',
  FACT: 'fact',
  BRANCH: 'branch',
  TAG: 'tag',
} as const satisfies Record<string, Condition['kind']>;

registerEnumType(ConditionKindWord, {
  name: 'ConditionKind',
  description: 'What a condition asks.',
  valuesConfig: {
    ALL: { description: '全部满足: that all conditions inside it hold.' },
    ANY: { description: '满足其一: that one of the conditions inside it holds.' },
    NOT: { description: '不满足: that the condition inside it does not hold.' },
    ATTRIBUTE: { description: '事件属性: about an attribute of the event.' },
    FACT: { description: '会员情况或发生日期: about the member, or the day of the event.' },
    BRANCH: { description: '所属分支: that the member’s union lies in one of some branches.' },
    TAG: { description: '会员标签: that the member bears one of some tags.' },
  },
});

export const CapKindWord = { POINTS: 'points', COUNT: 'count' } as const satisfies Record<string, Cap['of']>;

registerEnumType(CapKindWord, {
  name: 'CapKind',
  description: 'What a cap limits.',
  valuesConfig: {
    POINTS: { description: '按积分: an award beyond it is cut to what is left.' },
    COUNT: { description: '按次数: an award beyond it gives nothing.' },
  },
});

export const CapPeriodWord = {
  DAY: 'day',
  MONTH: 'month',
  QUARTER: 'quarter',
  YEAR: 'year',
  EVER: 'ever',
} as const satisfies Record<string, CapPeriod>;

registerEnumType(CapPeriodWord, {
  name: 'CapPeriod',
  description: 'The period in which a cap counts, by the days on which things happened; of the calendar in Beijing.',
  valuesConfig: {
    DAY: { description: '每天.' },
    MONTH: { description: '每月.' },
    QUARTER: { description: '每季度.' },
    YEAR: { description: '每年.' },
    EVER: { description: '累计: all time together.' },
  },
});

export const VersionStateWord = {
  SCHEDULED: 'scheduled',
  IN_FORCE: 'in_force',
  SUPERSEDED: 'superseded',
  RETIRED: 'retired',
} as const satisfies Record<string, VersionState>;

registerEnumType(VersionStateWord, {
  name: 'RuleVersionState',
  description: 'Where a version of a rule stands.',
  valuesConfig: {
    SCHEDULED: { description: '待生效: published, and judges from a later day on.' },
    IN_FORCE: { description: '生效中: judges events.' },
    SUPERSEDED: { description: '已被替代: a later version judges instead.' },
    RETIRED: { description: '已停用: the rule was retired and judges no more.' },
  },
});
