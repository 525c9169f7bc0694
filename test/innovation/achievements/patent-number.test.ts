import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkDigit, readPatentNumber } from '../../../src/innovation/achievements/patent-number.ts';

const NOW = new Date('2026-03-01T02:00:00.000Z');
const read = (text: string) => readPatentNumber(text, NOW);

test('a number is read however it was typed, with ZL or as that of the application', () => {
  for (const text of [
    'ZL201710601862.3',
    'ZL 2017 1 0601862.3',
    'zl2017106018623',
    'ＺＬ　２０１７１０６０１８６２．３',
  ])
    expect(read(text)).toBe('ZL201710601862.3');
  expect(read('201710601862.3')).toBe('201710601862.3');
});

test('what can be no number is none: form, year, kind and check digit', () => {
  for (const text of ['', 'ZL', '专利号201710601862.3', 'ZL20171060186.3', 'ZL2017106018622.3', 'CN201710601862.3'])
    expect(read(text), text).toBeUndefined();
  expect(read('ZL201710601862.4')).toBeUndefined();
  expect(read(`ZL200210601862.${checkDigit('200210601862')}`)).toBeUndefined();
  expect(read(`ZL209910601862.${checkDigit('209910601862')}`)).toBeUndefined();
  expect(read(`ZL201740601862.${checkDigit('201740601862')}`)).toBeUndefined();
});

test('one wrong digit, or two neighbours exchanged, is noticed', () => {
  const digits = fc
    .tuple(fc.integer({ min: 2003, max: 2026 }), fc.constantFrom(1, 2, 3, 8, 9), fc.integer({ min: 0, max: 9_999_999 }))
    .map(([year, kind, serial]) => `${year}${kind}${String(serial).padStart(7, '0')}`);
  fc.assert(
    fc.property(digits, fc.nat(11), fc.integer({ min: 1, max: 9 }), (right, place, more) => {
      const check = checkDigit(right);
      expect(read(`ZL${right}.${check}`)).toBe(`ZL${right}.${check}`);
      const wrong = right.slice(0, place) + ((Number(right[place]) + more) % 10) + right.slice(place + 1);
      expect(read(`${wrong}.${check}`)).toBeUndefined();
      const exchanged = right.slice(0, place) + (right[place + 1] ?? '') + right[place] + right.slice(place + 2);
      // At the eighth place the weights begin anew, from nine to two, and that exchange shows as well.
      if (exchanged !== right) expect(read(`${exchanged}.${check}`)).toBeUndefined();
    }),
    { numRuns: 200 },
  );
});
