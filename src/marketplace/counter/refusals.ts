import type { Refusal } from '../../platform/result.ts';

const refusal = (code: string, at: string | undefined, zh: string, en: string): Refusal => ({
  code,
  message: { zh, en },
  ...(at === undefined ? {} : { at }),
});

export const outletNotYours = refusal(
  'OUTLET_NOT_YOURS',
  'outletId',
  '您不能在该门店操作，请选择您所在的门店。',
  'You cannot act at this outlet. Choose the one at which you work.',
);
export const merchantNotActive = refusal(
  'MERCHANT_NOT_ACTIVE',
  undefined,
  '该商户的合作已暂停或终止，不能在此使用会员卡和积分。',
  'The merchant is suspended or ended: neither card nor points can be used there.',
);
export const contractNotInForce = refusal(
  'CONTRACT_NOT_IN_FORCE',
  undefined,
  '商户与该会员的工会今天没有生效的合同，不能使用会员卡和积分。请联系工会。',
  'No contract between the merchant and the member’s union covers today. Please ask the union.',
);
export const cardHolderNotActive = refusal(
  'MEMBER_NOT_ACTIVE',
  undefined,
  '该会员账户目前不能使用，原因请会员本人向所在工会了解。',
  'This member’s account cannot be used at present; the member’s own union tells the member why.',
);
export const LARGEST_BILL_FEN = 100_000_000;
export const billOutOfRange = refusal(
  'BILL_OUT_OF_RANGE',
  'billFen',
  `账单金额须为 1 至 ${LARGEST_BILL_FEN} 分钱（人民币）。`,
  `The bill must be 1 to ${LARGEST_BILL_FEN} fen.`,
);
export const LARGEST_CHARGE = 10_000_000;
export const pointsOutOfRange = refusal(
  'POINTS_OUT_OF_RANGE',
  'points',
  `积分须为 1 至 ${LARGEST_CHARGE} 分。`,
  `The points must be 1 to ${LARGEST_CHARGE}.`,
);
export const amountUnclear = refusal(
  'AMOUNT_UNCLEAR',
  'points',
  '请填写积分或账单金额，二者只填一项。',
  'Give either the points or the bill, one of the two.',
);
export const rateMissing = refusal(
  'RATE_MISSING',
  'billFen',
  '合同没有约定积分单价，不能按金额扣分；请直接填写积分。',
  'No price of a point is agreed, so a bill cannot be turned into points. Give the points instead.',
);
export const scanUnknown = refusal(
  'SCAN_UNKNOWN',
  'scanId',
  '本门店没有这次扫码，请重新扫描会员码。',
  'This card was not scanned at your outlet. Scan the member’s code again.',
);
export const scanTooOld = refusal(
  'SCAN_TOO_OLD',
  'scanId',
  '扫码已超过 5 分钟，请会员重新出示会员码。',
  'The card was scanned more than 5 minutes ago. Ask the member to show the code again.',
);
export const scanUsed = refusal(
  'SCAN_USED',
  'scanId',
  '这次扫码已用于一笔扣分；再次扣分请会员重新出示会员码。',
  'This scan was used for a charge already. For another one ask the member to show the code again.',
);
/** What the member has is nothing that the cashier needs to know. */
export const memberLacksPoints = refusal(
  'NOT_ENOUGH_POINTS',
  undefined,
  '会员的可用积分不足，请改用较小的积分或其他方式付款。',
  'The member has not enough points. Charge fewer, or take the bill another way.',
);
export const chargeUnknown = refusal(
  'CHARGE_UNKNOWN',
  'chargeId',
  '没有找到这笔扣分，请从列表中重新选择。',
  'There is no such charge of yours. Choose one from the list.',
);
export const chargePosted = refusal(
  'CHARGE_POSTED',
  'chargeId',
  '这笔扣分已完成；如有误请商户退款。',
  'This charge is done. If it is wrong, ask the merchant for a refund.',
);
export const chargeDeclined = refusal(
  'CHARGE_DECLINED',
  'chargeId',
  '您已拒绝这笔扣分；如需付款请商户重新扫码。',
  'You have declined this charge. To pay after all, have the card scanned again.',
);
export const holdLapsed = refusal(
  'HOLD_LAPSED',
  'chargeId',
  '这笔扣分两分钟内未确认，已失效；如需付款请商户重新扫码。',
  'This charge was not confirmed within two minutes and has lapsed. To pay, have the card scanned again.',
);
export const chargeNotPosted = refusal(
  'CHARGE_NOT_POSTED',
  'chargeId',
  '这笔扣分没有完成，没有可退的积分。',
  'This charge moved no points: there is nothing to refund.',
);
export const chargeNotYours = refusal(
  'CHARGE_NOT_YOURS',
  'chargeId',
  '只有扣分的收银员本人或店主可以退款。',
  'Only the cashier who charged, or the owner, can refund it.',
);
export const limitOutOfRange = refusal(
  'LIMIT_OUT_OF_RANGE',
  'points',
  `限额须为 0 至 ${LARGEST_CHARGE} 分；0 表示每笔都需确认。`,
  `The limit must be 0 to ${LARGEST_CHARGE} points; 0 asks you every time.`,
);

export function tooManyScans(seconds: number): Refusal {
  return refusal(
    'TOO_MANY_ATTEMPTS',
    'code',
    `扫描的无效会员码过多，请核对会员出示的会员码，${seconds} 秒后再试。`,
    `Too many codes that are no card's. Check what the member shows and try again in ${seconds} seconds.`,
  );
}
