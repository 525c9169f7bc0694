import type { Refusal } from '../platform/result.ts';

const refusal = (code: string, zh: string, en: string, at?: string): Refusal => ({
  code,
  message: { zh, en },
  ...(at !== undefined && { at }),
});

export const lotteryUnknown = refusal(
  'LOTTERY_UNKNOWN',
  '没有这次抽奖，或它不属于您可查看的积分方案。请从列表中重新选择。',
  'There is no such lottery in the programmes that you may see. Choose one from the list.',
  'lotteryId',
);

export const templateUnknown = refusal(
  'TEMPLATE_UNKNOWN',
  '没有这个抽奖模板，或它不属于您负责的积分方案。请从列表中重新选择。',
  'There is no such template in the programmes entrusted to you. Choose one from the list.',
  'templateId',
);

export const lotteryOpened = refusal(
  'LOTTERY_OPENED',
  '抽奖开放后，奖品、奖券和时间均不能再改。确需更改的，请先作废本次抽奖，再新建一次。',
  'Once a lottery is open, its prizes, tickets and times are fixed. To have others, void it and make a new one.',
  'lotteryId',
);

export const lotteryVoid = refusal(
  'LOTTERY_VOID',
  '本次抽奖已作废，不能再操作。',
  'This lottery is void: nothing can be done with it any more.',
  'lotteryId',
);

export const lotteryFinal = refusal(
  'LOTTERY_FINAL',
  '结果已公示期满、正式生效，不能作废。',
  'The result is final: the lottery cannot be void any more.',
  'lotteryId',
);

export const reasonNeeded = refusal(
  'REASON_NEEDED',
  '请写明理由（1 至 300 个字，首尾不能有空格），会员会看到它。',
  'Give the reason in 1 to 300 characters, without spaces at either end; members will read it.',
  'reason',
);

/** Of a number in the terms: which one, and between what. */
export function numberOutOfRange(at: string, least: number, most: number): Refusal {
  return refusal(
    'NUMBER_OUT_OF_RANGE',
    `此项须为 ${least} 至 ${most} 之间的整数。`,
    `This must be a whole number from ${least} to ${most}.`,
    at,
  );
}

export const timesOutOfOrder = refusal(
  'TIMES_OUT_OF_ORDER',
  '时间须依次为：开放、截止、开奖。请调整后再提交。',
  'A lottery opens, then freezes, then is drawn: put the times in that order.',
  'freezesAt',
);

export const drawTooSoon = refusal(
  'DRAW_TOO_SOON',
  '开奖须在截止至少 10 分钟之后，以便先公布奖券名单的哈希根。请调整时间。',
  'The draw must be 10 minutes after the freeze or later: the list is counted and its root published in between.',
  'drawsAt',
);

export const timeOver = refusal(
  'TIME_OVER',
  '截止时间须晚于现在。请改为将来的时间。',
  'The lottery must freeze in the future. Choose a later time.',
  'freezesAt',
);

export const timeMalformed = (at: string): Refusal =>
  refusal('TIME_MALFORMED', '时间请按 HH:MM 填写，如 09:30。', 'Write the time as HH:MM, such as 09:30.', at);

export const ticketsNowhere = refusal(
  'TICKETS_NOWHERE',
  '没有任何途径得到奖券。请设置每人免费奖券、奖券价格或按规则赠送。',
  'Nobody could get a ticket. Set free tickets, a price, or a rule that gives some.',
  'freeTickets',
);

export const prizesNeeded = refusal(
  'PRIZES_NEEDED',
  '请设置 1 至 50 种奖品。',
  'Name 1 to 50 kinds of prizes.',
  'prizes',
);

export const prizesTooMany = refusal(
  'PRIZES_TOO_MANY',
  '奖品总数不能超过 5000 份，所需积分合计不能超过 10 亿分。请减少奖品。',
  'All prizes together are at most 5,000 pieces and 1,000,000,000 points. Take some away.',
  'prizes',
);

export const prizeMismatched = (at: string): Refusal =>
  refusal(
    'PRIZE_MISMATCHED',
    '奖品与类型不符：积分奖须填积分，兑换券奖须选商品，实物奖两者都不填。',
    'The prize does not fit its kind: points need an amount, a voucher needs an offer, goods have neither.',
    at,
  );

export const prizeOfferUnknown = (at: string): Refusal =>
  refusal(
    'OFFER_UNKNOWN',
    '本积分方案没有这个商品。请从本方案的商品中选择。',
    'The programme has no such offer. Choose one of its own.',
    at,
  );

export const prizeOfferNotOnSale = (at: string): Refusal =>
  refusal(
    'OFFER_NOT_ON_SALE',
    '作为奖品的商品目前不在兑换中，或其券在开奖前就到期。请先恢复上架，或换一个商品。',
    'The offer of this prize is not on sale, or its vouchers end before the draw. Put it on sale, or choose another.',
    at,
  );

export const prizeStockShort = (at: string, left: number): Refusal =>
  refusal(
    'STOCK_SHORT',
    `作为奖品的商品库存不足，仅余 ${left} 份。请先补充库存，或减少奖品。`,
    `Only ${left} of this prize's offer are left. Add to its stock, or give fewer.`,
    at,
  );

export const ticketRuleUnknown = (at: string): Refusal =>
  refusal(
    'RULE_UNKNOWN',
    '本积分方案没有这条规则。请从规则列表中选择，每条规则只选一次。',
    'The programme has no such rule. Choose from its rules, each of them once.',
    at,
  );

export const lotteryOverBudget = refusal(
  'OVER_BUDGET',
  '积分方案的预算不足以预留本次奖品。请先追加预算，或减少奖品。',
  "The programme's budget does not cover these prizes. Raise it, or give fewer prizes.",
  'prizes',
);

export const partiesNeeded = refusal(
  'PARTIES_NEEDED',
  '由各方共同产生随机数的，须指定 3 至 9 方，每方由不同的管理员代表；使用公共随机源的，不指定。',
  'Randomness from reveals needs 3 to 9 parties, each with an administrator of its own; drand needs none.',
  'parties',
);

export const partyUnknown = (at: string): Refusal =>
  refusal(
    'PARTY_UNKNOWN',
    '没有这位管理员，或其账号已停用。请另选一位。',
    'There is no such administrator, or the account is disabled. Choose another.',
    at,
  );

export const notParty = refusal(
  'LOTTERY_UNKNOWN',
  '没有需要您参与的这次抽奖。请核对后再试。',
  'There is no such lottery in which you take part.',
  'lotteryId',
);

export const commitmentMalformed = refusal(
  'COMMITMENT_MALFORMED',
  '承诺值须为 64 位十六进制数（SHA-256）。请用说明文档中的方法生成。',
  'A commitment is 64 hexadecimal digits (SHA-256). Make it as the description of the draw says.',
  'commitment',
);

export const commitmentMade = refusal(
  'COMMITMENT_MADE',
  '您已提交过承诺值，不能更改。',
  'You have committed already; a commitment cannot be changed.',
  'commitment',
);

export const commitmentCopied = refusal(
  'COMMITMENT_COPIED',
  '另一方已提交相同的承诺值。请用自己的随机数重新生成。',
  'Another party has committed to the same. Make one from random bytes of your own.',
  'commitment',
);

export const commitmentsClosed = refusal(
  'COMMITMENTS_CLOSED',
  '现在不能提交承诺值：抽奖尚未开放，或已进入开奖。',
  'No commitment can be made now: the lottery is not open yet, or its draw has begun.',
  'lotteryId',
);

export const ticketsClosed = refusal(
  'TICKETS_CLOSED',
  '本次抽奖已停止购券。请留意下一次。',
  'No tickets of this lottery are sold any more. Look out for the next one.',
  'lotteryId',
);

export const ticketsNotSold = refusal(
  'TICKETS_NOT_SOLD',
  '本次抽奖的奖券不出售，只赠送。',
  'The tickets of this lottery are given, not sold.',
  'lotteryId',
);

export const wonLately = refusal(
  'WON_LATELY',
  '您近期已中奖，按规则不参加本次抽奖，把机会留给其他会员。',
  'You have won lately: by its rules you take no part in this lottery.',
  'lotteryId',
);

/** How many more tickets a member may buy. */
export function ticketLimitReached(left: number): Refusal {
  return refusal(
    'TICKET_LIMIT_REACHED',
    left === 0 ? '您的奖券已达上限。' : `超出每人上限，您最多还可购买 ${left} 张。`,
    left === 0 ? 'You have as many tickets as one may have.' : `You may buy ${left} more at the most.`,
    'count',
  );
}
