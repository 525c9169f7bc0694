import type { Refusal } from '../../../platform/result.ts';

const refusal = (code: string, zh: string, en: string, at = 'year'): Refusal => ({ code, message: { zh, en }, at });

export const yearNotToPlan = (year: number): Refusal =>
  refusal(
    'YEAR_NOT_TO_PLAN',
    `只能填报 ${year} 年或 ${year + 1} 年的计划。`,
    `A plan can be given for ${year} or ${year + 1} only.`,
  );

export const yearReported = refusal(
  'YEAR_REPORTED',
  '这一年度已提交总结，计划不能再改。',
  'The report of this year is given, so its plan is fixed.',
);

export const planMissing = refusal(
  'PLAN_MISSING',
  '这一年度没有计划，不能提交总结。请先填报计划。',
  'There is no plan of this year to report on. Give the plan first.',
);

export const yearNotBegun = refusal(
  'YEAR_NOT_BEGUN',
  '这一年度还没有开始，不能提交总结。',
  'This year has not begun, so there is nothing to report.',
);
