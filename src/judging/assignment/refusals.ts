import type { Refusal } from '../../platform/result.ts';

/** A candidate who cannot be served: `left` judges may judge it where `needed` are. */
export const notEnoughJudges = (number: number, label: string, needed: number, left: number): Refusal => ({
  code: 'NOT_ENOUGH_JUDGES',
  message: {
    zh: `${number} 号“${label}”需要 ${needed} 名评委，能评的只有 ${left} 名（其余须回避、未接受邀请或不评这些指标）。请再邀请评委。`,
    en: `Candidate ${number}, "${label}", needs ${needed} judges, and only ${left} may judge it: others are in conflict, have not accepted or judge other criteria. Invite more.`,
  },
  at: 'panelId',
});

export const criterionUnjudged = (name: string): Refusal => ({
  code: 'NOT_ENOUGH_JUDGES',
  message: {
    zh: `没有评委评“${name}”这项指标。请邀请评委，或让已邀请的评委评这一项。`,
    en: `Nobody judges the criterion "${name}". Invite judges for it.`,
  },
  at: 'panelId',
});

export const criteriaOverlap = (judge: string, other: string): Refusal => ({
  code: 'CRITERIA_OVERLAP',
  message: {
    zh: `评委“${judge}”与“${other}”评的指标只有一部分相同。每名评委须与他人评完全相同或完全不同的指标，请调整后再分配。`,
    en: `The judges "${judge}" and "${other}" share only a part of their criteria. Two judges judge all the same or all different ones; put that right first.`,
  },
  at: 'panelId',
});

/** Found on opening: somebody became part of a candidate's firm after she was assigned. */
export const assignedInConflict = (judge: string, label: string): Refusal => ({
  code: 'JUDGE_IN_CONFLICT',
  message: {
    zh: `评委“${judge}”须回避“${label}”，但仍被分配评它。请重新分配评委。`,
    en: `The judge "${judge}" must not judge "${label}" but is assigned to it. Assign the judges anew.`,
  },
  at: 'panelId',
});

/** Found on closing. */
export const scoredInConflict = (judge: string, label: string): Refusal => ({
  code: 'CONFLICT_SCORED',
  message: {
    zh: `评委“${judge}”须回避“${label}”，但已为它评分。请先将该评分表作废。`,
    en: `The judge "${judge}" must not judge "${label}" but has scored it. Declare that sheet void first.`,
  },
  at: 'panelId',
});
