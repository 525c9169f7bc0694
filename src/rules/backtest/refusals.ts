import type { Refusal } from '../../platform/result.ts';

/** Two years with a leap day. */
export const LONGEST_DAYS = 731;
export const MOST_DRAFTS = 20;
/** Back-tests of a programme that may wait or run at a time. */
export const MOST_OPEN = 5;

export const periodMalformed: Refusal = {
  code: 'PERIOD_MALFORMED',
  message: {
    zh: `请选择起止日期：起始日不晚于结束日，结束日不晚于今天，最长 ${LONGEST_DAYS} 天。`,
    en: `Choose a first and a last day: the first not after the last, the last not after today, ${LONGEST_DAYS} days at the most.`,
  },
  at: 'until',
};

export const backtestsTooMany: Refusal = {
  code: 'BACKTESTS_TOO_MANY',
  message: {
    zh: `这个积分方案已有 ${MOST_OPEN} 项试算在排队或进行中，请等它们完成后再提交。`,
    en: `${MOST_OPEN} back-tests of this programme are waiting or running. Ask again when one of them is done.`,
  },
};
