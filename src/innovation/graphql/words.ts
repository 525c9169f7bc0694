import { registerEnumType } from 'type-graphql';
import type { AchievementGroup, AchievementKind } from '../kinds.ts';

/** The words of innovation that several parts of it use, as GraphQL spells them; the values are those of the tables. */
export const AchievementKindWord = {
  TECHNICAL: 'technical',
  TECHNIQUE: 'technique',
  METHOD: 'method',
  PROPOSAL: 'proposal',
  PATENT: 'patent',
  IMPROVEMENT: 'improvement',
} as const satisfies Record<string, AchievementKind>;

registerEnumType(AchievementKindWord, {
  name: 'AchievementKind',
  description: 'What is declared.',
  valuesConfig: {
    TECHNICAL: { description: '技术成果' },
    TECHNIQUE: { description: '绝招绝技绝活' },
    METHOD: { description: '先进操作法' },
    PROPOSAL: { description: '合理化建议' },
    PATENT: { description: '专利' },
    IMPROVEMENT: { description: '改进' },
  },
});

export const AchievementGroupWord = {
  WORKERS: 'workers',
  PROFESSIONALS: 'professionals',
} as const satisfies Record<string, AchievementGroup>;

registerEnumType(AchievementGroupWord, {
  name: 'AchievementGroup',
  description: 'With whom an achievement is compared.',
  valuesConfig: {
    WORKERS: { description: '职工组: front-line workers.' },
    PROFESSIONALS: { description: '专业技术人员组: full-time engineers and the like.' },
  },
});
