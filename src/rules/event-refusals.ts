import type { Refusal } from '../platform/result.ts';
import { LONGEST_TEXT, MOST_ATTRIBUTES } from './attributes.ts';
import type { AttributeDeclaration } from './event-types/event-type.ts';
import { EVENTS_AT_ONCE } from './job-definitions.ts';

/** One trouble and all the places that have it, "events.3.occurredOn". */
export interface EventProblem extends Omit<Refusal, 'at'> {
  readonly places: readonly string[];
}

/** The refusal of a whole list of events, with what is wrong with which of them. */
export interface EventsRefusal extends Refusal {
  readonly problems: readonly EventProblem[];
}

export function isEventsRefusal(refusal: Refusal): refusal is EventsRefusal {
  return 'problems' in refusal;
}

/** Also what an event outside the caller's branch answers. */
export const eventUnknown: Refusal = {
  code: 'EVENT_UNKNOWN',
  message: {
    zh: '没有这条事件，或它不在您的管理范围内，请重新选择。',
    en: 'There is no such event in your branch. Choose one from the list.',
  },
};

export const eventCount: Refusal = {
  code: 'EVENT_COUNT',
  message: {
    zh: `一次须登记 1 至 ${EVENTS_AT_ONCE} 条事件，请分批提交。`,
    en: `Record 1 to ${EVENTS_AT_ONCE} events at a time; send more of them in parts.`,
  },
  at: 'events',
};

export const ownEvent: Refusal = {
  code: 'OWN_EVENT',
  message: {
    zh: '这是您本人的事件，请由其他管理员登记。',
    en: 'This event is your own. Have another admin record it.',
  },
};

export const memberNotNamed: Refusal = {
  code: 'MEMBER_NOT_NAMED',
  message: {
    zh: '请用会员编号或工号指明会员，二者填其一。',
    en: 'Name the member by memberId or by staffNumber, by one of the two.',
  },
};

export const staffNumberAmbiguous: Refusal = {
  code: 'STAFF_NUMBER_AMBIGUOUS',
  message: {
    zh: '您的管理范围内有多名会员使用这个工号，请改用会员编号。',
    en: 'Several members of your branch have this staff number; name the member by memberId.',
  },
};

export const memberHasLeft: Refusal = {
  code: 'MEMBER_LEFT',
  message: {
    zh: '这名会员已离开工会，不能再登记事件。',
    en: 'This member has left the union; no more events can be recorded for them.',
  },
};

export const dayImpossible: Refusal = {
  code: 'DAY_IMPOSSIBLE',
  message: {
    zh: '没有这一天，请按 2026-08-15 的格式填写日期。',
    en: 'The calendar has no such day. Write it as 2026-08-15.',
  },
};

export const dayInFuture: Refusal = {
  code: 'DAY_IN_FUTURE',
  message: {
    zh: '日期晚于今天（北京时间），请在事情发生之后登记。',
    en: 'The day is later than today in Beijing. Record it once it has happened.',
  },
};

export const dayBeforeBirth: Refusal = {
  code: 'DAY_BEFORE_BIRTH',
  message: {
    zh: '日期早于这名会员的出生日期，请核对日期或会员。',
    en: 'The day is before this member was born. Check the day, or whether this is the right member.',
  },
};

export const attributesTooMany: Refusal = {
  code: 'ATTRIBUTE_MALFORMED',
  message: {
    zh: `一条事件最多 ${MOST_ATTRIBUTES} 个属性。`,
    en: `An event can have ${MOST_ATTRIBUTES} attributes at the most.`,
  },
};

export const attributeMalformed: Refusal = {
  code: 'ATTRIBUTE_MALFORMED',
  message: {
    zh: `属性名须以文字开头（1 至 30 个文字、数字或下划线），每个名只出现一次；值须为一个整数、一个日期或 1 至 ${LONGEST_TEXT} 个字（不换行、首尾无空格）。`,
    en: `An attribute's name begins with a letter (1 to 30 letters, digits or underscores) and is given once; its value is one whole number, one day, or 1 to ${LONGEST_TEXT} characters on one line without spaces around them.`,
  },
};

export const referenceMalformed: Refusal = {
  code: 'REFERENCE_MALFORMED',
  message: {
    zh: `凭证号须为 1 至 ${LONGEST_TEXT} 个字，不换行，首尾不能是空格。`,
    en: `The reference must have 1 to ${LONGEST_TEXT} characters on one line and no space at either end.`,
  },
};

export function eventTypeUnknown(known: readonly string[]): Refusal {
  const list = shortList(known);
  return {
    code: 'EVENT_TYPE_UNKNOWN',
    message: {
      zh: `这个积分方案没有这种事件类型。可用的事件类型：${list.zh}。`,
      en: `The programme has no event type of this code. It has: ${list.en}.`,
    },
  };
}

export function attributeMissing(declared: AttributeDeclaration): Refusal {
  const value = valueInWords(declared);
  return {
    code: 'ATTRIBUTE_MISSING',
    message: {
      zh: `缺少属性“${declared.name}”，这类事件必须填写，${value.zh}。`,
      en: `The attribute “${declared.name}” is missing. Every event of this type has it: ${value.en}.`,
    },
  };
}

export function attributeUnknown(name: string, known: readonly string[]): Refusal {
  const list = shortList(known);
  return {
    code: 'ATTRIBUTE_UNKNOWN',
    message: {
      zh: `这类事件没有属性“${name}”。可填的属性：${list.zh}。`,
      en: `Events of this type have no attribute “${name}”. They can have: ${list.en}.`,
    },
  };
}

export function attributeOfOtherKind(declared: AttributeDeclaration): Refusal {
  const value = valueInWords(declared);
  return {
    code: 'ATTRIBUTE_MALFORMED',
    message: {
      zh: `属性“${declared.name}”${value.zh}。`,
      en: `The attribute “${declared.name}” has another kind of value: ${value.en}.`,
    },
  };
}

/** What the value of an attribute must be. */
function valueInWords({ kind, choices = [] }: AttributeDeclaration): { zh: string; en: string } {
  if (kind === 'number') return { zh: '须为一个整数', en: 'a whole number' };
  if (kind === 'day') return { zh: '须为一个日期，格式如 2026-08-15', en: 'a day, written as 2026-08-15' };
  if (kind === 'text') {
    return { zh: `须为 1 至 ${LONGEST_TEXT} 个字`, en: `a text of 1 to ${LONGEST_TEXT} characters` };
  }
  const list = shortList(choices);
  return { zh: `可填：${list.zh}`, en: `one of ${list.en}` };
}

export function eventsRefused(problems: readonly EventProblem[], events: number, bad: number): EventsRefusal {
  const first = problems[0]!;
  return {
    code: 'EVENTS_REFUSED',
    message: {
      zh: `${events} 条事件中有 ${bad} 条有误，全部未登记；请按 problems 逐条更正后用新的 key 重新提交。首个问题：${first.message.zh}`,
      en: `${bad} of ${events} events are wrong and none was recorded. Correct what problems lists and send them again with a new key. The first: ${first.message.en}`,
    },
    at: first.places[0]!,
    problems,
  };
}

// A message is stored for ever with the outcome, so it names as many as fit a line or two.
function shortList(names: readonly string[]): { zh: string; en: string } {
  if (names.length === 0) return { zh: '（无）', en: '(none)' };
  const shown = names.filter((_, i) => i === 0 || names.slice(0, i + 1).join(', ').length <= 120);
  const more = names.length > shown.length;
  return { zh: shown.join('、') + (more ? '……' : ''), en: shown.join(', ') + (more ? ' …' : '') };
}
