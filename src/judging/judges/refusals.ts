import type { Refusal } from '../../platform/result.ts';
import { LONGEST_REASON, MOST_CONFLICTS, MOST_JUDGES } from '../limits.ts';

/** Also what a judge of another branch's panel answers. */
export const judgeUnknown: Refusal = {
  code: 'JUDGE_UNKNOWN',
  message: {
    zh: '没有这名评委，或您无权处理，请重新选择。',
    en: 'There is no such judge, or she is not yours to deal with. Choose one from the list.',
  },
  at: 'judgeId',
};

/** Also what an account answers that exists but may not score in this branch. */
export const judgeUnfit: Refusal = {
  code: 'JUDGE_UNFIT',
  message: {
    zh: '该账号在这个工会没有评分权限或已停用。请从可邀请的评委中选择，或请管理员先授予“评委”角色。',
    en: 'This account may not score in this union or is disabled. Choose one who can be invited, or have the role of a judge granted first.',
  },
  at: 'adminId',
};

export const judgeOnPanel: Refusal = {
  code: 'JUDGE_ON_PANEL',
  message: {
    zh: '该评委已受邀或已在评审组中，无需再次邀请。',
    en: 'This judge is invited already or on the panel.',
  },
  at: 'adminId',
};

export const judgesTooMany: Refusal = {
  code: 'JUDGES_TOO_MANY',
  message: {
    zh: `一个评审组最多 ${MOST_JUDGES} 名评委。`,
    en: `A panel has ${MOST_JUDGES} judges at the most.`,
  },
  at: 'panelId',
};

export const criteriaUnfit: Refusal = {
  code: 'CRITERIA_UNFIT',
  message: {
    zh: '请选择本评审组中由评委打分的指标，每项一次；全部都评则不选。',
    en: 'Choose criteria of this panel that are judged, each once, or none for all of them.',
  },
  at: 'criteria',
};

export const criteriaFixed: Refusal = {
  code: 'CRITERIA_FIXED',
  message: {
    zh: '评分已经开始，重新加入的评委只能评原来的指标。',
    en: 'Scoring has begun: a judge who comes back judges the criteria that she had.',
  },
  at: 'criteria',
};

export const invitationSettled: Refusal = {
  code: 'INVITATION_SETTLED',
  message: {
    zh: '您已答复过这次邀请，或已退出评审组，无需再答复。',
    en: 'You have answered this invitation already, or are not of the panel any more.',
  },
  at: 'panelId',
};

export const judgeGone: Refusal = {
  code: 'JUDGE_GONE',
  message: {
    zh: '该评委已谢绝或已退出评审组。',
    en: 'This judge has declined or is not of the panel any more.',
  },
  at: 'judgeId',
};

/** For an API token. */
export const personNeeded: Refusal = {
  code: 'PERSON_NEEDED',
  message: {
    zh: '接口凭证不能办理评审事项，请由本人登录后办理。',
    en: 'An API token cannot do this. A person has to sign in and do it.',
  },
};

export const reasonMissing: Refusal = {
  code: 'REASON_MISSING',
  message: {
    zh: `请填写原因（1 至 ${LONGEST_REASON} 个字）。`,
    en: `Give the reason in 1 to ${LONGEST_REASON} characters.`,
  },
  at: 'reason',
};

export const conflictTarget: Refusal = {
  code: 'CONFLICT_TARGET',
  message: {
    zh: '请选择要回避的单位，或填写要回避的参评编号，两者选一。',
    en: 'Name either the firm that you cannot judge or the number of a candidate, not both.',
  },
  at: 'unionId',
};

/** Also what a union beyond the panel's branch answers. */
export const conflictUnionUnknown: Refusal = {
  code: 'UNION_UNKNOWN',
  message: {
    zh: '这个评审组的范围内没有该单位，请重新选择。',
    en: 'There is no such union in the branch of this panel. Choose one from the list.',
  },
  at: 'unionId',
};

export const conflictsTooMany: Refusal = {
  code: 'CONFLICTS_TOO_MANY',
  message: {
    zh: `一名评委最多声明 ${MOST_CONFLICTS} 个回避单位；须回避更多时，请退出评审组。`,
    en: `A judge declares ${MOST_CONFLICTS} conflicts at the most. Who has more should not be on the panel.`,
  },
  at: 'unionId',
};
