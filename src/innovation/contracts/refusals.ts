import type { Refusal } from '../../platform/result.ts';
import { LARGEST_FUND, LONGEST_REASON, MOST_COVERED, MOST_ROWS, WHOLE } from './limits.ts';

const refusal = (code: string, zh: string, en: string, at?: string): Refusal => ({
  code,
  message: { zh, en },
  ...(at !== undefined && { at }),
});
const yuan = (fen: number) => (fen / 100).toFixed(2);

/** Also what a contract outside the caller's branch answers. */
export const innovationContractUnknown = refusal(
  'INNOVATION_CONTRACT_UNKNOWN',
  '没有这份创新专项集体合同，或它不在您的管理范围内，请重新选择。',
  'There is no such contract on innovation in your branch. Choose one from the list.',
  'contractId',
);

export const textMalformed = (at: string, most: number): Refusal =>
  refusal(
    'TEXT_MALFORMED',
    `此处须填写 1 至 ${most} 个字，不换行，首尾不能有空格。`,
    `Give 1 to ${most} characters on one line, without spaces at either end.`,
    at,
  );

export const contractDays = (at: string): Refusal =>
  refusal(
    'CONTRACT_DAYS',
    '合同日期不对：签订日期不能晚于今天，起始日不能晚于终止日，且都须在 2000 至 2099 年之间。请核对。',
    'The days of the contract do not fit: it was signed today or before, and begins no later than it ends, between 2000 and 2099. Check them.',
    at,
  );

export const coveredOutOfRange = refusal(
  'COVERED_OUT_OF_RANGE',
  `覆盖职工人数须为 1 至 ${MOST_COVERED} 之间的整数。`,
  `The number of members covered must be a whole number from 1 to ${MOST_COVERED}.`,
  'contract.covered',
);

export const fundOutOfRange = refusal(
  'FUND_OUT_OF_RANGE',
  `奖励资金须为 1 分至 ${yuan(LARGEST_FUND)} 元。`,
  `The fund must be from 1 fen to ${yuan(LARGEST_FUND)} yuan.`,
  'contract.fundFen',
);

export const rewardShareOutOfRange = refusal(
  'REWARD_SHARE_OUT_OF_RANGE',
  `奖励比例须为 1 至 ${WHOLE} 之间的整数，单位为万分之一（500 即 5%）；上限金额至少 1 分。`,
  `The share must be a whole number of hundredths of a per cent from 1 to ${WHOLE} (500 is 5 %), and its limit at least 1 fen.`,
  'contract.reward.share',
);

/** `row` counts from 0; undefined where the whole table is wrong. */
export const rewardTableMalformed = (row?: number): Refusal =>
  refusal(
    'REWARD_TABLE_MALFORMED',
    `奖励档次须有 1 至 ${MOST_ROWS} 档，效益起点逐档提高，奖励金额不低于上一档且至少 1 分，请核对第 ${(row ?? 0) + 1} 档。`,
    `The table must have 1 to ${MOST_ROWS} rows, each from a higher benefit than the one before, its reward no lower and at least 1 fen. Check row ${(row ?? 0) + 1}.`,
    row === undefined ? 'contract.reward.rows' : `contract.reward.rows.${row}`,
  );

export const rewardRuleNotOne = refusal(
  'REWARD_RULE_NOT_ONE',
  '请填写奖励比例或奖励档次中的一项。',
  'Give either a share or a table, and not both.',
  'contract.reward',
);

export const pointsPartOutOfRange = refusal(
  'POINTS_PART_OUT_OF_RANGE',
  `以积分支付的部分须为 0 至 ${WHOLE} 之间的整数，单位为万分之一。`,
  `The part paid in points must be a whole number of hundredths of a per cent from 0 to ${WHOLE}.`,
  'contract.pointsPart',
);

export const pointsProgramme = refusal(
  'POINTS_PROGRAMME',
  '以积分支付奖励时，须选择覆盖该企业且积分有单价的积分方案；全部以现金支付时不要选择。',
  'Where a part is paid in points, choose a programme that covers the firm and has a price of a point; where none is, choose none.',
  'contract.programmeId',
);

export const contractNumberTaken = refusal(
  'CONTRACT_NUMBER_TAKEN',
  '该工会已有同一编号的合同，请核对编号。',
  'The union has a contract of this number already. Check the number.',
  'contract.number',
);

export const contractOverlaps = refusal(
  'CONTRACT_OVERLAPS',
  '该工会已有合同覆盖这段时间中的日期。请先终止前一份合同，或调整起止日期。',
  'Another contract of the union covers some of these days. End that one first, or choose other days.',
  'contract.validFrom',
);

export const contractEndedAlready = refusal(
  'CONTRACT_ENDED',
  '这份合同已提前终止，不能再次终止。',
  'This contract was ended already.',
  'contractId',
);

export const contractEndDay = refusal(
  'CONTRACT_END_DAY',
  '新的终止日须不早于今天和合同起始日，且早于原终止日。',
  'The new last day must be today or later, within the contract, and before its present last day.',
  'lastDay',
);

export const reasonNeeded = refusal(
  'REASON_NEEDED',
  `请写明理由（1 至 ${LONGEST_REASON} 个字，首尾不能有空格）。`,
  `Give the reason in 1 to ${LONGEST_REASON} characters, without spaces at either end.`,
  'reason',
);

export const paymentDay = refusal(
  'PAYMENT_DAY',
  '付款日期须在合同签订之后，且不晚于今天。',
  'The day of payment must not be before the contract was signed, nor later than today.',
  'paidOn',
);

export const paymentOutOfRange = refusal(
  'PAYMENT_OUT_OF_RANGE',
  '付款金额须至少 1 分；要更正已登记的付款，请使用冲销。',
  'A payment is at least 1 fen. To correct one that was recorded, take it back.',
  'fen',
);

/** `leftFen` is what the fund has left. */
export const fundTooLow = (leftFen: number, fen: number, at = 'fen'): Refusal =>
  refusal(
    'FUND_TOO_LOW',
    `合同奖励资金剩余 ${yuan(leftFen)} 元，不足以支付 ${yuan(fen)} 元。`,
    `The fund of the contract has ${yuan(leftFen)} yuan left, too little for ${yuan(fen)} yuan.`,
    at,
  );

export const referenceTaken = refusal(
  'REFERENCE_TAKEN',
  '该合同已登记过同一凭证号的付款，请核对是否重复登记。',
  'A payment with this reference is on record already. Check whether it was recorded before.',
  'reference',
);

export const paymentUnknown = refusal(
  'PAYMENT_UNKNOWN',
  '没有这笔付款，或它不在您的管理范围内，请重新选择。',
  'There is no such payment in your branch. Choose one from the list.',
  'paymentId',
);

export const paymentTakenBack = refusal(
  'PAYMENT_TAKEN_BACK',
  '这笔记录已被冲销，或本身就是冲销记录，不能再冲销。',
  'This was taken back already, or takes back another itself.',
  'paymentId',
);

export const paymentOfReward = refusal(
  'PAYMENT_OF_REWARD',
  '这笔付款来自已批准的奖励发放表，不能在此冲销。',
  'This payment follows from a list of rewards that was released; it cannot be taken back here.',
  'paymentId',
);
