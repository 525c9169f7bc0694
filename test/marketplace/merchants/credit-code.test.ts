import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isCreditCode, normalCreditCode } from '../../../src/marketplace/merchants/credit-code.ts';

const CHARACTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** Codes of well-known firms, as public registers give them. */
const KNOWN = ['9144030071526726XG', '914403001922038216', '91330100799655058B', '91110000802100433B'];

const body = fc
  .tuple(
    fc.string({ unit: fc.constantFrom(...CHARACTERS), minLength: 2, maxLength: 2 }),
    fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 6, maxLength: 6 }),
    fc.string({ unit: fc.constantFrom(...CHARACTERS), minLength: 9, maxLength: 9 }),
  )
  .map((parts) => parts.join(''));

/** The codes that a body makes with each last character: which of them are right. */
const right = (text: string) => [...CHARACTERS].map((last) => text + last).filter(isCreditCode);

describe('a 统一社会信用代码', () => {
  test.each(KNOWN)('%s is one', (code) => {
    expect(isCreditCode(code)).toBe(true);
  });

  test('is made of any seventeen characters by exactly one last character', () => {
    fc.assert(
      fc.property(body, (text) => {
        expect(right(text)).toHaveLength(1);
      }),
    );
  });

  test('is none when one character is another, or two neighbours have changed places', () => {
    const places = fc.integer({ min: 8, max: 16 });
    fc.assert(
      fc.property(body, places, fc.constantFrom(...CHARACTERS), (text, place, other) => {
        const [code] = right(text) as [string];
        const wrong = code.slice(0, place) + other + code.slice(place + 1);
        expect(isCreditCode(wrong)).toBe(wrong === code);
        const swapped = code.slice(0, place) + code[place + 1] + code[place] + code.slice(place + 2);
        expect(isCreditCode(swapped)).toBe(swapped === code);
      }),
    );
  });

  test.each([
    '',
    '9144030071526726X',
    '9144030071526726XGG',
    '9I44030071526726XG',
    '91A4030071526726XG',
    '000000000000000',
  ])('%j is none', (text) => {
    expect(isCreditCode(text)).toBe(false);
  });

  test('is read from what people type', () => {
    expect(normalCreditCode(' 9144 0300 7152 6726xg ')).toBe('9144030071526726XG');
  });
});
