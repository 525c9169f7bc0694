import type { Refusal } from '../platform/result.ts';

const refusal = (code: string, zh: string, en: string): Refusal => ({ code, message: { zh, en } });

export const offerUnknown = refusal(
  'OFFER_UNKNOWN',
  '没有这个商品，或者您所在工会的积分方案不包含它。',
  'There is no such offer, or it does not belong to a programme of your union.',
);
export const offerNotOnSale = refusal(
  'OFFER_NOT_ON_SALE',
  '该商品目前不在兑换中。',
  'This offer is not on sale at present.',
);
export const saleNotOpen = (from: Date): Refusal =>
  refusal(
    'SALE_NOT_OPEN',
    `兑换将于 ${beijingTime(from)}(北京时间)开始。`,
    `The sale opens at ${beijingTime(from)} Beijing time.`,
  );
export const saleOver = refusal('SALE_OVER', '该商品的兑换已结束。', 'The sale of this offer is over.');
export const soldOut = refusal('SOLD_OUT', '已兑完，可关注下一次上架。', 'Sold out. Look out for the next release.');
export const limitReached = (count: number, period: string): Refusal =>
  refusal(
    'LIMIT_REACHED',
    `每人${{ ever: '', month: '每月', day: '每天' }[period]}限兑 ${count} 份，您已达到上限。`,
    `The limit is ${count} per member${{ ever: '', month: ' and month', day: ' and day' }[period]}, and you have reached it.`,
  );
/** For offers that share one limit. */
export const limitOfGroupReached = (count: number): Refusal =>
  refusal(
    'LIMIT_REACHED',
    `这些商品合计每人限领 ${count} 份，您已领取。取消未使用的券后可改领其他商品。`,
    `These offers share a limit of ${count} per member, and you have had yours. Cancel the unused voucher to take another.`,
  );
export const memberNotActive = refusal(
  'MEMBER_NOT_ACTIVE',
  '您的会员账户目前不能使用，请联系所在工会。',
  'Your account cannot be used at present. Please ask your union.',
);
export const notEligible = refusal(
  'NOT_ELIGIBLE',
  '该商品限部分会员兑换，兑换范围见商品说明；如有疑问请咨询所在工会。',
  'This offer is for some members only; its description says for whom. Please ask your union.',
);
export const redemptionUnknown = refusal(
  'REDEMPTION_UNKNOWN',
  '没有找到这笔兑换。',
  'There is no such redemption of yours.',
);
export const voucherUnknown = refusal(
  'VOUCHER_UNKNOWN',
  '没有找到这个券码，请核对后重新输入。',
  'There is no such voucher code. Check it and type it again.',
);
export const voucherUsed = refusal('VOUCHER_USED', '该券已核销，不能再次使用。', 'This voucher has been used already.');
export const voucherCancelled = refusal(
  'VOUCHER_CANCELLED',
  '该券已被会员取消。',
  'The member has cancelled this voucher.',
);
export const prizeNotCancelled = refusal(
  'PRIZE_NOT_CANCELLED',
  '该券是抽奖奖品，没有花费您的积分，不能取消。',
  'This voucher was won: it cost none of your points and cannot be cancelled.',
);
export const voucherCodeShown = refusal(
  'VOUCHER_CODE_SHOWN',
  '该券使用商户自有券码，兑换后即可使用，不能取消。',
  'This voucher carries the merchant’s own code, which can be used already; it cannot be cancelled.',
);
export const voucherLapsed = refusal('VOUCHER_LAPSED', '该券已过期。', 'This voucher has lapsed.');
export const wrongOutlet = refusal(
  'WRONG_OUTLET',
  '该券不能在本门店使用，请查看券上注明的门店。',
  'This voucher cannot be used at this outlet. Its outlets stand on the voucher.',
);
export const outletNotYours = refusal(
  'OUTLET_NOT_YOURS',
  '您不能在该门店核销。',
  'You cannot verify vouchers at this outlet.',
);
export const verificationUnknown = refusal(
  'VERIFICATION_UNKNOWN',
  '没有找到这笔核销。',
  'There is no such verification of yours.',
);
export const verificationUndone = refusal(
  'VERIFICATION_UNDONE',
  '这笔核销已撤销。',
  'This verification has been undone already.',
);
export const undoTooLate = (minutes: number): Refusal =>
  refusal(
    'UNDO_TOO_LATE',
    `核销后 ${minutes} 分钟内可以撤销，现已超过时限，请联系工会处理。`,
    `A verification can be undone within ${minutes} minutes. It is too late now; please ask the union.`,
  );

function beijingTime(instant: Date): string {
  return new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
}
