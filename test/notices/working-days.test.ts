import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addWorkingDays, hasCalendar, isWorkingDay, workingDayOnOrBefore } from '../../src/notices/working-days.ts';
import { addDays } from '../../src/platform/clock.ts';

/** Which of the days from one to another are working days. */
function workingDays(from: string, to: string): string[] {
  const days: string[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) if (isWorkingDay(day)) days.push(day.slice(5));
  return days;
}

describe('the calendar of 2026, as the State Council announced it', () => {
  test('the Spring Festival rests from 02-15 to 02-23, and the Saturdays 02-14 and 02-28 make up for it', () => {
    expect(workingDays('2026-02-12', '2026-03-01')).toEqual([
      ...['02-12', '02-13', '02-14', '02-24', '02-25', '02-26', '02-27', '02-28'],
    ]);
    expect(addWorkingDays('2026-02-12', 2)).toBe('2026-02-14');
    expect(addWorkingDays('2026-02-13', 2)).toBe('2026-02-24');
    expect(addWorkingDays('2026-02-18', 5)).toBe('2026-02-28');
    expect(addWorkingDays('2026-02-27', 2)).toBe('2026-03-02');
  });

  test('Mid-autumn and National Day rest, and Sunday 09-20 and Saturday 10-10 make up for them', () => {
    expect(workingDays('2026-09-19', '2026-10-12')).toEqual([
      ...['09-20', '09-21', '09-22', '09-23', '09-24', '09-28', '09-29', '09-30'],
      ...['10-08', '10-09', '10-10', '10-12'],
    ]);
    expect(addWorkingDays('2026-09-30', 1)).toBe('2026-10-08');
    expect(addWorkingDays('2026-10-01', 4)).toBe('2026-10-12');
  });

  test('the working day on or before a rest day may be one that makes up for it', () => {
    expect(workingDayOnOrBefore('2026-08-15')).toBe('2026-08-14');
    expect(workingDayOnOrBefore('2026-05-15')).toBe('2026-05-15');
    expect(workingDayOnOrBefore('2026-02-20')).toBe('2026-02-14');
    expect(workingDayOnOrBefore('2026-10-07')).toBe('2026-09-30');
  });
});

test('in a year that is not announced yet Monday to Friday count, and that it is not can be told', () => {
  expect([hasCalendar(2026), hasCalendar(2025), hasCalendar(2099)]).toEqual([true, true, false]);
  expect(workingDays('2099-09-30', '2099-10-06')).toEqual(['09-30', '10-01', '10-02', '10-05', '10-06']);
});

test('the days are those of Beijing, whatever the time zone of the machine', () => {
  const here = process.env.TZ;
  try {
    for (const zone of ['America/Los_Angeles', 'Asia/Shanghai', 'Pacific/Kiritimati']) {
      process.env.TZ = zone;
      expect(Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(zone);
      expect(workingDays('2026-02-13', '2026-02-24')).toEqual(['02-13', '02-14', '02-24']);
      expect(addWorkingDays('2026-10-06', 1)).toBe('2026-10-08');
    }
  } finally {
    process.env.TZ = here;
  }
});

test('adding working days counts just so many, and one after the other is the same as all at once', () => {
  const day = fc.integer({ min: 0, max: 3 * 365 }).map((days) => addDays('2024-06-01', days));
  const count = fc.integer({ min: 0, max: 30 });
  fc.assert(
    fc.property(day, count, count, (from, n, more) => {
      const to = addWorkingDays(from, n);
      expect(workingDays(addDays(from, 1), to)).toHaveLength(n);
      expect(n === 0 ? from : workingDayOnOrBefore(to)).toBe(to);
      expect(addWorkingDays(to, more)).toBe(addWorkingDays(from, n + more));
      const before = workingDayOnOrBefore(from);
      expect(workingDays(before, from)).toEqual([before.slice(5)]);
    }),
    { numRuns: 200 },
  );
});
