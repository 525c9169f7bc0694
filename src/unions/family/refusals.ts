import type { Refusal } from '../../platform/result.ts';
import { LONGEST_NAME_HINT, MOST_CHILDREN, OLDEST_CHILD_YEARS } from './limits.ts';

/** Also what the child of another member, or of a member outside the admin's branch, answers. */
export const childUnknown: Refusal = {
  code: 'CHILD_UNKNOWN',
  message: {
    zh: '没有这名子女的登记，可能已被撤回，请刷新后重试。',
    en: 'There is no such child on record; the consent may have been withdrawn. Load the list again.',
  },
  at: 'childId',
};

export const consentNeeded: Refusal = {
  code: 'CONSENT_NEEDED',
  message: {
    zh: '登记子女信息须先勾选同意。信息只用于人生大事的关怀，撤回同意后即删除。',
    en: 'A child can be recorded with your consent only. It is used for milestones alone and deleted once you withdraw it.',
  },
  at: 'consent',
};

export const dayInFuture: Refusal = {
  code: 'DAY_IN_FUTURE',
  message: {
    zh: '出生日期晚于今天（北京时间），请核对。',
    en: 'The birth date is later than today in Beijing. Check it.',
  },
  at: 'birthDate',
};

export const childTooOld: Refusal = {
  code: 'CHILD_TOO_OLD',
  message: {
    zh: `子女的出生日期早于 ${OLDEST_CHILD_YEARS} 年前的今天，不能登记。请核对出生日期。`,
    en: `The child was born more than ${OLDEST_CHILD_YEARS} years ago and cannot be recorded. Check the birth date.`,
  },
  at: 'birthDate',
};

export const nameHintMalformed: Refusal = {
  code: 'NAME_HINT_MALFORMED',
  message: {
    zh: `称呼须为 1 至 ${LONGEST_NAME_HINT} 个字，不换行，首尾不能是空格；也可以不填。`,
    en: `What you call the child has 1 to ${LONGEST_NAME_HINT} characters on one line and no space at either end, or is left out.`,
  },
  at: 'nameHint',
};

export const childRepeated: Refusal = {
  code: 'CHILD_REPEATED',
  message: {
    zh: '已登记过出生日期和称呼都相同的子女。双胞胎请用不同的称呼登记。',
    en: 'A child with this birth date and this name is on record already. Call twins by different names.',
  },
  at: 'birthDate',
};

export const childrenTooMany: Refusal = {
  code: 'CHILDREN_TOO_MANY',
  message: {
    zh: `最多登记 ${MOST_CHILDREN} 名子女，请先撤回不再需要的登记。`,
    en: `${MOST_CHILDREN} children can be recorded at the most. Withdraw one that is no longer needed first.`,
  },
};

export const ownFamily: Refusal = {
  code: 'OWN_FAMILY',
  message: {
    zh: '不能核实自己的子女信息，请由另一名管理员办理。',
    en: 'You cannot confirm a child of your own. Ask another admin.',
  },
  at: 'childId',
};
