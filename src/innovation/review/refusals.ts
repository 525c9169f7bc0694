import type { Refusal } from '../../platform/result.ts';

const refusal = (code: string, zh: string, en: string, at = 'categoryId'): Refusal => ({
  code,
  message: { zh, en },
  at,
});

/** Also what a category outside the caller's branch answers. */
export const categoryUnknown = refusal(
  'CATEGORY_UNKNOWN',
  '没有这个类别，或它不在您的管理范围内，请重新选择。',
  'There is no such category in your branch. Choose one from the list.',
);

export const seasonNotOpened = refusal(
  'SEASON_DRAFT',
  '本届评选尚未开放申报，不能开始评审。',
  'The season was not opened for declarations yet, so there is nothing to review.',
  'seasonId',
);

export const reviewBegun = refusal(
  'REVIEW_BEGUN',
  '本届评审已经开始，无需重复开始。',
  'The review of this season has begun already.',
  'seasonId',
);

export const declarationsStillOpen = (until: string): Refusal =>
  refusal(
    'DECLARATIONS_STILL_OPEN',
    `申报要到 ${until} 才截止，请在此之后开始评审。`,
    `Achievements are declared until ${until}. Open the review after that.`,
    'seasonId',
  );

export const checksWaiting = (count: number): Refusal =>
  refusal(
    'CHECKS_WAITING',
    `还有 ${count} 项成果等待资格审查，请审查完毕再开始评审。`,
    `${count} achievements wait for their check. Finish the checks before the review.`,
    'seasonId',
  );

export const achievementsMissing = refusal(
  'ACHIEVEMENTS_MISSING',
  '没有通过资格审查的成果，不能开始评审。',
  'No achievement passed its check, so there is nothing to review.',
  'seasonId',
);

export const categoryNotOpen = refusal(
  'CATEGORY_NOT_OPEN',
  '这个类别不在待评分状态，请刷新后查看其进展。',
  'This category does not wait for its scoring to begin. Refresh to see how far it is.',
);

export const categoryNotScoring = refusal(
  'CATEGORY_NOT_SCORING',
  '这个类别不在评分中，请刷新后查看其进展。',
  'This category is not being scored. Refresh to see how far it is.',
);

export const categoryNotRanked = refusal(
  'CATEGORY_NOT_RANKED',
  '这个类别还没有名次，不能更正。请先结束评分。',
  'This category has no ranking yet that could be corrected. End its scoring first.',
);

export const expertsMissing = refusal(
  'EXPERTS_MISSING',
  '专家库中没有可邀请的本类别领域专家：请先登记专家，或他们都已在评审组中。',
  'No expert of these fields is left to invite: register some first, unless all are on the panel already.',
);

export const candidateUnknown = refusal(
  'ACHIEVEMENT_UNKNOWN',
  '评审中没有这项成果，或已被取消，请重新选择。',
  'No such achievement is being reviewed, or it was struck already. Choose one from the list.',
  'achievementId',
);

export const ownAchievement = refusal(
  'OWN_ACHIEVEMENT',
  '您本人是这项成果的完成人，不能自己处理，请由其他管理员处理。',
  'You are an author of this achievement yourself. Let another admin decide on it.',
  'achievementId',
);
