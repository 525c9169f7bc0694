import type { Refusal } from '../../platform/result.ts';

export const treatPlanUnknown: Refusal = {
  code: 'TREAT_PLAN_UNKNOWN',
  message: {
    zh: '没有这个每月礼，或它不在您负责的范围内。请从每月礼列表中重新选择。',
    en: 'There is no such plan of a treat in the branch entrusted to you. Choose one from the list.',
  },
  at: 'planId',
};

export const treatTimeMalformed: Refusal = {
  code: 'TREAT_TIME_MALFORMED',
  message: {
    zh: '开抢时间写作 10:00（北京时间，00:00 至 23:59）。',
    en: 'The minute at which it opens is written 10:00, in Beijing time, from 00:00 to 23:59.',
  },
  at: 'plan.opens',
};

export const MOST_LINES = 50;
export const treatLinesOutOfRange: Refusal = {
  code: 'TREAT_LINES_OUT_OF_RANGE',
  message: {
    zh: `一次每月礼须有 1 至 ${MOST_LINES} 项，每项写明门店、名称和数量。`,
    en: `A treat has 1 to ${MOST_LINES} lines, each with an outlet, what is given there, and how many.`,
  },
  at: 'plan.lines',
};
