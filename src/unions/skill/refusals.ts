import type { Refusal } from '../../platform/result.ts';

export const skillDayInFuture: Refusal = {
  code: 'DAY_IN_FUTURE',
  message: {
    zh: '取得等级的日期晚于今天（北京时间），请核对。',
    en: 'The day on which the level was reached is later than today in Beijing. Check it.',
  },
  at: 'since',
};

export const skillLevelLower: Refusal = {
  code: 'SKILL_LEVEL_LOWER',
  message: {
    zh: '该会员在这一工种已有更高的技能等级，等级只升不降，请核对。',
    en: 'The member already has a higher level in this trade, and a level never goes down. Check it.',
  },
  at: 'level',
};

export const ownSkill: Refusal = {
  code: 'OWN_SKILL',
  message: {
    zh: '不能登记自己的技能等级，请由另一名管理员办理。',
    en: 'You cannot record a level of your own. Ask another admin.',
  },
  at: 'memberId',
};
