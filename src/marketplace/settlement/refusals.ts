import type { Refusal } from '../../platform/result.ts';

/** The longest reason of a dispute or of its answer, in characters. */
export const LONGEST_REASON = 300;
/** The longest reference of a payment, in characters. */
export const LONGEST_REFERENCE = 60;

export const statementUnknown: Refusal = {
  code: 'STATEMENT_UNKNOWN',
  message: {
    zh: '没有这份结算单，或它不在您的范围内。请从结算单列表中重新选择。',
    en: 'There is no such settlement statement among yours. Choose one from the list of statements.',
  },
  at: 'statementId',
};

export const statementNotDraft: Refusal = {
  code: 'STATEMENT_NOT_DRAFT',
  message: {
    zh: '这份结算单已经发送给商户，无需再次发送。',
    en: 'This statement has been sent to the merchant already; there is nothing left to send.',
  },
  at: 'statementId',
};

export const statementConfirmed: Refusal = {
  code: 'STATEMENT_CONFIRMED',
  message: {
    zh: '这份结算单已经确认，不能再次确认或提出异议；如仍有疑问请联系工会。',
    en: 'This statement is confirmed; it can be neither confirmed again nor disputed. Ask the union if a doubt remains.',
  },
  at: 'statementId',
};

export const disputesOpen: Refusal = {
  code: 'DISPUTES_OPEN',
  message: {
    zh: '还有异议等待工会答复，答复后才能确认这份结算单。',
    en: 'A dispute of this statement waits for the union’s answer. It can be confirmed once all are answered.',
  },
  at: 'statementId',
};

export const statementNotConfirmed: Refusal = {
  code: 'STATEMENT_NOT_CONFIRMED',
  message: {
    zh: '商户尚未确认这份结算单，确认后才能付款。',
    en: 'The merchant has not confirmed this statement yet. It is paid once it is confirmed.',
  },
  at: 'statementId',
};

export const statementPaid: Refusal = {
  code: 'STATEMENT_PAID',
  message: {
    zh: '这份结算单已经付款，请勿重复付款。',
    en: 'This statement is paid already. Do not pay it again.',
  },
  at: 'statementId',
};

export const lineUnknown: Refusal = {
  code: 'LINE_UNKNOWN',
  message: {
    zh: '这份结算单没有这一行，请从明细中重新选择。',
    en: 'This statement has no such line. Choose one from its lines.',
  },
  at: 'lineId',
};

export const lineDisputed: Refusal = {
  code: 'LINE_DISPUTED',
  message: {
    zh: '对这一行已提出过异议，请查看工会的答复；如仍有疑问请联系工会。',
    en: 'This line has been disputed before. See the union’s answer, and ask the union if a doubt remains.',
  },
  at: 'lineId',
};

export const disputeUnknown: Refusal = {
  code: 'DISPUTE_UNKNOWN',
  message: {
    zh: '没有这条异议，或它不在您负责的范围内。请从异议列表中重新选择。',
    en: 'There is no such dispute in the branch entrusted to you. Choose one from the list of disputes.',
  },
  at: 'disputeId',
};

export const disputeAnswered: Refusal = {
  code: 'DISPUTE_ANSWERED',
  message: {
    zh: '这条异议已经答复，不能更改；如答复有误，请与商户协商后在下月更正。',
    en: 'This dispute is answered, which is final. If the answer was wrong, agree with the merchant on how to mend it.',
  },
  at: 'disputeId',
};

export const correctionNothing: Refusal = {
  code: 'CORRECTION_CHANGES_NOTHING',
  message: {
    zh: '更正后的金额与原金额相同。若异议不成立，请驳回并说明理由。',
    en: 'The right amount is the one that the line has. If the merchant is wrong, reject the dispute and say why.',
  },
  at: 'rightFen',
};

/** The largest amount that a line can be corrected to, in fen, on either side of zero. */
export const LARGEST_LINE_FEN = 100_000_000_000;

export const rightFenOutOfRange: Refusal = {
  code: 'RIGHT_FEN_OUT_OF_RANGE',
  message: {
    zh: `更正后的金额须为整数分，方向与原行一致，且不超过 ${LARGEST_LINE_FEN} 分。`,
    en: `The right amount is a whole number of fen, on the same side of zero as the line’s, and at most ${LARGEST_LINE_FEN}.`,
  },
  at: 'rightFen',
};

export const reasonMalformed: Refusal = {
  code: 'REASON_MALFORMED',
  message: {
    zh: `请填写理由（1 至 ${LONGEST_REASON} 个字，不换行）；对方会看到它。`,
    en: `Give the reason in 1 to ${LONGEST_REASON} characters on one line; the other side reads it.`,
  },
  at: 'reason',
};

export const referenceMalformed: Refusal = {
  code: 'REFERENCE_MALFORMED',
  message: {
    zh: `请填写付款凭证号（1 至 ${LONGEST_REFERENCE} 个字，不换行），以便与银行流水核对。`,
    en: `Give the reference of the payment in 1 to ${LONGEST_REFERENCE} characters on one line, to find it at the bank.`,
  },
  at: 'reference',
};

export const personNeeded: Refusal = {
  code: 'PERSON_NEEDED',
  message: {
    zh: '付款须由管理员本人登录办理，接口令牌不能代办。',
    en: 'Payments are entered by an admin who has signed in; an API token cannot do it.',
  },
};

export const secondPersonNeeded: Refusal = {
  code: 'SECOND_PERSON_NEEDED',
  message: {
    zh: '前一步是您本人办理的，这一步须由另一名管理员办理。',
    en: 'You did the step before yourself. Another admin must do this one.',
  },
};

export const settlementDayOutOfRange: Refusal = {
  code: 'SETTLEMENT_DAY_OUT_OF_RANGE',
  message: {
    zh: '结算日须为每月 1 日至 28 日。',
    en: 'The settlement day is a day of the month from 1 to 28.',
  },
  at: 'day',
};

export const statementFileExpired: Refusal = {
  code: 'STATEMENT_FILE_ADDRESS_EXPIRED',
  message: {
    zh: '这个下载地址已过期，请刷新页面以获取新的地址。',
    en: 'This address has expired. Ask for the file’s url again to get a new one.',
  },
};

export const statementFileDamaged: Refusal = {
  code: 'STATEMENT_FILE_DAMAGED',
  message: {
    zh: '这个文件已损坏，系统正在重新生成。请一分钟后刷新页面，用新的地址下载。',
    en: 'This file is damaged and is being made anew. Reload the page in a minute and download it from its new address.',
  },
};

export const fenOutOfRange: Refusal = {
  code: 'FEN_OUT_OF_RANGE',
  message: {
    zh: `金额须为 1 至 ${LARGEST_LINE_FEN} 的整数，单位为分。`,
    en: `The amount is a whole number of fen from 1 to ${LARGEST_LINE_FEN}.`,
  },
  at: 'fen',
};

export const referenceTaken: Refusal = {
  code: 'REFERENCE_TAKEN',
  message: {
    zh: '本方案已登记过这个凭证号，请核对是否重复登记。',
    en: 'A payment with this reference is recorded in the programme already. See whether this is the same one.',
  },
  at: 'reference',
};

export const notPrepaid: Refusal = {
  code: 'NOT_PREPAID',
  message: {
    zh: '该商户今天没有生效的预付合同，不能登记预付款。请先签订预付合同。',
    en: 'No prepaid contract with this merchant covers today. Sign one before paying in.',
  },
  at: 'merchantId',
};

export const paymentUnknown: Refusal = {
  code: 'PAYMENT_UNKNOWN',
  message: {
    zh: '没有这笔预付款，或它不在您负责的范围内。请从列表中重新选择。',
    en: 'There is no such payment in the branch entrusted to you. Choose one from the list.',
  },
  at: 'paymentId',
};

export const paymentDecided: Refusal = {
  code: 'PAYMENT_DECIDED',
  message: {
    zh: '这笔预付款已经由他人确认或退回。',
    en: 'This payment has been confirmed or declined already.',
  },
  at: 'paymentId',
};

/** What is there, and what the statement asks for, in fen. */
export function prepaidTooLow(fen: number, wanted: number): Refusal {
  return {
    code: 'PREPAID_TOO_LOW',
    message: {
      zh: `预付余额为 ${fen} 分，不足以结清本结算单的 ${wanted} 分。请先登记新的预付款。`,
      en: `The prepaid balance is ${fen} fen and the statement wants ${wanted}. Pay in more first.`,
    },
    at: 'statementId',
  };
}
