export type Sex = 'male' | 'female';

export interface IdNumber {
  number: string;
  birthDate: string;
  sex: Sex;
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_DIGITS = '10X98765432';

/** The check digit of the first 17 digits of an ID number. */
export function checkDigit(digits: string): string {
  return CHECK_DIGITS[WEIGHTS.reduce((sum, weight, i) => sum + weight * Number(digits[i]), 0) % 11]!;
}

/**
 * Takes an ID number apart as GB 11643-1999 lays it down: six digits of place, birth date, three of order (odd for a
 * man), check digit by ISO 7064 MOD 11-2. Undefined when the form or the check digit is wrong; whether the birth date can
 * be is asked elsewhere. Own lines, because validator's isIdentityCard also takes the 15 digits that have been invalid
 * since 2013 and does not tell what is wrong.
 */
export function readIdNumber(text: string): IdNumber | 'form' | 'check digit' {
  if (!/^[1-9]\d{16}[\dX]$/.test(text)) return 'form';
  if (checkDigit(text) !== text[17]) return 'check digit';
  return {
    number: text,
    birthDate: `${text.slice(6, 10)}-${text.slice(10, 12)}-${text.slice(12, 14)}`,
    sex: Number(text[16]) % 2 === 1 ? 'male' : 'female',
  };
}
