import type { Refusal } from '../platform/result.ts';

export function notEnoughPoints(balance: number, wanted: number): Refusal {
  return {
    code: 'NOT_ENOUGH_POINTS',
    message: {
      zh: `积分不足：可用 ${balance} 分，需要 ${wanted} 分。`,
      en: `Not enough points: ${balance} to spend, ${wanted} needed.`,
    },
  };
}

/** `left` is what is left of the charge. */
export function refundTooLarge(left: number): Refusal {
  return {
    code: 'REFUND_TOO_LARGE',
    message: {
      zh: `退款超出可退积分：这笔扣分还可退 ${left} 分。`,
      en: `The refund is larger than what is left of the charge: ${left} points can be refunded.`,
    },
    at: 'points',
  };
}

export const overBudget: Refusal = {
  code: 'OVER_BUDGET',
  message: {
    zh: '积分方案的预算不足，请先追加预算；积分将在追加后补发。',
    en: "The programme's budget does not cover this. Raise the budget; what waits is paid then.",
  },
};

export const budgetBelowIssued: Refusal = {
  code: 'BUDGET_BELOW_ISSUED',
  message: {
    zh: '预算不能低于已发放的积分。',
    en: 'The budget cannot be less than what has been issued already.',
  },
  at: 'budget',
};
