import { accept, type Refusal, type Result, refuse } from '../../platform/result.ts';

/** Months of the Beijing calendar, "2026-08", the first and the last that count. */
export interface Period {
  from: string;
  until: string;
}

const MOST_MONTHS = 120;

const monthsMalformed: Refusal = {
  code: 'PERIOD_MALFORMED',
  message: {
    zh: `from 和 until 须为“2026-08”形式的月份，from 不得晚于 until，且不超过 ${MOST_MONTHS} 个月。`,
    en: `from and until must be months like 2026-08, from not after until, and ${MOST_MONTHS} months at the most.`,
  },
  at: 'from',
};

/** Checks a period that a client asked for. Refusal: PERIOD_MALFORMED. */
export function periodOf(from: string, until: string): Result<Period> {
  const isMonth = (text: string) => /^20\d\d-(0[1-9]|1[0-2])$/.test(text);
  if (!isMonth(from) || !isMonth(until) || from > until) return refuse(monthsMalformed);
  return monthsOf({ from, until }).length > MOST_MONTHS ? refuse(monthsMalformed) : accept({ from, until });
}

/** The months of a period, in order. */
export function monthsOf({ from, until }: Period): string[] {
  const months: string[] = [];
  for (let month = from; month <= until; month = monthAfter(month)) months.push(month);
  return months;
}

function monthAfter(month: string): string {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
}
