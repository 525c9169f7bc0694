import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addMonths, lastDayOfTerm, renewableFrom } from '../../../src/innovation/studios/naming/term.ts';
import { addDays } from '../../../src/platform/clock.ts';

test('a term ends on the day before the day of its beginning comes round', () => {
  expect(lastDayOfTerm('2026-03-16', 36)).toBe('2029-03-15');
  expect(lastDayOfTerm('2026-01-01', 12)).toBe('2026-12-31');
  expect(lastDayOfTerm('2026-08-31', 6)).toBe('2027-02-27');
  expect(lastDayOfTerm('2028-02-29', 12)).toBe('2029-02-27');
});

test('a name can be renewed from half a year before its end', () => {
  expect(renewableFrom('2029-03-15')).toBe('2028-09-15');
  expect(renewableFrom('2026-08-31')).toBe('2026-02-28');
});

test('months lead to the same date of a later month, or to its last day where that month is too short', () => {
  const day = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays('2000-01-01', days));
  fc.assert(
    fc.property(day, fc.integer({ min: -120, max: 120 }), (from, months) => {
      const to = addMonths(from, months);
      const monthOf = (text: string) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7));
      expect(monthOf(to) - monthOf(from)).toBe(months);
      const isLast = addDays(to, 1).endsWith('-01');
      expect(to.slice(8) === from.slice(8) || (isLast && to.slice(8) < from.slice(8))).toBe(true);
    }),
    { numRuns: 200 },
  );
});
