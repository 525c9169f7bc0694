import { registerEnumType } from 'type-graphql';
import type { AchievementState, Adoption } from '../achievement.entity.ts';
import type { Post } from '../author.entity.ts';
import type { Step } from '../step.entity.ts';

/** The words of achievements as GraphQL spells them; the values are those of the tables. */
export const AchievementStateWord = {
  DRAFT: 'draft',
  SUBMITTED: 'submitted',
  ELIGIBLE: 'eligible',
  RETURNED: 'returned',
  INELIGIBLE: 'ineligible',
  WITHDRAWN: 'withdrawn',
  LISTED: 'listed',
  HONOURED: 'honoured',
  NOT_HONOURED: 'not_honoured',
} as const satisfies Record<string, AchievementState>;

registerEnumType(AchievementStateWord, {
  name: 'AchievementState',
  description: 'How far an achievement is.',
  valuesConfig: {
    DRAFT: { description: '草稿: nobody else knows of it.' },
    SUBMITTED: { description: '已申报: waits for the check.' },
    ELIGIBLE: { description: '资格审查通过: will be, or is being, judged.' },
    RETURNED: { description: '退回补正: the last step says what is missing; complete it and submit it again.' },
    INELIGIBLE: { description: '资格审查未通过: the last step says why.' },
    WITHDRAWN: { description: '已撤回' },
    LISTED: { description: '公示中: on the provisional list of honours.' },
    HONOURED: { description: '已获奖' },
    NOT_HONOURED: { description: '未获奖' },
  },
});

export const AdoptionWord = {
  ADOPTED: 'adopted',
  TRIAL: 'trial',
  IN_USE: 'in_use',
} as const satisfies Record<string, Adoption>;

registerEnumType(AdoptionWord, {
  name: 'ProposalAdoption',
  description: 'How far a firm has taken a proposal up.',
  valuesConfig: {
    ADOPTED: { description: '已采纳' },
    TRIAL: { description: '试行中' },
    IN_USE: { description: '已应用: with the effect that was measured.' },
  },
});

export const PostWord = {
  WORKER: 'worker',
  PROFESSIONAL: 'professional',
} as const satisfies Record<string, Post>;

registerEnumType(PostWord, {
  name: 'AuthorPost',
  description: 'What an author works as; that of who declares it decides the group.',
  valuesConfig: {
    WORKER: { description: '一线职工' },
    PROFESSIONAL: { description: '专业技术人员' },
  },
});

export const StepWord = {
  SUBMITTED: 'submitted',
  RESUBMITTED: 'resubmitted',
  RETURNED: 'returned',
  ELIGIBLE: 'eligible',
  INELIGIBLE: 'ineligible',
  GROUP_CHANGED: 'group_changed',
  ADOPTION_CHANGED: 'adoption_changed',
  WITHDRAWN: 'withdrawn',
  LISTED: 'listed',
  UNLISTED: 'unlisted',
  HONOURED: 'honoured',
  NOT_HONOURED: 'not_honoured',
} as const satisfies Record<string, Step>;

registerEnumType(StepWord, {
  name: 'AchievementAction',
  description: 'What was done about an achievement.',
  valuesConfig: {
    SUBMITTED: { description: '申报' },
    RESUBMITTED: { description: '补正后重新申报' },
    RETURNED: { description: '退回补正' },
    ELIGIBLE: { description: '资格审查通过' },
    INELIGIBLE: { description: '资格审查未通过' },
    GROUP_CHANGED: { description: '调整组别' },
    ADOPTION_CHANGED: { description: '登记采纳情况' },
    WITHDRAWN: { description: '撤回' },
    LISTED: { description: '列入公示名单' },
    UNLISTED: { description: '移出公示名单' },
    HONOURED: { description: '获奖' },
    NOT_HONOURED: { description: '未获奖' },
  },
});
