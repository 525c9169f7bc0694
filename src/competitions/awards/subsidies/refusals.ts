import type { Refusal } from '../../../platform/result.ts';

const refusal = (code: string, zh: string, en: string, at: string): Refusal => ({ code, message: { zh, en }, at });
const yuan = (fen: number) => (fen / 100).toFixed(2);

/** Also what a list of a competition outside the caller's branch answers. */
export const listUnknown = refusal(
  'SUBSIDY_LIST_UNKNOWN',
  '没有这份补助发放表，或它不在您的管理范围内，请重新选择。',
  'There is no such payment list in your branch. Choose one from the list.',
  'listId',
);

export const competitionNotFinished = refusal(
  'COMPETITION_NOT_FINISHED',
  '竞赛还有名次没有生效，不能编制补助发放表。请等全部公示结束。',
  'Not all rankings are final, so what is to be paid is not settled. Wait until the last notice is over.',
  'competitionId',
);

export const listMade = refusal(
  'SUBSIDY_LIST_MADE',
  '这项竞赛的补助发放表已编制，请直接查看。',
  'The payment list of this competition was made already.',
  'competitionId',
);

export const nothingToPay = refusal(
  'NOTHING_TO_PAY',
  '这项竞赛的获奖者都没有补助，无需编制发放表。',
  'None of the winners gets a subsidy, so there is nothing to pay.',
  'competitionId',
);

/** The two sums that should be one; what is vacant has to be said by whoever makes the list. */
export const subsidiesNotBudget = (sum: number, vacant: number, budget: number): Refusal =>
  refusal(
    'SUBSIDIES_NOT_BUDGET',
    `获奖补助合计 ${yuan(sum)} 元，加上填写的空缺金额 ${yuan(vacant)} 元，与预算 ${yuan(budget)} 元不符。如有名次空缺，空缺金额应为 ${yuan(budget - sum)} 元。`,
    `The winners' subsidies are ${yuan(sum)} yuan; with ${yuan(vacant)} yuan given as vacant they are not the budget of ${yuan(budget)} yuan. Where places stayed vacant, give ${yuan(budget - sum)} yuan.`,
    'vacantFen',
  );

export const listReleased = refusal(
  'SUBSIDY_LIST_RELEASED',
  '这份补助发放表已批准发放，不能重复批准。',
  'This payment list was released already.',
  'listId',
);

export const personNeeded: Refusal = {
  code: 'PERSON_NEEDED',
  message: {
    zh: '发放补助须由本人登录后批准，不能使用接口令牌。',
    en: 'A person must release the subsidies: sign in yourself instead of using an API token.',
  },
};

export const secondPersonNeeded: Refusal = {
  code: 'SECOND_PERSON_NEEDED',
  message: {
    zh: '编制人不能批准自己编制的发放表，请由另一位管理员批准。',
    en: 'Who made the list cannot release it. Ask another admin to look at it.',
  },
};

export const listFileExpired: Refusal = {
  code: 'ADDRESS_EXPIRED',
  message: {
    zh: '下载地址已过期，请回到竞赛页面重新获取。',
    en: 'This address has expired. Get a new one from the page of the competition.',
  },
};
