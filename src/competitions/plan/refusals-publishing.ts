import type { Refusal } from '../../platform/result.ts';

// What keeps a plan from being published: told all together while it is a draft.

const refusal = (code: string, zh: string, en: string, at: string): Refusal => ({ code, message: { zh, en }, at });

/** Hundredths of a per cent, as people write them: 9950 is "99.5". */
const percent = (weight: number) => String(weight / 100);

export const weightsNotWhole = (at: string, sum: number): Refusal =>
  refusal(
    'WEIGHTS_NOT_WHOLE',
    `各项权重合计须为 100%，现为 ${percent(sum)}%。`,
    `All weights must add up to 100 %; now it is ${percent(sum)} %.`,
    at,
  );

export const stagesMissing = refusal(
  'STAGES_MISSING',
  '请至少设置一个赛段（决赛）。',
  'Plan at least one stage, the final.',
  'plan.stages',
);

export const stageDivision = (at: string): Refusal =>
  refusal(
    'STAGE_DIVISION',
    '设有组别时，每个赛段都须指明组别；未设组别时不填。',
    'With divisions every stage belongs to one; without, to none.',
    at,
  );

export const finalsNotOne = (division: string | undefined, count: number): Refusal =>
  refusal(
    'FINALS_NOT_ONE',
    `${division === undefined ? '竞赛' : `组别“${division}”`}须有且只有一个不再晋级的赛段，现有 ${count} 个。`,
    `${division === undefined ? 'The competition' : `The division ${division}`} needs one stage from which nobody goes on; it has ${count}.`,
    'plan.stages',
  );

export const finalRound = (at: string): Refusal =>
  refusal('FINAL_ROUND', '不再晋级的赛段须为决赛。', 'A stage from which nobody goes on is a final.', at);

export const parentOfOtherDivision = (at: string): Refusal =>
  refusal(
    'PARENT_OF_OTHER_DIVISION',
    '只能晋级到同一组别的赛段。',
    'A stage can feed into a stage of its own division only.',
    at,
  );

export const parentNotHigher = (at: string): Refusal =>
  refusal(
    'PARENT_NOT_HIGHER',
    '晋级到的赛段须为更高级别，或同级别的更后一轮。',
    'A stage feeds into one of a higher level, or into a later round of its own level.',
    at,
  );

export const unionOutsideParent = (at: string): Refusal =>
  refusal(
    'UNION_OUTSIDE_PARENT',
    '赛段的工会须为晋级到的赛段的工会或其下级工会。',
    'The union of a stage is that of the stage that it feeds into, or one below it.',
    at,
  );

export const firstStageRepeated = (at: string): Refusal =>
  refusal(
    'FIRST_STAGE_REPEATED',
    '同一组别在同一工会有两个起始赛段，无法确定参赛对象进入哪一个。请只保留一个。',
    'Two first stages of the division are of this union, so that nobody knows which one to enter. Keep one.',
    at,
  );

export const advanceMissing = (at: string): Refusal =>
  refusal('ADVANCE_MISSING', '请设置晋级规则。', 'Say who goes on from this stage.', at);

export const finalAdvances = (at: string): Refusal =>
  refusal(
    'FINAL_ADVANCES',
    '决赛之后没有赛段，不能设置晋级规则或外卡。',
    'Nothing follows a final: it has neither a rule for advancing nor wild cards.',
    at,
  );

export const stageBeforeEntry = (at: string): Refusal =>
  refusal(
    'TIMETABLE_OUT_OF_ORDER',
    '起始赛段须在报名截止之后开始。',
    'A first stage begins when entry has closed, or later.',
    at,
  );

export const stageBeforeHeat = (at: string, heat: string): Refusal =>
  refusal(
    'TIMETABLE_OUT_OF_ORDER',
    `赛段“${heat}”晋级到本赛段，本赛段不能在其结束之前开始。`,
    `${heat} feeds into this stage, which cannot begin before that has ended.`,
    at,
  );

export const changeAfterEnd = refusal(
  'TIMETABLE_OUT_OF_ORDER',
  '变更截止时间不能晚于最后一个赛段结束。',
  'Changes cannot be taken after the last stage has ended.',
  'plan.changeUntil',
);

export const placesOverlap = (at: string, other: string): Refusal =>
  refusal(
    'PLACES_OVERLAP',
    `名次与同一赛段的奖项“${other}”重叠，请改正。`,
    `These places overlap with those of the award ${other} of the same stage.`,
    at,
  );

export const pointsToNobody = (at: string): Refusal =>
  refusal(
    'POINTS_TO_NOBODY',
    '奖项发放积分须选择积分方案，且以团队或个人参赛。',
    'An award gives points where a programme is named and people enter, not firms.',
    at,
  );

export const skillOfNobody = (at: string): Refusal =>
  refusal(
    'SKILL_OF_NOBODY',
    '奖项晋升技能等级须在竞赛或组别中填写工种，且以团队或个人参赛。',
    'An award raises a skill level where the competition or division names a trade and people enter, not firms.',
    at,
  );

const yuan = (fen: number) => (fen / 100).toFixed(2).replace(/\B(?=(\d{3})+(?=\.))/g, ',');

/** Double check: what is paid is what was granted. Says both sums. */
export const subsidiesNotBudget = (subsidies: number, budget: number): Refusal =>
  refusal(
    'SUBSIDIES_NOT_BUDGET',
    `各奖项补助合计 ${yuan(subsidies)} 元，与预算 ${yuan(budget)} 元不符。请核对奖项或预算。`,
    `All subsidies add up to ${yuan(subsidies)} yuan, the budget is ${yuan(budget)} yuan. Check the awards or the budget.`,
    'plan.budgetFen',
  );
