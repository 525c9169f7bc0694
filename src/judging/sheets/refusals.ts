import type { Refusal } from '../../platform/result.ts';
import { scoreInWords } from '../score.ts';

/** Also what a sheet of another judge answers. */
export const sheetUnknown: Refusal = {
  code: 'SHEET_UNKNOWN',
  message: {
    zh: '没有分配给您这个编号的评分表，请从您的列表中选择。',
    en: 'No score sheet of this number is yours. Choose one from your list.',
  },
  at: 'number',
};

export const sheetSubmitted: Refusal = {
  code: 'SHEET_SUBMITTED',
  message: {
    zh: '这张评分表已提交，不能再改；如有错误，请联系组织评审的工会。',
    en: 'This sheet was submitted and cannot be changed. If something is wrong, ask the union that runs the panel.',
  },
  at: 'number',
};

export const scoringClosed: Refusal = {
  code: 'SCORING_CLOSED',
  message: {
    zh: '评分未开始或已截止，不能评分；如需延长，请联系组织评审的工会。',
    en: 'Scoring has not begun or is over. If you need more time, ask the union that runs the panel.',
  },
  at: 'panelId',
};

export const judgeInConflict: Refusal = {
  code: 'JUDGE_IN_CONFLICT',
  message: {
    zh: '这个参评对象属于您本人所在或已声明回避的单位，您不能为它评分。',
    en: 'This candidate is of your own firm or of one that you declared a conflict with, so you cannot score it.',
  },
  at: 'number',
};

export const candidateWithdrawn: Refusal = {
  code: 'CANDIDATE_WITHDRAWN',
  message: { zh: '这个参评对象已退出，无需评分。', en: 'This candidate has withdrawn; there is nothing to score.' },
  at: 'number',
};

export const criterionUnknown = (index: number): Refusal => ({
  code: 'CRITERION_UNKNOWN',
  message: {
    zh: `第 ${index + 1} 项分数不是您评的指标，或同一指标填了两次。`,
    en: `Score ${index + 1} is for a criterion that you do not judge, or for one that came before.`,
  },
  at: `scores.${index}.criterion`,
});

/** The scale in thousandths. */
export const scoreOffScale = (at: string, name: string, scaleMin: number, scaleMax: number): Refusal => ({
  code: 'SCORE_OFF_SCALE',
  message: {
    zh: `“${name}”的分数须在 ${scoreInWords(scaleMin)} 至 ${scoreInWords(scaleMax)} 之间。`,
    en: `The score for "${name}" must lie between ${scoreInWords(scaleMin)} and ${scoreInWords(scaleMax)}.`,
  },
  at,
});

export const sheetIncomplete = (names: readonly string[]): Refusal => ({
  code: 'SHEET_INCOMPLETE',
  message: {
    zh: `还有指标没有打分：${names.join('、')}。请补全后提交。`,
    en: `Some criteria have no score yet: ${names.join(', ')}. Score them, then submit.`,
  },
  at: 'scores',
});

/** Also when there is none. */
export const sheetNotSubmitted: Refusal = {
  code: 'SHEET_NOT_SUBMITTED',
  message: {
    zh: '这名评委没有为这个编号提交评分表，或已经作废。',
    en: 'This judge has submitted no sheet for this number, or it is void already.',
  },
  at: 'number',
};

export const ownSheet: Refusal = {
  code: 'OWN_SHEET',
  message: {
    zh: '不能作废您本人的评分表，请由其他管理员办理。',
    en: 'You cannot declare a sheet of your own void. Have another admin do it.',
  },
  at: 'judgeId',
};
