import { beijingDay } from '../platform/clock.ts';
import type { Refusal } from '../platform/result.ts';

/** How many days ahead a publication can be laid. */
export const MOST_DAYS_AHEAD = 366;

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
    zh: '这条积分规则已经停用，不能再有新版本；请另建一条规则。',
    en: 'This rule is retired and takes no new versions. Draft a new rule instead.',
  },
  at: 'ruleId',
};

export const ruleNameMalformed: Refusal = {
  code: 'NAME_MALFORMED',
  message: {
    zh: '规则名称须为 1 至 120 个字，且首尾不能是空格。',
    en: 'The name of a rule must have 1 to 120 characters and neither begin nor end with a space.',
  },
};

export const ruleNameTaken: Refusal = {
  code: 'RULE_NAME_TAKEN',
  message: {
    zh: '这个积分方案已有同名的规则（可能已停用）。要修改它请起草它的新版本，否则请换一个名称。',
    en: 'The programme already has a rule of this name, perhaps a retired one. Draft a new version of it, or choose another name.',
  },
};

export const ruleNameFixed: Refusal = {
  code: 'RULE_NAME_FIXED',
  message: {
    zh: '已发布规则的名称不能更改；请保留原名称，或停用后另建规则。',
    en: 'The name of a published rule cannot change. Leave it as it is, or retire the rule and draft a new one.',
  },
  at: 'name',
};

export const draftNotNamed: Refusal = {
  code: 'DRAFT_NOT_NAMED',
  message: {
    zh: '请指明草稿（draftId）、已有的规则（ruleId）或新规则（newRule），三者填其一。',
    en: 'Name a draft (draftId), a rule that there is (ruleId) or a new one (newRule), one of the three.',
  },
};

/** Also what a draft outside the caller's branch answers. */
export const draftUnknown: Refusal = {
  code: 'DRAFT_UNKNOWN',
  message: {
    zh: '没有这份规则草稿，或它已发布、已删除、不在您的管理范围内，请重新选择。',
    en: 'There is no such draft in your branch; it may have been published or discarded. Choose one from the list.',
  },
  at: 'draftId',
};

export const eventTypeNotThere: Refusal = {
  code: 'EVENT_TYPE_UNKNOWN',
  message: {
    zh: '这个积分方案没有此事件类型，请从列表中选择，或先定义该类型。',
    en: 'The programme has no such event type. Choose one from the list, or declare it first.',
  },
  at: 'newRule.eventType',
};

/** Also what a union outside the programme's own answers. */
export const unionNotOfProgramme: Refusal = {
  code: 'UNION_UNKNOWN',
  message: {
    zh: '此处的工会组织不存在，或不在这个积分方案所属的工会之下，请重新选择。',
    en: 'There is no such union below the union of this programme. Choose one from the list.',
  },
};

export const occurrenceFixed: Refusal = {
  code: 'OCCURRENCE_FIXED',
  message: {
    zh: '已发布规则的“计分次数”不能更改，否则已发过的积分会再发一次；请停用此规则后另建新规则。',
    en: 'How often a published rule pays cannot change, or what was paid would be paid again. Retire it and draft a new rule.',
  },
  at: 'definition.occurrence',
};

export const secondPersonNeeded: Refusal = {
  code: 'SECOND_PERSON_NEEDED',
  message: {
    zh: '这个积分方案要求由另一位管理员发布：最后保存草稿的人不能自己发布。请另一位管理员核对后发布。',
    en: 'This programme wants a second person: who saved the draft last may not publish it. Ask another admin to read and publish it.',
  },
  at: 'draftId',
};

export const publicationInPast: Refusal = {
  code: 'PUBLICATION_IN_PAST',
  message: {
    zh: '生效日期不能早于今天；要立即生效请填今天或留空。',
    en: 'A rule cannot take effect before today. Give today, or no day, to let it take effect at once.',
  },
  at: 'effectiveFrom',
};

export const publicationTooFar: Refusal = {
  code: 'PUBLICATION_TOO_FAR',
  message: {
    zh: `生效日期最多在 ${MOST_DAYS_AHEAD} 天之后，请选更近的日期，或到时再发布。`,
    en: `A rule can take effect ${MOST_DAYS_AHEAD} days ahead at the most. Choose an earlier day, or publish it later.`,
  },
  at: 'effectiveFrom',
};

/** The refusal of a version that would take effect before the one published last. */
export function publicationBeforeOther(number: number, effectiveAt: Date): Refusal {
  const day = beijingDay(effectiveAt);
  return {
    code: 'PUBLICATION_BEFORE_OTHER',
    message: {
      zh: `第 ${number} 版定于 ${day} 生效，新版本不能更早生效；请选 ${day} 或之后的日期。`,
      en: `Version ${number} takes effect on ${day}, and a later version cannot do so before it. Choose ${day} or a later day.`,
    },
    at: 'effectiveFrom',
  };
}

export const periodOver: Refusal = {
  code: 'PERIOD_OVER',
  message: {
    zh: '规则的有效期已经结束，发布后不会计分；请修改结束日期。',
    en: 'The period of the rule is over already, so it would give nothing. Give it a later last day.',
  },
  at: 'definition.period.until',
};

export const awardNotOne: Refusal = {
  code: 'AWARD_NOT_ONE',
  message: {
    zh: '请在固定积分（fixed）、分档积分（tiered）、分段积分（ranged）、按单位积分（perUnit）中填一种。',
    en: 'Give fixed points (fixed), points by tier (tiered), by range (ranged) or by unit (perUnit), one of the four.',
  },
  at: 'definition.award',
};

export const lifeNotOne: Refusal = {
  code: 'LIFE_NOT_ONE',
  message: {
    zh: '积分有效期请填天数（days）或年底（yearsAhead）之一；按积分方案的规定则整项留空。',
    en: 'Give days or yearsAhead, one of the two; leave life out for as long as the programme says.',
  },
  at: 'definition.life',
};

export const conditionNotOne: Refusal = {
  code: 'CONDITION_NOT_ONE',
  message: {
    zh: '每个条件请在 all、any、not、attribute、fact、branches、tags 中填一种。',
    en: 'A condition is one of all, any, not, attribute, fact, branches and tags. Give one of them.',
  },
};
