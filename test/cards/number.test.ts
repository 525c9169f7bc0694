import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  checkDigit,
  isCardNumber,
  maskCardNumber,
  newCardNumbers,
  normaliseCardNumber,
} from '../../src/cards/number.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import { testDeps } from '../support/deps.ts';
import { PREFIX } from './world.ts';

const fifteen = fc.stringMatching(/^[0-9]{15}$/);

test('the check digit is that of the published examples', () => {
  expect(checkDigit('7992739871')).toBe('3');
  expect(checkDigit('411111111111111')).toBe('1');
});

test('any one digit mistyped is found', () => {
  fc.assert(
    fc.property(fifteen, fc.nat({ max: 15 }), fc.integer({ min: 1, max: 9 }), (digits, place, by) => {
      const number = digits + checkDigit(digits);
      expect(isCardNumber(number)).toBe(true);
      const wrong = (Number(number[place]) + by) % 10;
      expect(isCardNumber(number.slice(0, place) + wrong + number.slice(place + 1))).toBe(false);
    }),
  );
});

test('two neighbouring digits that were swapped are found, but for 09 and 90', () => {
  fc.assert(
    fc.property(fifteen, fc.nat({ max: 14 }), (digits, place) => {
      const number = digits + checkDigit(digits);
      const [a, b] = [number[place]!, number[place + 1]!];
      fc.pre(a !== b && a + b !== '09' && a + b !== '90');
      expect(isCardNumber(number.slice(0, place) + b + a + number.slice(place + 2))).toBe(false);
    }),
  );
});

test('numbers have the prefix and a right check digit, all differ, and none can be told from the one before', async () => {
  const { db } = await testDeps();
  const numbers = await inTransaction(db, (tx) => newCardNumbers(tx, PREFIX, 5000));
  expect(new Set(numbers).size).toBe(5000);
  expect(numbers.every((number) => number.startsWith(PREFIX) && isCardNumber(number))).toBe(true);
  const steps = numbers.slice(1).map((number, i) => BigInt(number) - BigInt(numbers[i]!));
  expect(new Set(steps).size).toBeGreaterThan(4900);
  expect(steps.filter((step) => step > 0n).length).toBeGreaterThan(2000);
  expect(steps.filter((step) => step < 0n).length).toBeGreaterThan(2000);
});

test('a number is found however it is typed, and shown with its middle hidden', () => {
  expect(normaliseCardNumber(' 8888 0012-3456 ７897')).toBe('8888001234567897');
  expect(maskCardNumber('8888001234567897')).toBe('888800******7897');
});
