import { describe, expect, test } from 'vitest';
import { isOpenAt, type OpeningText, openingText, readHours } from '../../../src/marketplace/outlets/opening-hours.ts';
import { refusal } from '../support.ts';

const on = (weekday: number, opens: string, closes: string): OpeningText => ({ weekday, opens, closes });

function read(...texts: OpeningText[]) {
  const hours = readHours(texts);
  if (!hours.ok) throw new Error(hours.refusal.code);
  return hours.value;
}

const refused = (...texts: OpeningText[]) => refusal(readHours(texts) as Parameters<typeof refusal>[0]);

// 2026-08-03 is a Monday.
const beijing = (text: string) => new Date(`${text}+08:00`);

describe('opening hours', () => {
  test('are open from the first minute until before the last, by the clock and the weekday of Beijing', () => {
    const hours = read(on(1, '09:00', '12:00'), on(1, '13:30', '21:00'));
    const open = (text: string) => isOpenAt(hours, beijing(text));
    expect(['08:59:59', '09:00', '11:59:59', '12:00', '13:30', '21:00'].map((at) => open(`2026-08-03T${at}`))).toEqual([
      false,
      true,
      true,
      false,
      true,
      false,
    ]);
    expect(open('2026-08-04T10:00')).toBe(false);
    expect(open('2026-08-10T10:00')).toBe(true);
  });

  test('go on after midnight, from Sunday into Monday too', () => {
    const hours = read(on(7, '18:00', '02:00'), on(5, '20:00', '24:00'));
    const open = (text: string) => isOpenAt(hours, beijing(text));
    expect(open('2026-08-09T23:59')).toBe(true);
    expect(open('2026-08-10T01:59')).toBe(true);
    expect(open('2026-08-10T02:00')).toBe(false);
    expect(open('2026-08-07T23:59')).toBe(true);
    expect(open('2026-08-08T00:00')).toBe(false);
  });

  test('are all day with the same time twice, and not known when there are none', () => {
    expect(isOpenAt(read(on(1, '00:00', '00:00')), beijing('2026-08-03T23:59'))).toBe(true);
    expect(isOpenAt([], beijing('2026-08-03T12:00'))).toBeNull();
  });

  test('are given back in the order of the week as they were written', () => {
    const week = [on(1, '00:00', '24:00'), on(2, '09:00', '12:00'), on(2, '14:00', '03:00'), on(7, '22:00', '24:00')];
    expect(read(...week.toReversed()).map(openingText)).toEqual(week);
  });

  test('are refused at the place that is wrong', () => {
    expect(refused(on(0, '09:00', '10:00'))).toBe('HOURS_MALFORMED at hours.0.weekday');
    expect(refused(on(1, '09:00', '10:00'), on(8, '09:00', '10:00'))).toBe('HOURS_MALFORMED at hours.1.weekday');
    expect(refused(on(1, '24:00', '10:00'))).toBe('HOURS_MALFORMED at hours.0.opens');
    for (const time of ['9:00', '24:01', '12:60', '', 'noon'])
      expect(refused(on(1, '08:00', time))).toBe('HOURS_MALFORMED at hours.0.closes');
    expect(refused(on(1, '09:00', '12:00'), on(1, '11:59', '13:00'))).toBe('HOURS_OVERLAP at hours.1');
    expect(refused(on(1, '00:00', '06:00'), on(7, '20:00', '00:01'))).toBe('HOURS_OVERLAP at hours.0');
    expect(refused(on(1, '20:00', '10:00'), on(2, '09:00', '12:00'))).toBe('HOURS_OVERLAP at hours.1');
    expect(refused(...Array.from({ length: 22 }, () => on(1, '09:00', '10:00')))).toBe('HOURS_OUT_OF_RANGE at hours');
  });
});
