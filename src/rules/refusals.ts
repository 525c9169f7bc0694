import type { Message, Refusal } from '../platform/result.ts';
import { LARGEST_AWARD, LONGEST_TIER_VALUE, MOST_OCCURRENCE_ATTRIBUTES, MOST_TIERS } from './definition.ts';

/** Also what a rule outside the caller's branch answers. */
export const ruleUnknown: Refusal = {
  code: 'RULE_UNKNOWN',
  message: {
    zh: '没有这条积分规则，或它不在您的管理范围内，请重新选择。',
    en: 'There is no such rule in your branch. Choose one from the list.',
  },
  at: 'ruleId',
};

export const ruleRetired: Refusal = {
  code: 'RULE_RETIRED',
  message: {
    zh: '这条积分规则已经停用，不能再发布新版本；请另建一条规则。',
    en: 'This rule is retired and takes no new versions. Publish a new rule instead.',
  },
  at: 'ruleId',
};

export const ruleNameMalformed: Refusal = {
  code: 'NAME_MALFORMED',
  message: {
    zh: '规则名称须为 1 至 120 个字，且首尾不能是空格。',
    en: 'The name of a rule must have 1 to 120 characters and neither begin nor end with a space.',
  },
  at: 'newRule.name',
};

export const ruleNameTaken: Refusal = {
  code: 'RULE_NAME_TAKEN',
  message: {
    zh: '这个积分方案已有同名的规则（可能已停用）。要修改它请发布新版本，否则请换一个名称。',
    en: 'The programme already has a rule of this name, perhaps a retired one. Publish a new version of it, or choose another name.',
  },
  at: 'newRule.name',
};

export const eventTypeMalformed: Refusal = {
  code: 'EVENT_TYPE_MALFORMED',
  message: {
    zh: '事件类型须以小写字母开头，由 1 至 40 个小写字母、数字或 . _ - 组成，例如 degree。',
    en: 'An event type begins with a small letter and has 1 to 40 small letters, digits or . _ - , for example degree.',
  },
  at: 'newRule.eventType',
};

export const occurrenceFixed: Refusal = {
  code: 'OCCURRENCE_FIXED',
  message: {
    zh: '已发布规则的“计分次数”不能更改，否则已发过的积分会再发一次；请停用此规则后另建新规则。',
    en: 'How often a published rule pays cannot change, or what was paid would be paid again. Retire it and publish a new rule.',
  },
  at: 'occurrence',
};

export const ruleNotNamed: Refusal = {
  code: 'RULE_NOT_NAMED',
  message: {
    zh: '请指明要发布新版本的规则（ruleId）或填写新规则（newRule），二者填其一。',
    en: 'Give the rule of which this is a new version (ruleId) or a new rule (newRule), one of the two.',
  },
  at: 'ruleId',
};

export const awardNotOne: Refusal = {
  code: 'AWARD_NOT_ONE',
  message: {
    zh: '请填写固定积分（fixed）或分档积分（tiered），二者填其一。',
    en: 'Give fixed points (fixed) or points by tier (tiered), one of the two.',
  },
  at: 'award',
};

/** What is wrong with a rule definition, by the code that the check in definition.ts gives. */
export const definitionMessages: Record<string, Message> = {
  AWARD_OUT_OF_RANGE: {
    zh: `积分须为 1 至 ${LARGEST_AWARD} 之间的整数。`,
    en: `The points must be a whole number from 1 to ${LARGEST_AWARD}.`,
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
  ATTRIBUTE_NAME_MALFORMED: {
    zh: '属性名须以文字开头，由 1 至 30 个文字、数字或下划线组成，例如“学历层次”。',
    en: 'The name of an attribute begins with a letter and has 1 to 30 letters, digits or underscores.',
  },
  OCCURRENCE_MALFORMED: {
    zh: `请填写 1 至 ${MOST_OCCURRENCE_ATTRIBUTES} 个互不相同的属性名。`,
    en: `Name 1 to ${MOST_OCCURRENCE_ATTRIBUTES} attributes, each once.`,
  },
  DEFINITION_MALFORMED: {
    zh: '规则内容的格式不对，请检查这一项。',
    en: 'This part of the rule does not have the right form.',
  },
};
