import type { Refusal } from '../../platform/result.ts';

// What keeps a plan from being opened for declarations: told all together while it is a draft.

const refusal = (code: string, zh: string, en: string, at: string): Refusal => ({ code, message: { zh, en }, at });

/** Hundredths of a per cent, as people write them: 9950 is "99.5". */
const percent = (weight: number) => String(weight / 100);

export const categoriesMissing = refusal(
  'CATEGORIES_MISSING',
  '请至少设置一个类别。',
  'Plan at least one category.',
  'plan.categories',
);

export const categoryCovered = (at: string, other: string): Refusal =>
  refusal(
    'CATEGORY_COVERED',
    `本类别的成果都已归入前面的类别（如“${other}”），无成果可归入本类别。请修改种类、组别或领域，或调整顺序。`,
    `Categories before this one, such as ${other}, take all that it would take. Change its kind, group or fields, or the order.`,
    at,
  );

export const weightsNotWhole = (at: string, sum: number): Refusal =>
  refusal(
    'WEIGHTS_NOT_WHOLE',
    `各项权重合计须为 100%，现为 ${percent(sum)}%。`,
    `All weights must add up to 100 %; now it is ${percent(sum)} %.`,
    at,
  );

/** Says both sums. */
export const gradesNotHonours = (at: string, places: number, honours: number): Refusal =>
  refusal(
    'GRADES_NOT_HONOURS',
    `各等级名额合计 ${places} 项，与本类别名额 ${honours} 项不符，请核对。`,
    `The places of all grades make ${places}, the honours of the category are ${honours}. Check them.`,
    at,
  );

export const reservesBeyondHonours = (at: string, kept: number, honours: number): Refusal =>
  refusal(
    'RESERVES_BEYOND_HONOURS',
    `保留名额合计 ${kept} 项，超过本类别名额 ${honours} 项，请减少。`,
    `All reserves together keep ${kept} honours, and the category has ${honours}. Keep fewer.`,
    at,
  );

export const pointsOfNoProgramme = (at: string): Refusal =>
  refusal(
    'POINTS_TO_NOBODY',
    '等级发放积分须先选择积分方案。',
    'A grade gives points where the season names a programme.',
    at,
  );
