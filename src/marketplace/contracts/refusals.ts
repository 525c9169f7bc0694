import type { Refusal } from '../../platform/result.ts';

export const contractUnknown: Refusal = {
  code: 'CONTRACT_UNKNOWN',
  message: {
    zh: '没有这份合同，或它不在您负责的范围内。请从合同列表中重新选择。',
    en: 'There is no such contract in the branch entrusted to you. Choose one from the list of contracts.',
  },
  at: 'contractId',
};

export const merchantNotServing: Refusal = {
  code: 'MERCHANT_NOT_SERVING',
  message: {
    zh: '该商户尚未加入本积分方案，请先将其加入方案再签合同。',
    en: 'This merchant does not serve the programme yet. Have it join first, then sign the contract.',
  },
  at: 'merchantId',
};

export const merchantNotReviewed: Refusal = {
  code: 'MERCHANT_NOT_REVIEWED',
  message: {
    zh: '该商户的入驻申请尚未通过审核，请先审核再签合同。',
    en: 'The application of this merchant has not been approved. Review it first, then sign the contract.',
  },
  at: 'merchantId',
};

export const contractNumberTaken: Refusal = {
  code: 'CONTRACT_NUMBER_TAKEN',
  message: {
    zh: '本方案已有同编号的合同，请核对纸质合同编号。',
    en: 'A contract of this programme has this number already. Check the number on the paper.',
  },
  at: 'number',
};

export const contractOverlaps: Refusal = {
  code: 'CONTRACT_OVERLAPS',
  message: {
    zh: '合同期与该商户在本方案的另一份合同重叠。请先将原合同提前结束，或把新合同的开始日改到原合同结束之后。',
    en: 'The period overlaps another contract of this merchant in the programme. End that one earlier first, or let the new one begin after its last day.',
  },
  at: 'fromDay',
};

/** `at` is the day that cannot be. */
export function contractDays(at: string): Refusal {
  return {
    code: 'CONTRACT_DAYS',
    message: {
      zh: '合同的结束日不能早于开始日，且都在 2000 年至 2099 年之间。',
      en: 'The last day of a contract must not be before its first, both between the years 2000 and 2099.',
    },
    at,
  };
}

export const contractEndInPast: Refusal = {
  code: 'CONTRACT_END_IN_PAST',
  message: {
    zh: '合同只能提前到今天或以后结束，且不能早于合同开始日；已发生的交易按原合同结算。',
    en: 'A contract can be ended with today or a later day, and not before it begins; what happened under it stays as it is.',
  },
  at: 'untilDay',
};

export const contractEndLater: Refusal = {
  code: 'CONTRACT_END_LATER',
  message: {
    zh: '合同的结束日只能提前；如需延长，请签一份接续的新合同。',
    en: 'The last day of a contract can only be put earlier. To go on longer, sign a new contract that follows it.',
  },
  at: 'untilDay',
};

export const alertNotPrepaid: Refusal = {
  code: 'ALERT_NOT_PREPAID',
  message: {
    zh: '只有预付合同才设余额提醒线，请改为预付或留空。',
    en: 'Only a prepaid contract has a balance to watch. Choose prepaid or leave the alert out.',
  },
  at: 'alertBelowFen',
};

export const discountWithoutWords: Refusal = {
  code: 'DISCOUNT_WITHOUT_WORDS',
  message: {
    zh: '填写了折扣比例，还须写明优惠内容，例如“全单九折”，收银员和会员看到的是这段文字。',
    en: 'A discount in per cent needs words too, such as "10 % off every bill": they are what cashiers and members read.',
  },
  at: 'discount',
};
