import type { Refusal } from '../../platform/result.ts';
import { MOST_ATTRIBUTES } from '../attributes.ts';
import {
  LONGEST_CHOICE,
  LONGEST_TYPE_NAME,
  MOST_CHOICES,
  MOST_CHOICES_IN_ALL,
  MOST_DECLARED_TYPES,
} from './event-type.ts';

export const eventTypeMalformed: Refusal = {
  code: 'EVENT_TYPE_MALFORMED',
  message: {
    zh: '事件类型代码须以小写字母开头，由 1 至 40 个小写字母、数字或 . _ - 组成，例如 degree。',
    en: 'The code of an event type begins with a small letter and has 1 to 40 small letters, digits or . _ - , for example degree.',
  },
  at: 'code',
};

export const eventTypeTaken: Refusal = {
  code: 'EVENT_TYPE_TAKEN',
  message: {
    zh: '这个积分方案已声明了这个代码的事件类型。要修改它请用“修改事件类型”，否则请换一个代码。',
    en: 'The programme has declared an event type of this code already. Change that one, or choose another code.',
  },
  at: 'code',
};

export const eventTypesTooMany: Refusal = {
  code: 'EVENT_TYPES_TOO_MANY',
  message: {
    zh: `一个积分方案最多声明 ${MOST_DECLARED_TYPES} 种事件类型，请修改已有的类型。`,
    en: `A programme can declare ${MOST_DECLARED_TYPES} event types at the most. Change one that it has.`,
  },
  at: 'code',
};

/** Also what a ready-made type answers that the programme did not declare in its own way. */
export const eventTypeNotDeclared: Refusal = {
  code: 'EVENT_TYPE_UNKNOWN',
  message: {
    zh: '这个积分方案没有声明过这个代码的事件类型。要改动一种预置类型，请用它的代码声明一个新的类型来代替它。',
    en: 'The programme has declared no event type of this code. To alter a ready-made type, declare one under its code.',
  },
  at: 'code',
};

export const typeNameMalformed: Refusal = {
  code: 'NAME_MALFORMED',
  message: {
    zh: `事件类型的名称须为 1 至 ${LONGEST_TYPE_NAME} 个字，不换行，首尾不能是空格。`,
    en: `The name of an event type has 1 to ${LONGEST_TYPE_NAME} characters on one line and no space at either end.`,
  },
  at: 'name',
};

export const declaredTooMany: Refusal = {
  code: 'ATTRIBUTES_TOO_MANY',
  message: {
    zh: `一种事件类型最多 ${MOST_ATTRIBUTES} 个属性。`,
    en: `An event type can have ${MOST_ATTRIBUTES} attributes at the most.`,
  },
  at: 'attributes',
};

export const declaredNameMalformed: Refusal = {
  code: 'ATTRIBUTE_NAME_MALFORMED',
  message: {
    zh: '属性名须以文字开头，由 1 至 30 个文字、数字或下划线组成，例如“学历层次”。',
    en: 'The name of an attribute begins with a letter and has 1 to 30 letters, digits or underscores.',
  },
};

export const attributeRepeated: Refusal = {
  code: 'ATTRIBUTE_REPEATED',
  message: {
    zh: '前面已有同名的属性，请删除或改名。',
    en: 'An earlier attribute has the same name. Delete this one or give it another name.',
  },
};

export const choicesMalformed: Refusal = {
  code: 'CHOICES_MALFORMED',
  message: {
    zh: `“单选”属性须有 1 至 ${MOST_CHOICES} 个互不相同的选项，各 1 至 ${LONGEST_CHOICE} 个字（不换行、首尾无空格），一种事件类型总共最多 ${MOST_CHOICES_IN_ALL} 个；其他属性不能有选项。`,
    en: `An attribute that is a choice has 1 to ${MOST_CHOICES} choices, each once, of 1 to ${LONGEST_CHOICE} characters on one line without spaces around them, and a type has ${MOST_CHOICES_IN_ALL} in all at the most; other attributes have none.`,
  },
};

/** What a change of an event type would take away from a rule. */
export function attributeInUse(
  rule: string,
  attribute: string,
  { choice, at }: { choice?: string | undefined; at: string },
): Refusal {
  const zh = choice === undefined ? `属性“${attribute}”` : `属性“${attribute}”的选项“${choice}”`;
  const en =
    choice === undefined ? `the attribute “${attribute}”` : `the choice “${choice}” of the attribute “${attribute}”`;
  return {
    code: 'ATTRIBUTE_IN_USE',
    message: {
      zh: `规则“${rule}”用到了${zh}，不能删除或改变其类别。请先修改或停用该规则。`,
      en: `The rule “${rule}” names ${en}, which therefore can neither go nor change its kind. Change or retire that rule first.`,
    },
    at,
  };
}
