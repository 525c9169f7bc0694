import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '../../../src/platform/clock.ts';
import { wholeYears } from '../../../src/rules/facts.ts';
import { anniversaryWithin, monthDaysKeptOn, yearOf } from '../../../src/rules/milestones/anniversary.ts';
import { bornForSchool } from '../../../src/rules/milestones/school-entry.ts';

const aDay = fc.integer({ min: 0, max: 60_000 }).map((number) => addDays('1940-01-01', number));

test.for([
  ['2027-02-28', [228, 229]],
  ['2027-03-01', [301]],
  ['2028-02-28', [228]],
  ['2028-02-29', [229]],
  ['2028-03-01', [301]],
  ['2100-02-28', [228, 229]],
  ['2026-12-31', [1231]],
] as const)('on %s the days %j of the year are kept', ([day, monthDays]) => {
  expect(monthDaysKeptOn(day)).toEqual(monthDays);
});

test('every date is kept on one day of a year, the one on which its years are full', () => {
  fc.assert(
    fc.property(aDay, fc.integer({ min: 1, max: 90 }), (date, years) => {
      const year = yearOf(date) + years;
      const found = anniversaryWithin(date, { from: `${year}-01-01`, until: `${year}-12-31` });
      const monthDay = Number(date.slice(5, 7)) * 100 + Number(date.slice(8));
      const kept = Array.from({ length: 366 }, (_, i) => addDays(`${year}-01-01`, i)).filter(
        (day) => yearOf(day) === year && monthDaysKeptOn(day).includes(monthDay),
      );
      expect(kept).toEqual([found?.day]);
      expect(found?.years).toBe(years);
      expect(wholeYears(date, found!.day)).toBe(years);
      expect(wholeYears(date, addDays(found!.day, -1))).toBe(years - 1);
    }),
    { numRuns: 50 },
  );
});

test('within any days an anniversary is found exactly when one of them is kept', () => {
  fc.assert(
    fc.property(aDay, aDay, fc.integer({ min: -1, max: 31 }), (date, from, length) => {
      const until = addDays(from, length);
      const days = Array.from({ length: length + 1 }, (_, i) => addDays(from, i));
      const kept = days.filter((day) => anniversaryWithin(date, { from: day, until: day }));
      expect(anniversaryWithin(date, { from, until })?.day).toBe(kept.at(-1));
    }),
    { numRuns: 200 },
  );
});

test('the day itself and what lies ahead are no anniversaries', () => {
  expect(anniversaryWithin('2026-08-03', { from: '2026-08-03', until: '2026-08-03' })).toBeUndefined();
  expect(anniversaryWithin('2030-08-03', { from: '2026-08-03', until: '2026-08-03' })).toBeUndefined();
});

test('children enter school in the year in which they are six by the 31st of August', () => {
  expect(bornForSchool(2026)).toEqual({ from: '2019-09-01', until: '2020-08-31' });
});
