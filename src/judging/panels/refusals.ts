import type { Message, Refusal } from '../../platform/result.ts';
import { FARTHEST, MOST_CRITERIA, WHOLE } from '../limits.ts';

/** Also what a panel of another branch answers, and one of which the caller is no judge. */
export const panelUnknown: Refusal = {
  code: 'PANEL_UNKNOWN',
  message: {
    zh: '没有这个评审组，或您无权处理它，请重新选择。',
    en: 'There is no such panel, or it is not yours to deal with. Choose one from the list.',
  },
  at: 'panelId',
};

export const panelNotPreparing: Refusal = {
  code: 'PANEL_NOT_PREPARING',
  message: {
    zh: '评分已经开始，评审组的指标和规则不能再改。',
    en: 'Scoring has begun: the criteria and rules of this panel are fixed.',
  },
  at: 'panelId',
};

export const panelNotScoring: Refusal = {
  code: 'PANEL_NOT_SCORING',
  message: {
    zh: '这个评审组不在评分中，请刷新后查看其状态。',
    en: 'This panel is not scoring now. Refresh to see how far it is.',
  },
  at: 'panelId',
};

export const panelClosed: Refusal = {
  code: 'PANEL_CLOSED',
  message: {
    zh: '评分已结束，不能再调整评委和分配；如需补评，请先重新开放评分。',
    en: 'Scoring is over: judges and assignments are fixed. If something has to be scored again, open scoring anew first.',
  },
  at: 'panelId',
};

/** A job is at something that concerns all its candidates. */
export const panelBusy: Refusal = {
  code: 'PANEL_BUSY',
  message: {
    zh: '后台正在为这个评审组录入参评对象、分配评委或排名，暂不能操作，请几分钟后再试。',
    en: 'Candidates are being added to this panel, assigned or ranked in the background. Try again in a few minutes.',
  },
  at: 'panelId',
};

export const textLength = (at: string, most: number): Refusal => ({
  code: 'TEXT_LENGTH',
  message: {
    zh: `这里须为 1 至 ${most} 个字，不换行，首尾没有空格。`,
    en: `This must be one line of 1 to ${most} characters without a space at either end.`,
  },
  at,
});

export const textTooLong = (at: string, most: number): Refusal => ({
  code: 'TEXT_LENGTH',
  message: { zh: `这里最多 ${most} 个字。`, en: `This may have ${most} characters at the most.` },
  at,
});

export const numberOutOfRange = (at: string, least: number, most: number): Refusal => ({
  code: 'NUMBER_OUT_OF_RANGE',
  message: { zh: `这里须为 ${least} 至 ${most} 的整数。`, en: `This must be a whole number from ${least} to ${most}.` },
  at,
});

export const criteriaCount: Refusal = {
  code: 'CRITERIA_COUNT',
  message: {
    zh: `评审组须有 1 至 ${MOST_CRITERIA} 项指标。`,
    en: `A panel has 1 to ${MOST_CRITERIA} criteria.`,
  },
  at: 'terms.criteria',
};

export const criterionRepeated = (index: number, name: string): Refusal => ({
  code: 'CRITERION_REPEATED',
  message: {
    zh: `指标“${name}”出现了两次，请改名或去掉一项。`,
    en: `There are two criteria called "${name}". Rename one or leave it out.`,
  },
  at: `terms.criteria.${index}.name`,
});

export const scaleMalformed = (index: number, name: string): Refusal => ({
  code: 'SCALE_MALFORMED',
  message: {
    zh: `指标“${name}”的分值范围不对：最低分须小于最高分，且都在 ±${FARTHEST / 1000} 之内。`,
    en: `The scale of "${name}" is wrong: its least must lie below its most, both within ±${FARTHEST / 1000}.`,
  },
  at: `terms.criteria.${index}.scaleMin`,
});

export const weightsNotWhole = (sum: number): Refusal => ({
  code: 'WEIGHTS_NOT_WHOLE',
  message: {
    zh: `各项指标的权重合计为 ${sum / 100}%，须为 ${WHOLE / 100}%。请调整权重后再开始评分。`,
    en: `The weights of the criteria make ${sum / 100} %, not ${WHOLE / 100} %. Put them right before scoring begins.`,
  },
  at: 'terms.criteria',
});

export const tieBreakMalformed = (index: number): Refusal => ({
  code: 'TIE_BREAK_MALFORMED',
  message: {
    zh: `第 ${index + 1} 条同分规则无效：指标须是本评审组的指标，每条规则只能列一次。`,
    en: `Tie-break ${index + 1} is not valid: it must name a criterion of this panel, and none may be listed twice.`,
  },
  at: `terms.tieBreaks.${index}`,
});

export const deadlineMissing: Refusal = {
  code: 'DEADLINE_MISSING',
  message: {
    zh: '还没有设定评分截止时间，请先设定。',
    en: 'No end of scoring is set. Set it first.',
  },
  at: 'terms.scoreUntil',
};

export const deadlineOver = (at: string): Refusal => ({
  code: 'DEADLINE_OVER',
  message: {
    zh: '评分截止时间须晚于现在，请重新设定。',
    en: 'The end of scoring must lie in the future. Set another.',
  },
  at,
});

export const candidatesMissing: Refusal = {
  code: 'CANDIDATES_MISSING',
  message: {
    zh: '评审组里还没有参评对象，不能开始评分。',
    en: 'This panel has no candidates yet, so scoring cannot begin.',
  },
  at: 'panelId',
};

/** `numbers` are the first few of those that lack scores. */
export const scoresMissing = (lacking: number, numbers: readonly number[]): Refusal => {
  const list = numbers.join(', ') + (lacking > numbers.length ? ' …' : '');
  const message: Message = {
    zh: `还有 ${lacking} 个参评对象的评分不齐（编号 ${list}）。请等评委提交、导入客观分，或延长评分、重新分配评委。`,
    en: `${lacking} candidates lack scores (numbers ${list}). Wait for the judges, import objective scores, give more time, or assign judges anew.`,
  };
  return { code: 'SCORES_MISSING', message, at: 'panelId' };
};
