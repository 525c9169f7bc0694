import type { Refusal } from '../../platform/result.ts';

export const placeOutOfRange: Refusal = {
  code: 'PLACE_OUT_OF_RANGE',
  message: {
    zh: '坐标须在中国范围内（纬度 3 至 54，经度 73 至 136，GCJ-02），请检查经纬度是否填反。',
    en: 'The place must lie in China (latitude 3 to 54, longitude 73 to 136, GCJ-02). Check that the two are not exchanged.',
  },
  at: 'place',
};

/** Three stretches for each day of the week. */
export const MOST_OPENINGS = 21;
export const tooManyHours: Refusal = {
  code: 'HOURS_OUT_OF_RANGE',
  message: {
    zh: `一周的营业时段不能超过 ${MOST_OPENINGS} 个。`,
    en: `A week has ${MOST_OPENINGS} stretches of opening hours at the most.`,
  },
  at: 'hours',
};

/** `at` is what cannot be read. */
export function hoursMalformed(at: string): Refusal {
  return {
    code: 'HOURS_MALFORMED',
    message: {
      zh: '星期须为 1（周一）至 7（周日），时间写作 09:00，打烊时间可写 24:00，次日打烊直接写次日时间。',
      en: 'The weekday is 1 (Monday) to 7 (Sunday) and a time is written 09:00; closing may be 24:00, or a time of the next day.',
    },
    at,
  };
}

/** `at` is the opening that begins while another lasts. */
export function hoursOverlap(at: string): Refusal {
  return {
    code: 'HOURS_OVERLAP',
    message: {
      zh: '营业时段与另一时段重叠，请合并或调整。',
      en: 'This stretch of opening hours overlaps another. Join them, or change one.',
    },
    at,
  };
}
