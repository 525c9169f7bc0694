import { randomInt } from 'node:crypto';
import type { Tx } from '../platform/db/transaction.ts';

const RANDOM_DIGITS = 9;

/** The digit that makes a number pass Luhn's check (ISO/IEC 7812-1) when it is put behind these digits. */
export function checkDigit(digits: string): string {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 0 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return String((10 - (sum % 10)) % 10);
}

/** Whether a text is 16 digits of which the last is the right check digit. */
export function isCardNumber(text: string): boolean {
  return /^\d{16}$/.test(text) && checkDigit(text.slice(0, -1)) === text.at(-1);
}

/** A number as it is searched for: without the blanks and hyphens that people put between its groups. */
export function normaliseCardNumber(text: string): string {
  return text.normalize('NFKC').replace(/[\s-]/g, '');
}

/** 8888001234567897 -> 888800******7897. */
export function maskCardNumber(number: string): string {
  return `${number.slice(0, 6)}******${number.slice(-4)}`;
}

/**
 * So many new numbers of a prefix: nine random digits and the check digit, none of them on a card. Two transactions may
 * still draw the same one at the same moment: the unique key stops the second, which begins anew.
 */
export async function newCardNumbers(tx: Tx, prefix: string, count: number): Promise<string[]> {
  const numbers = new Set<string>();
  while (numbers.size < count) {
    const drawn = new Set<string>();
    while (drawn.size < count - numbers.size) drawn.add(draw(prefix));
    const taken: { number: string }[] = await tx.query('SELECT number FROM card WHERE number IN (?)', [[...drawn]]);
    for (const { number } of taken) drawn.delete(number);
    for (const number of drawn) numbers.add(number);
  }
  return [...numbers];
}

function draw(prefix: string): string {
  const digits = prefix + String(randomInt(10 ** RANDOM_DIGITS)).padStart(RANDOM_DIGITS, '0');
  return digits + checkDigit(digits);
}
