import type { Refusal } from '../../platform/result.ts';

export const creditCodeWrong: Refusal = {
  code: 'CREDIT_CODE_WRONG',
  message: {
    zh: '统一社会信用代码不正确，应为 18 位且校验位相符；请对照营业执照核对。',
    en: 'This is no unified social credit code: 18 characters, the last of which checks the others. Compare it with the licence.',
  },
  at: 'creditCode',
};

export const creditCodeTaken: Refusal = {
  code: 'CREDIT_CODE_TAKEN',
  message: {
    zh: '已有商户使用此营业执照。若是同一家，请将其加入本方案（不在您范围内时请联系上级工会）。',
    en: 'A merchant with this licence exists. Have it join the programme (ask the union above yours when you cannot see it).',
  },
  at: 'creditCode',
};

export const applicationUnknown: Refusal = {
  code: 'APPLICATION_UNKNOWN',
  message: {
    zh: '没有这份入驻申请，或它不在您负责的范围内。请从申请列表中重新选择。',
    en: 'There is no such application in the branch entrusted to you. Choose one from the list of applications.',
  },
  at: 'merchantId',
};

export const applicationDecided: Refusal = {
  code: 'APPLICATION_DECIDED',
  message: {
    zh: '这份入驻申请已审核，不能再次审核。如需重新申请，请另行录入。',
    en: 'This application has been decided already. If the firm applies again, enter a new application.',
  },
  at: 'merchantId',
};

/** `at` is what names the application. */
export const secondReviewerNeeded: Refusal = {
  code: 'SECOND_PERSON_NEEDED',
  message: {
    zh: '本方案要求由另一人审核：录入申请的人不能自己审核。请另一位管理员审核。',
    en: 'This programme wants a second person: who entered an application may not review it. Ask another admin.',
  },
  at: 'merchantId',
};

export const applicationNeeded: Refusal = {
  code: 'SECOND_PERSON_NEEDED',
  message: {
    zh: '本方案要求由另一人审核商户，不能直接签约。请先录入入驻申请。',
    en: 'This programme wants merchants reviewed by a second person, so none can be signed at once. Enter an application.',
  },
  at: 'programmeId',
};

export const merchantStateOrder: Refusal = {
  code: 'MERCHANT_STATE_ORDER',
  message: {
    zh: '商户当前状态不能这样变更：申请须先审核，审核通过后签订合同才能启用；只有合作中的商户可以暂停。',
    en: 'A merchant cannot go from its present state to this one: an application is reviewed, the first contract makes it active, and only an active one can be suspended.',
  },
  at: 'state',
};

export const cashierUnknown: Refusal = {
  code: 'STAFF_UNKNOWN',
  message: {
    zh: '本商户没有这名收银员。请从店员列表中选择；店主账号由工会管理。',
    en: 'Your firm has no such cashier. Choose one from the list of staff; owners are looked after by the union.',
  },
  at: 'staffId',
};
