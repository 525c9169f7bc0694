import type { Refusal } from '../../platform/result.ts';

export const LONGEST_TRADE = 40;
export const MOST_EMPLOYEES = 10_000_000;

export const unionNoFirm: Refusal = {
  code: 'UNION_NO_FIRM',
  message: {
    zh: '只有企业工会和基层工会可以登记企业信息，请选择企业自己的工会。',
    en: 'Only the union of an enterprise or a grass-roots union stands for a firm. Choose the firm’s own union.',
  },
  at: 'unionId',
};

export const tradeMalformed: Refusal = {
  code: 'TRADE_MALFORMED',
  message: {
    zh: `行业或工种须为 1 至 ${LONGEST_TRADE} 个字，不换行，首尾不能是空格。`,
    en: `A trade has 1 to ${LONGEST_TRADE} characters on one line and no space at either end.`,
  },
  at: 'trade',
};

export const employeesOutOfRange: Refusal = {
  code: 'EMPLOYEES_OUT_OF_RANGE',
  message: {
    zh: '职工人数须为 1 至 1000 万之间的整数。',
    en: 'The number of employees must be a whole number from 1 to 10,000,000.',
  },
  at: 'employees',
};
