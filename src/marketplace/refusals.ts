import type { Refusal } from '../platform/result.ts';

export const merchantUnknown: Refusal = {
  code: 'MERCHANT_UNKNOWN',
  message: {
    zh: '没有这家商户，或它未加入您负责的积分方案。请从商户列表中重新选择，或先将商户加入方案。',
    en: 'There is no such merchant in the programmes entrusted to you. Choose one from the list, or have it join the programme first.',
  },
  at: 'merchantId',
};

export const merchantNotActive: Refusal = {
  code: 'MERCHANT_NOT_ACTIVE',
  message: {
    zh: '该商户已暂停或终止合作，请先恢复商户再操作。',
    en: 'This merchant is suspended or ended. Make it active again first.',
  },
  at: 'merchantId',
};

export const merchantEnded: Refusal = {
  code: 'MERCHANT_ENDED',
  message: {
    zh: '该商户已终止合作或申请未通过，不能恢复；如再次签约请新建商户。',
    en: 'This merchant has ended or was declined, which is final. If it signs again, add it as a new merchant.',
  },
  at: 'merchantId',
};

export const merchantShared: Refusal = {
  code: 'MERCHANT_SHARED',
  message: {
    zh: '该商户还服务于您负责范围之外的积分方案，请由上级工会办理。',
    en: 'This merchant also serves programmes outside your branch. Ask the union above yours to do this.',
  },
  at: 'merchantId',
};

export const merchantNameTaken: Refusal = {
  code: 'MERCHANT_NAME_TAKEN',
  message: {
    zh: '已有同名商户。若是同一家，请将其加入本方案（不在您范围内时请联系上级工会）；否则请换一个名称。',
    en: 'A merchant of this name exists. If it is the same firm, have it join the programme (ask the union above yours when you cannot see it); else choose another name.',
  },
  at: 'name',
};

export const outletNameTaken: Refusal = {
  code: 'OUTLET_NAME_TAKEN',
  message: {
    zh: '该商户已有同名门店，请换一个名称。',
    en: 'This merchant has an outlet of this name already. Choose another name.',
  },
  at: 'name',
};

export const outletUnknown: Refusal = {
  code: 'OUTLET_UNKNOWN',
  message: {
    zh: '该商户没有这家门店，请从其门店列表中选择。',
    en: 'This merchant has no such outlet. Choose one from its list of outlets.',
  },
  at: 'outletId',
};

export const staffUnknown: Refusal = {
  code: 'STAFF_UNKNOWN',
  message: {
    zh: '没有这名店员，或其商户不在您负责的范围内。请从店员列表中重新选择。',
    en: 'There is no such staff at the merchants entrusted to you. Choose one from the list of staff.',
  },
  at: 'operatorId',
};

export const offerUnknown: Refusal = {
  code: 'OFFER_UNKNOWN',
  message: {
    zh: '没有这个商品，或它不在您负责的范围内。请从商品列表中重新选择。',
    en: 'There is no such offer in the branch entrusted to you. Choose one from the list of offers.',
  },
  at: 'offerId',
};

export const offerEnded: Refusal = {
  code: 'OFFER_ENDED',
  message: {
    zh: '该商品已结束，不能再修改；请新建一个商品。',
    en: 'This offer has ended and cannot be changed any more. Create a new one.',
  },
  at: 'offerId',
};

export const offerNotOnSale: Refusal = {
  code: 'OFFER_NOT_ON_SALE',
  message: {
    zh: '只有在售的商品可以暂停；这个商品尚未上架。',
    en: 'Only an offer that is on sale can be paused; this one is not on sale yet.',
  },
  at: 'offerId',
};

/** `at` is the first field that may not be changed any more. */
export function offerPublished(at: string): Refusal {
  return {
    code: 'OFFER_PUBLISHED',
    message: {
      zh: '商品上架后只能修改说明、延后售卖结束时间；其他内容请结束本商品并新建。',
      en: 'Once an offer was on sale, only its description can be changed and its sale end be put later. For the rest, end it and create a new one.',
    },
    at,
  };
}

export const saleEndEarlier: Refusal = {
  code: 'SALE_END_EARLIER',
  message: {
    zh: '已上架商品的售卖结束时间只能延后；如需停止售卖请暂停或结束商品。',
    en: 'The sale end of an offer that was on sale can only be put later. To stop selling, pause or end the offer.',
  },
  at: 'saleTo',
};

export const saleOver: Refusal = {
  code: 'SALE_OVER',
  message: {
    zh: '售卖结束时间已过，请先延后结束时间再上架。',
    en: 'The sale end has passed. Put it later, then put the offer on sale.',
  },
  at: 'saleTo',
};

export const saleWindow: Refusal = {
  code: 'SALE_WINDOW',
  message: {
    zh: '售卖开始时间须早于结束时间，且都在 2020 年至 2099 年之间。',
    en: 'The sale must begin before it ends, both between the years 2020 and 2099.',
  },
  at: 'saleTo',
};

export const LARGEST_PRICE = 10_000_000;
export const priceOutOfRange: Refusal = {
  code: 'PRICE_OUT_OF_RANGE',
  message: {
    zh: `价格须为 0 至 ${LARGEST_PRICE} 分，0 分表示赠送。`,
    en: `The price must be 0 to ${LARGEST_PRICE} points; 0 is a gift.`,
  },
  at: 'price',
};

export const LARGEST_LIMIT = 10_000;
export const limitOutOfRange: Refusal = {
  code: 'LIMIT_OUT_OF_RANGE',
  message: {
    zh: `每人限购数须为 1 至 ${LARGEST_LIMIT}，不限购请留空。`,
    en: `The limit for a member must be 1 to ${LARGEST_LIMIT}; leave it out for no limit.`,
  },
  at: 'limitCount',
};

export const clockMissing: Refusal = {
  code: 'CLOCK_MISSING',
  message: {
    zh: '请填写最后使用日或购买后可用天数，至少一项。',
    en: 'Give the last day of use, or the days of use from purchase, or both.',
  },
  at: 'useUntil',
};

export const LARGEST_USE_DAYS = 3650;
export const useDaysOutOfRange: Refusal = {
  code: 'USE_DAYS_OUT_OF_RANGE',
  message: {
    zh: `购买后可用天数须为 1 至 ${LARGEST_USE_DAYS} 天，购买当日算第 1 天。`,
    en: `The days of use must be 1 to ${LARGEST_USE_DAYS}; the day of purchase is day 1.`,
  },
  at: 'useDays',
};

export const useUntilTooEarly: Refusal = {
  code: 'USE_UNTIL_TOO_EARLY',
  message: {
    zh: '最后使用日不能早于售卖的最后一天，且不晚于 2099 年。',
    en: 'The last day of use must not be before the last day of the sale, nor after 2099.',
  },
  at: 'useUntil',
};

export const LARGEST_STOCK = 10_000_000;
export function stockOutOfRange(at: string): Refusal {
  return {
    code: 'STOCK_OUT_OF_RANGE',
    message: {
      zh: `库存须在 0 至 ${LARGEST_STOCK} 之间，请查看当前剩余数量后重试。`,
      en: `The stock must stay within 0 and ${LARGEST_STOCK}. Look at what remains and try again.`,
    },
    at,
  };
}

export const MOST_OUTLETS = 100;
export const outletsOutOfRange: Refusal = {
  code: 'OUTLETS_OUT_OF_RANGE',
  message: {
    zh: `请选择 1 至 ${MOST_OUTLETS} 家可使用的门店。`,
    en: `Choose 1 to ${MOST_OUTLETS} outlets at which it can be used.`,
  },
  at: 'outletIds',
};

/** A text that is empty, too long, or has spaces at its ends; see isText. */
export function textLength(at: string, most: number): Refusal {
  return {
    code: 'TEXT_LENGTH',
    message: {
      zh: `请填写 1 至 ${most} 个字，首尾不能有空格或换行。`,
      en: `Write 1 to ${most} characters, without spaces or line breaks at either end.`,
    },
    at,
  };
}

export const requestNumberMalformed: Refusal = {
  code: 'REQUEST_NUMBER_MALFORMED',
  message: {
    zh: '请求号须为 8 至 64 个字母、数字或 _ . : -，每次新的操作请用新的请求号。',
    en: 'requestNumber must be 8 to 64 letters, digits or _ . : - ; use a new one for each new act.',
  },
  at: 'requestNumber',
};

export const requestNumberReused: Refusal = {
  code: 'REQUEST_NUMBER_REUSED',
  message: {
    zh: '这个请求号已用于本商户的另一项操作，请换一个新的请求号。',
    en: 'Your firm has used this request number for something else already; take a new one.',
  },
  at: 'requestNumber',
};

export function tooManyGuesses(seconds: number): Refusal {
  return {
    code: 'TOO_MANY_ATTEMPTS',
    message: {
      zh: `输入的无效券码过多，请核对会员出示的券码，${seconds} 秒后再试。`,
      en: `Too many codes that do not exist. Check the code that the member shows and try again in ${seconds} seconds.`,
    },
    at: 'code',
  };
}
