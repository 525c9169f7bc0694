import { registerEnumType } from 'type-graphql';
import type { CategoryState } from '../category.entity.ts';
import type { SeasonState } from '../season.entity.ts';

/** The words of seasons as GraphQL spells them; the values are those of the tables. */
export const SeasonStateWord = {
  DRAFT: 'draft',
  OPEN: 'open',
  REVIEWING: 'reviewing',
  IN_NOTICE: 'in_notice',
  FINAL: 'final',
  CANCELLED: 'cancelled',
} as const satisfies Record<string, SeasonState>;

registerEnumType(SeasonStateWord, {
  name: 'SeasonState',
  description: 'How far a season is.',
  valuesConfig: {
    DRAFT: { description: '草稿: only admins see it, and can change all of its plan.' },
    OPEN: { description: '已开放: achievements are declared between `declareFrom` and `declareUntil`, and checked.' },
    REVIEWING: { description: '评审中' },
    IN_NOTICE: { description: '公示中: the list of honours is in public view.' },
    FINAL: { description: '已生效: honours are given.' },
    CANCELLED: { description: '已取消: called off, for a reason.' },
  },
});

export const CategoryStateWord = {
  PLANNED: 'planned',
  OPEN: 'open',
  SCORING: 'scoring',
  RANKED: 'ranked',
  LISTED: 'listed',
} as const satisfies Record<string, CategoryState>;

registerEnumType(CategoryStateWord, {
  name: 'SeasonCategoryState',
  description: 'How far the review of a category is.',
  valuesConfig: {
    PLANNED: { description: '未开始, or nothing is reviewed in it.' },
    OPEN: { description: '待评分: its panel is made; invite and assign judges.' },
    SCORING: { description: '评分中' },
    RANKED: { description: '已排名: the list of honours does not have this ranking yet.' },
    LISTED: { description: '已列入名单' },
  },
});
