import type { Refusal } from '../../platform/result.ts';
import { LONGEST_REASON, MOST_DRAFTS, MOST_MISSING } from './limits.ts';

const refusal = (code: string, zh: string, en: string, at?: string): Refusal => ({
  code,
  message: { zh, en },
  ...(at !== undefined && { at }),
});

/** Also what somebody else's draft answers, and an achievement outside the caller's branch. */
export const achievementUnknown = refusal(
  'ACHIEVEMENT_UNKNOWN',
  '没有这项成果，或它不在您的范围内，请重新选择。',
  'There is no such achievement of yours. Choose one from the list.',
  'achievementId',
);

// When and where it can be declared.

export const seasonClosed = refusal(
  'SEASON_CLOSED',
  '本届评选现在不接受申报，请核对申报时间，或选择正在申报的评选。',
  'The season takes no declarations now. Look at its times, or choose one that does.',
  'seasonId',
);

export const categoryMissing = refusal(
  'CATEGORY_MISSING',
  '本届评选不设这个种类、组别和领域的类别，请核对种类和领域。',
  'The season has no category for this kind, group and field. Check the kind and the field.',
  'kind',
);

export const draftsTooMany = refusal(
  'DRAFTS_TOO_MANY',
  `您已有 ${MOST_DRAFTS} 项未提交的草稿，请先提交或撤回不需要的。`,
  `You have ${MOST_DRAFTS} drafts. Submit some, or withdraw those that you do not need.`,
);

export const achievementFixed = refusal(
  'ACHIEVEMENT_FIXED',
  '成果已提交，只有草稿和被退回的成果可以修改和提交。',
  'Only a draft, or what was returned, can be changed and submitted.',
  'achievementId',
);

export const completionClosed = refusal(
  'COMPLETION_CLOSED',
  '本届评选已开始评审，不能再补正。',
  'The review of the season has begun: nothing can be completed any more.',
  'achievementId',
);

export const notWithdrawable = refusal(
  'NOT_WITHDRAWABLE',
  '这项成果已撤回、未通过资格审查或已进入评审，不能撤回。',
  'It was withdrawn, is not eligible, or is being reviewed, and cannot be withdrawn.',
  'achievementId',
);

// The check.

export const personNeeded = refusal(
  'PERSON_NEEDED',
  '接口凭证不能审查成果，请由审查人员登录后办理。',
  'An API token cannot check achievements. A person has to sign in and do it.',
);

export const ownAchievement = refusal(
  'OWN_ACHIEVEMENT',
  '这是您本人的成果，请由其他人员审查。',
  'You are an author of this achievement. Have somebody else check it.',
  'achievementId',
);

export const notWaiting = refusal(
  'ACHIEVEMENT_CHECKED',
  '这项成果不在待审查状态，请刷新列表。',
  'This achievement does not wait for a check any more. Refresh the list.',
  'achievementId',
);

export const checkClosed = refusal(
  'CHECK_CLOSED',
  '本届评选已开始评审，不能再审查或调整。',
  'The review of the season has begun: checks are over.',
  'achievementId',
);

export const missingMalformed = (at: string): Refusal =>
  refusal(
    'MISSING_MALFORMED',
    `请写明缺少什么：1 至 ${MOST_MISSING} 条，每条 1 至 ${LONGEST_REASON} 个字，不换行。`,
    `Say what is missing: 1 to ${MOST_MISSING} lines of 1 to ${LONGEST_REASON} characters each.`,
    at,
  );

export const reasonMissing = refusal(
  'REASON_MISSING',
  `请写明理由（1 至 ${LONGEST_REASON} 个字），申报人会看到它。`,
  `Give the reason in 1 to ${LONGEST_REASON} characters; who declared it will read it.`,
  'reason',
);

export const groupUnchanged = refusal(
  'GROUP_UNCHANGED',
  '成果已在这个组别。',
  'The achievement is in this group already.',
  'group',
);

export const notAdoptable = refusal(
  'ADOPTION_OF_NO_PROPOSAL',
  '只有已提交的合理化建议可以登记采纳情况。',
  'Only a proposal that was submitted is adopted.',
  'achievementId',
);

export const adoptionBackwards = refusal(
  'ADOPTION_BACKWARDS',
  '采纳情况只能由采纳到试行、再到应用，不能退回。',
  'A proposal is adopted, then tried, then used, and never goes back.',
  'adoption',
);
