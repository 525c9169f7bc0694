import { isDay } from '../platform/clock.ts';
import type { Message } from '../platform/result.ts';
import { type Asked, type Condition, conditionAt, type Fact, type Failure, knownValue } from './conditions.ts';
import { count, either, joined, type UnionNames, unionsInWords, within } from './phrases.ts';

type Comparing = Extract<Condition, { kind: 'attribute' | 'fact' }>;

const FACT_NAMES: Record<Fact, Message> = {
  age: { zh: '年龄', en: 'age' },
  sex: { zh: '性别', en: 'sex' },
  service_years: { zh: '工龄', en: 'length of service' },
  membership_years: { zh: '会龄', en: 'length of union membership' },
  occurred_on: { zh: '发生日期', en: 'the day it happened' },
};
const YEARS: Partial<Record<Fact, (years: number) => Message>> = {
  age: (years) => ({ zh: `${years} 岁`, en: count(years, 'year') }),
  service_years: (years) => ({ zh: `${years} 年`, en: count(years, 'year') }),
  membership_years: (years) => ({ zh: `${years} 年`, en: count(years, 'year') }),
};
const SEXES: Record<string, Message> = { male: { zh: '男', en: 'male' }, female: { zh: '女', en: 'female' } };

/** A condition for a person: "工龄不少于 5 年，且属于客舱部工会". */
export function conditionInWords(one: Condition, unionNames?: UnionNames): Message {
  return inWords(one, unionNames, true);
}

function inWords(one: Condition, unionNames: UnionNames | undefined, isOutermost: boolean): Message {
  switch (one.kind) {
    case 'all':
    case 'any': {
      const words = one.conditions.map((each) => inWords(each, unionNames, one.conditions.length === 1 && isOutermost));
      const both = joined(words, one.kind === 'all' ? { zh: '，且', en: ' and ' } : { zh: '，或', en: ' or ' });
      return isOutermost || words.length === 1 ? both : within(both, '（{}）', '({})');
    }
    case 'not':
      return within(inWords(one.condition, unionNames, true), '不满足（{}）', 'not ({})');
    case 'branch':
      return within(unionsInWords(one.unionIds, unionNames), '属于{}', 'the member belongs to {}');
    case 'tag':
      return within(tagsInWords(one.tags), '具有{}标签', 'the member has the tag {}');
    default: {
      const name = nameOf(one);
      const wanted = comparisonInWords(one);
      return { zh: `${name.zh}${wanted.zh}`, en: `${name.en} is ${wanted.en}` };
    }
  }
}

/** Why a tree of conditions failed for an event: "工龄须不少于 5 年，登记时为 3 年". */
export function failureInWords(root: Condition, failure: Failure, asked: Asked, unionNames?: UnionNames): Message {
  const one = conditionAt(root, failure.place);
  switch (one.kind) {
    case 'all':
      throw new Error('all fails at one of its conditions, not by itself');
    case 'any':
      return wholeFailed(one, failure, unionNames, { zh: '须至少满足一项：', en: 'at least one of these must hold: ' });
    case 'not':
      return wholeFailed(one.condition, failure, unionNames, { zh: '不得满足：', en: 'this must not hold: ' });
    case 'branch':
      return within(
        unionsInWords(one.unionIds, unionNames),
        '须属于{}，登记时不属于',
        'the member must belong to {}, and did not when the event was recorded',
      );
    case 'tag':
      return within(
        tagsInWords(one.tags),
        '须具有{}标签，登记时没有',
        'the member must have the tag {}, and did not when the event was recorded',
      );
    default:
      return comparisonFailed(one, knownValue(one, asked));
  }
}

function wholeFailed(one: Condition, { unknown }: Failure, unionNames: UnionNames | undefined, must: Message): Message {
  const words = conditionInWords(one, unionNames);
  const why = unknown
    ? { zh: '（其中有未登记的信息，无法判断）', en: ' (something that it asks about is not on record)' }
    : { zh: '', en: '' };
  return { zh: `${must.zh}${words.zh}${why.zh}`, en: `${must.en}${words.en}${why.en}` };
}

function comparisonFailed(one: Comparing, known: string | number | undefined): Message {
  const name = nameOf(one);
  if (known === undefined) {
    return one.kind === 'attribute'
      ? { zh: `事件未填写${name.zh}`, en: `${name.en} is not given` }
      : { zh: `${name.zh}未登记`, en: `${name.en} is not on record` };
  }
  const wanted = comparisonInWords(one);
  const was = valueInWords(one, known);
  // What a member is may have changed since; what the event says has not.
  const [then, thenEn] =
    one.kind === 'fact' && one.fact !== 'occurred_on'
      ? [`登记时为${was.zh}`, `it was ${was.en} when the event was recorded`]
      : [`此次为${was.zh}`, `here it is ${was.en}`];
  return { zh: `${name.zh}须${wanted.zh}，${then}`, en: `${name.en} must be ${wanted.en}; ${thenEn}` };
}

function nameOf(one: Comparing): Message {
  return one.kind === 'fact' ? FACT_NAMES[one.fact] : { zh: one.attribute, en: one.attribute };
}

function comparisonInWords(one: Comparing): Message {
  const values = one.values.map((value) => valueInWords(one, value));
  const [first, last] = [values[0]!, values.at(-1)!];
  const say = (zh: string, en: string): Message => ({ zh: `${zh}${first.zh}`, en: `${en} ${first.en}` });
  const ofDays = one.values.every((value) => typeof value === 'string' && isDay(value));
  switch (one.is) {
    case 'equal':
      return { zh: `为${first.zh}`, en: first.en };
    case 'not_equal':
      return { zh: `不为${first.zh}`, en: `other than ${first.en}` };
    case 'one_of':
      return within(either(values), '为{}', '{}');
    case 'less':
      return ofDays ? say('早于', 'before') : say('小于', 'less than');
    case 'at_most':
      return ofDays ? say('不晚于', 'on or before') : say('不超过', 'at most');
    case 'more':
      return ofDays ? say('晚于', 'after') : say('大于', 'more than');
    case 'at_least':
      return ofDays ? say('不早于', 'on or after') : say('不少于', 'at least');
    case 'between':
      return { zh: `在${first.zh} 至${last.zh} 之间`, en: `between ${first.en} and ${last.en}` };
  }
}

/** A value with what it is counted in: " 5 年", "“本科”". Chinese takes a space before a number or a day. */
function valueInWords(one: Comparing, value: string | number): Message {
  if (one.kind === 'fact' && one.fact === 'sex') return SEXES[value] ?? { zh: String(value), en: String(value) };
  const counted = one.kind === 'fact' && typeof value === 'number' ? YEARS[one.fact]?.(value) : undefined;
  if (counted) return { zh: ` ${counted.zh}`, en: counted.en };
  const plain = typeof value === 'number' || isDay(value);
  return { zh: plain ? ` ${value}` : `“${value}”`, en: String(value) };
}

function tagsInWords(tags: readonly string[]): Message {
  return either(tags.map((tag) => ({ zh: `“${tag}”`, en: tag })));
}
