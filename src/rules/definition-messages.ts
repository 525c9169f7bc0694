import type { Message } from '../platform/result.ts';
import type { ValueKind } from './check-condition.ts';
import { DEEPEST_CONDITION, MOST_CONDITIONS, MOST_VALUES } from './conditions.ts';
import {
  LARGEST_AWARD,
  LARGEST_CAP,
  LONGEST_LIFE_DAYS,
  LONGEST_NOTICE_DAYS,
  LONGEST_TIER_VALUE,
  MOST_BRANCH_BUDGETS,
  MOST_CAPS,
  MOST_OCCURRENCE_ATTRIBUTES,
  MOST_TIERS,
} from './definition.ts';
import type { EventType } from './event-types/event-type.ts';

/** In bytes of JSON: it lies in a TEXT column, and once more, with a few words, in the audit trail. */
export const LARGEST_DEFINITION = 50_000;

/** What is wrong with a rule definition, by the code that the checks give. */
export const definitionMessages: Record<string, Message> = {
  DEFINITION_MALFORMED: {
    zh: '规则内容的格式不对，请检查这一项。',
    en: 'This part of the rule does not have the right form.',
  },
  DEFINITION_TOO_LARGE: {
    zh: '规则内容过长，请减少档次、条件或其中的取值。',
    en: 'The rule is too long. Give it fewer tiers, conditions or values.',
  },
  AWARD_OUT_OF_RANGE: {
    zh: `积分须为 1 至 ${LARGEST_AWARD} 之间的整数。`,
    en: `The points must be a whole number from 1 to ${LARGEST_AWARD}.`,
  },
  AWARD_BEYOND_CEILING: {
    zh: '每单位的积分超过了单次最多积分，请调低前者或调高后者。',
    en: 'One unit already gives more than the ceiling of one event. Lower the points or raise the ceiling.',
  },
  TIERS_EMPTY: { zh: '请至少填写一档积分。', en: 'Give at least one tier.' },
  TIERS_TOO_MANY: { zh: `最多 ${MOST_TIERS} 档。`, en: `There can be ${MOST_TIERS} tiers at the most.` },
  TIER_REPEATED: {
    zh: '前面已有相同取值的档次，请删除或改成别的取值。',
    en: 'An earlier tier has the same value. Delete this one or give it another value.',
  },
  TIER_VALUE_MALFORMED: {
    zh: `档次的取值须为 1 至 ${LONGEST_TIER_VALUE} 个字，不换行，首尾不能是空格。`,
    en: `The value of a tier must have 1 to ${LONGEST_TIER_VALUE} characters on one line and no space at either end.`,
  },
  TIERS_OVERLAP: {
    zh: '这一档与前面的某一档有重叠，请改成互不重叠的范围。',
    en: 'This range overlaps an earlier one. Give ranges that have no number in common.',
  },
  RANGE_BACKWARDS: {
    zh: '范围的上限小于下限，请对调或改正。',
    en: 'The range ends before it begins. Exchange or correct its two numbers.',
  },
  ATTRIBUTE_NAME_MALFORMED: {
    zh: '属性名须以文字开头，由 1 至 30 个文字、数字或下划线组成，例如“学历层次”。',
    en: 'The name of an attribute begins with a letter and has 1 to 30 letters, digits or underscores.',
  },
  ATTRIBUTE_KIND: {
    zh: '这个属性不能这样使用：按单位、按范围计分须用整数属性；大小、先后的比较须用整数或日期属性。',
    en: 'An attribute of this kind cannot be used so: points by unit or range need a whole number, and comparing which is more or later needs a whole number or a day.',
  },
  OCCURRENCE_MALFORMED: {
    zh: `请填写 1 至 ${MOST_OCCURRENCE_ATTRIBUTES} 个互不相同的属性名。`,
    en: `Name 1 to ${MOST_OCCURRENCE_ATTRIBUTES} attributes, each once.`,
  },
  CONDITION_MALFORMED: {
    zh: `一组条件至少要有一项；每项须有 1 至 ${MOST_VALUES} 个取值，取值不换行、首尾不能是空格。`,
    en: `A group of conditions needs at least one, and a condition 1 to ${MOST_VALUES} values, each on one line without a space at either end.`,
  },
  CONDITION_TOO_DEEP: {
    zh: `条件最多嵌套 ${DEEPEST_CONDITION} 层，请合并或拆成几条规则。`,
    en: `Conditions can stand ${DEEPEST_CONDITION} levels inside one another. Join some, or make several rules.`,
  },
  CONDITIONS_TOO_MANY: {
    zh: `一条规则最多 ${MOST_CONDITIONS} 个条件，请合并取值或拆成几条规则。`,
    en: `A rule can have ${MOST_CONDITIONS} conditions. Join some by giving several values, or make several rules.`,
  },
  CONDITION_VALUES: {
    zh: '“在……之间”须有两个取值，小的（早的）在前；“为……之一”可有多个；其他比较只有一个。',
    en: 'Between takes two values, the lower or earlier first; one of takes any number; every other comparison takes one.',
  },
  CAP_OUT_OF_RANGE: {
    zh: `上限须为整数：积分 1 至 ${LARGEST_CAP}，次数 1 至 1000000。`,
    en: `A cap must be a whole number: 1 to ${LARGEST_CAP} points, or 1 to 1000000 times.`,
  },
  CAPS_TOO_MANY: { zh: `最多 ${MOST_CAPS} 个上限。`, en: `There can be ${MOST_CAPS} caps at the most.` },
  CAP_BELOW_AWARD: {
    zh: '积分上限低于单次可得的最多积分，一次都发不全；请调高上限或调低单次积分。',
    en: 'The cap is below what a single event can earn, so that could never be given whole. Raise the cap or lower the award.',
  },
  CAP_REPEATED: {
    zh: '同一周期已有一个同类的上限，请保留一个。',
    en: 'There is already a cap of this kind for this period. Keep one of the two.',
  },
  CAP_CONTRADICTS: {
    zh: '较长周期的上限不能低于较短周期的同类上限，请改正其中一个。',
    en: 'A longer period cannot allow less than a shorter one. Correct one of the two caps.',
  },
  DAY_IMPOSSIBLE: {
    zh: '没有这一天，请按 2026-08-15 的格式填写日期。',
    en: 'The calendar has no such day. Write it as 2026-08-15.',
  },
  PERIOD_BACKWARDS: {
    zh: '结束日期早于开始日期，请改正。',
    en: 'The period ends before it begins. Correct one of its days.',
  },
  RULE_BUDGET_OUT_OF_RANGE: {
    zh: '规则预算须为正整数；不设预算请留空。',
    en: 'The budget of a rule must be a positive whole number. Leave it out for none.',
  },
  BRANCH_BUDGETS_TOO_MANY: {
    zh: `最多为 ${MOST_BRANCH_BUDGETS} 个分支设置预算。`,
    en: `There can be budgets for ${MOST_BRANCH_BUDGETS} branches at the most.`,
  },
  BRANCH_BUDGET_REPEATED: {
    zh: '同一工会只能设一个分支预算，请删除重复的。',
    en: 'A union can have one budget. Delete what is given twice.',
  },
  BRANCH_BUDGET_ABOVE_TOTAL: {
    zh: '分支预算超过了规则的总预算，请调低它或调高总预算。',
    en: 'The budget of this branch is above the total budget. Lower it, or raise the total.',
  },
  LIFE_OUT_OF_RANGE: {
    zh: `有效期须为 1 至 ${LONGEST_LIFE_DAYS} 天，或到今年起 0 至 10 年后的年底。`,
    en: `Points live for 1 to ${LONGEST_LIFE_DAYS} days, or to the end of this year or one of the next 10.`,
  },
  NOTICE_OUT_OF_RANGE: {
    zh: `公示天数须为 0 至 ${LONGEST_NOTICE_DAYS} 的整数。`,
    en: `The days of notice must be a whole number from 0 to ${LONGEST_NOTICE_DAYS}.`,
  },
  GROUP_MALFORMED: {
    zh: '互斥组的名称须为 1 至 40 个字，不换行，首尾不能是空格。',
    en: 'The name of an exclusive group must have 1 to 40 characters on one line and no space at either end.',
  },
  PRIORITY_OUT_OF_RANGE: {
    zh: '优先级须为 1 至 999 的整数，1 最优先。',
    en: 'The priority must be a whole number from 1 to 999; 1 comes first.',
  },
};

const MOST_NAMED = 20;

function list(names: readonly string[]): Message {
  const shown = names.slice(0, MOST_NAMED);
  const more = names.length > MOST_NAMED;
  return { zh: `${shown.join('、')}${more ? ' 等' : ''}`, en: `${shown.join(', ')}${more ? ' and others' : ''}` };
}

/** An attribute is named that the events of the type do not have. */
export function attributeNotOfType({ name, attributes }: EventType): { code: string; message: Message } {
  const known = list(attributes.map((attribute) => attribute.name));
  const none = attributes.length === 0;
  return {
    code: 'ATTRIBUTE_NOT_OF_TYPE',
    message: {
      zh: `“${name}”没有这个属性。${none ? '它没有任何属性，请先为它添加。' : `它的属性有：${known.zh}。请从中选择，或先为它添加。`}`,
      en: `Events of the type ${name} have no such attribute. ${none ? 'They have none; declare it first.' : `They have: ${known.en}. Choose one of them, or declare it first.`}`,
    },
  };
}

/** A tier for a value that the attribute never has. */
export function tierNotOfKind({ kind, choices = [] }: ValueKind): { code: string; message: Message } {
  const { zh, en } = wantedValue({ kind, choices });
  const code = kind === 'choice' ? 'TIER_NOT_A_CHOICE' : 'TIER_NOT_OF_KIND';
  return { code, message: { zh: `档次的取值须是${zh}。`, en: `The value of this tier must be ${en}.` } };
}

/** A comparison with a value that what is compared never has. */
export function conditionValue(kind: ValueKind): { code: string; message: Message } {
  const { zh, en } = wantedValue(kind);
  return { code: 'CONDITION_VALUE', message: { zh: `取值须是${zh}。`, en: `This value must be ${en}.` } };
}

function wantedValue({ kind, choices = [], range }: ValueKind): Message {
  if (kind === 'choice') {
    const known = list(choices);
    return { zh: `以下之一：${known.zh}`, en: `one of: ${known.en}` };
  }
  if (kind === 'day') {
    return { zh: '日历上有的一天，写作 2026-08-15', en: 'a day of the calendar, written as 2026-08-15' };
  }
  if (kind === 'text') return { zh: '一行文字', en: 'a line of text' };
  const [least, most] = range ?? [];
  return least === undefined
    ? { zh: '整数', en: 'a whole number' }
    : { zh: ` ${least} 至 ${most} 的整数`, en: `a whole number from ${least} to ${most}` };
}
