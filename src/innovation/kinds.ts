/** What can be declared: 技术成果, 绝招绝技绝活, 先进操作法, 合理化建议, 专利, 改进. */
export const ACHIEVEMENT_KINDS = ['technical', 'technique', 'method', 'proposal', 'patent', 'improvement'] as const;
export type AchievementKind = (typeof ACHIEVEMENT_KINDS)[number];

/** 职工组, 专业技术人员组: so that front-line workers are not judged against full-time engineers. */
export const ACHIEVEMENT_GROUPS = ['workers', 'professionals'] as const;
export type AchievementGroup = (typeof ACHIEVEMENT_GROUPS)[number];
