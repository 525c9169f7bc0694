import type { Refusal } from '../../platform/result.ts';

/** The longest reason of a correction, in characters; it stands on the member's statement. */
export const LONGEST_REASON = 300;
/** The largest hand adjustment, in either direction. */
export const LARGEST_ADJUSTMENT = 1_000_000;

export const reasonMalformed: Refusal = {
  code: 'REASON_MALFORMED',
  message: {
    zh: `请填写原因（1 至 ${LONGEST_REASON} 个字，不换行）；会员会在积分明细中看到它。`,
    en: `Give the reason in 1 to ${LONGEST_REASON} characters on one line; the member reads it on the statement.`,
  },
  at: 'reason',
};

export const eventRevoked: Refusal = {
  code: 'EVENT_REVOKED',
  message: {
    zh: '这条事件已经撤销，无需再次撤销。',
    en: 'This event has been revoked already; there is nothing left to take back.',
  },
  at: 'eventId',
};

/** Nobody decides on what is her own. */
export const ownAccount: Refusal = {
  code: 'OWN_ACCOUNT',
  message: {
    zh: '不能更正自己名下的积分，请由另一名管理员办理。',
    en: 'You cannot correct your own points. Ask another admin.',
  },
};

export const personNeeded: Refusal = {
  code: 'PERSON_NEEDED',
  message: {
    zh: '手工调整积分须由管理员本人登录办理，接口令牌不能代办。',
    en: 'Points are adjusted by hand by an admin who has signed in; an API token cannot do it.',
  },
};

export const memberHasLeft: Refusal = {
  code: 'MEMBER_LEFT',
  message: {
    zh: '这名会员已离开工会，不能再调整其积分。',
    en: 'This member has left the union; the points can no longer be adjusted.',
  },
  at: 'memberId',
};

export const pointsOutOfRange: Refusal = {
  code: 'POINTS_OUT_OF_RANGE',
  message: {
    zh: `调整的积分须为 1 至 ${LARGEST_ADJUSTMENT} 之间的整数，扣减时写成负数，不能为 0。`,
    en: `Adjust by 1 to ${LARGEST_ADJUSTMENT} points, written as a negative number to take them away, and never by 0.`,
  },
  at: 'points',
};

export const evidenceNeeded: Refusal = {
  code: 'EVIDENCE_NEEDED',
  message: {
    zh: '手工调整积分须附依据文件，请上传后重新提交。',
    en: 'A hand adjustment needs the document it rests on. Upload it and send this again.',
  },
  at: 'evidenceIds',
};

export const adjustmentOverBudget: Refusal = {
  code: 'OVER_BUDGET',
  message: {
    zh: '积分方案的预算不足，没有调整；请先追加预算，再重新办理。',
    en: "The programme's budget does not cover this and nothing was adjusted. Raise the budget, then do it again.",
  },
};

/** Also what an adjustment outside the caller's branch answers. */
export const adjustmentUnknown: Refusal = {
  code: 'ADJUSTMENT_UNKNOWN',
  message: {
    zh: '没有这项积分调整，或它不在您的管理范围内，请重新选择。',
    en: 'There is no such adjustment in your branch. Choose one from the list.',
  },
  at: 'adjustmentId',
};

export const adjustmentDecided: Refusal = {
  code: 'ADJUSTMENT_DECIDED',
  message: {
    zh: '这项积分调整已经入账或已被退回，不能再次处理；请刷新列表。',
    en: 'This adjustment has been posted or declined already. Refresh the list.',
  },
  at: 'adjustmentId',
};

export const secondPersonNeeded: Refusal = {
  code: 'SECOND_PERSON_NEEDED',
  message: {
    zh: '这项积分调整是您本人提出的，须由另一名管理员确认或退回。',
    en: 'You asked for this adjustment yourself; another admin must confirm or decline it.',
  },
  at: 'adjustmentId',
};
