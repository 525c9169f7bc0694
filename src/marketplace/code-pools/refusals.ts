import type { Refusal } from '../../platform/result.ts';

export const stockOfPool = (at: string): Refusal => ({
  code: 'STOCK_OF_POOL',
  message: {
    zh: '使用商户自有券码的商品，库存就是尚未发出的券码数；请导入券码来增加库存。',
    en: 'The stock of an offer with the merchant’s own codes are its unused codes. Import codes instead.',
  },
  at,
});

export const noPool: Refusal = {
  code: 'NO_POOL',
  message: {
    zh: '这个商品的券码由平台生成，不能导入。需要商户自有券码请新建商品并选择“导入券码”。',
    en: 'The codes of this offer are made here. For the merchant’s own codes, create an offer with a pool.',
  },
  at: 'offerId',
};

export const CODES_AT_ONCE = 500;
export const codesOutOfRange: Refusal = {
  code: 'CODES_OUT_OF_RANGE',
  message: {
    zh: `每次导入 1 至 ${CODES_AT_ONCE} 个券码，更多请分批导入。`,
    en: `Import 1 to ${CODES_AT_ONCE} codes at a time; send more in further calls.`,
  },
  at: 'codes',
};

export const LONGEST_CODE = 100;

/** `index` is the place of the line in what was sent, from 0. */
export function codeMalformed(index: number): Refusal {
  return {
    code: 'CODE_MALFORMED',
    message: {
      zh: `第 ${index + 1} 行不是券码：须为 1 至 ${LONGEST_CODE} 个字，不换行，首尾没有空格。整批未导入，请改正后重试。`,
      en: `Line ${index + 1} is no code: 1 to ${LONGEST_CODE} characters on one line, no space at either end. None was imported.`,
    },
    at: `codes.${index}`,
  };
}

/** `first` is the earlier line that has the same code, or null when the pool has it already. */
export function codeDuplicate(index: number, first: number | null): Refusal {
  const zh = first === null ? '已在券码库中' : `与第 ${first + 1} 行重复`;
  const en = first === null ? 'is in the pool already' : `is the same as line ${first + 1}`;
  return {
    code: 'CODE_DUPLICATE',
    message: {
      zh: `第 ${index + 1} 行的券码${zh}。整批未导入，请去掉重复后重试。`,
      en: `The code in line ${index + 1} ${en}. None was imported; leave it out and try again.`,
    },
    at: `codes.${index}`,
  };
}
