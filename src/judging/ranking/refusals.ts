import type { Refusal } from '../../platform/result.ts';

export const panelNotClosed: Refusal = {
  code: 'PANEL_NOT_CLOSED',
  message: {
    zh: '评分还没有结束，不能排名。请先结束评分。',
    en: 'Scoring is not over, so there is no ranking yet. Close the scoring first.',
  },
  at: 'panelId',
};

export const rankingFinal: Refusal = {
  code: 'RANKING_FINAL',
  message: {
    zh: '排名已最终确定：不能再作废评分、重新评分、导入成绩或产生新的版本。',
    en: 'The ranking is final: no sheet can be declared void, nothing scored or imported again, and no other version made.',
  },
  at: 'panelId',
};
