import { registerEnumType } from 'type-graphql';
import type { CompetitionState, Entrant } from '../competition.entity.ts';
import type { Advance, StageLevel, StageRound, StageState } from '../stage.entity.ts';

/** The words of competitions as GraphQL spells them; the values are those of the tables. */
export const CompetitionStateWord = {
  DRAFT: 'draft',
  PUBLISHED: 'published',
  RUNNING: 'running',
  FINISHED: 'finished',
  CANCELLED: 'cancelled',
} as const satisfies Record<string, CompetitionState>;

registerEnumType(CompetitionStateWord, {
  name: 'CompetitionState',
  description: 'How far a competition is.',
  valuesConfig: {
    DRAFT: { description: '草稿: only admins see it, and can change all of its plan.' },
    PUBLISHED: { description: '已发布: its plan is fixed; it is entered between `entryFrom` and `entryUntil`.' },
    RUNNING: { description: '进行中: a stage was opened.' },
    FINISHED: { description: '已结束: all results are final.' },
    CANCELLED: { description: '已取消: called off, for a reason.' },
  },
});

export const EntrantWord = {
  FIRM: 'firm',
  TEAM: 'team',
  INDIVIDUAL: 'individual',
} as const satisfies Record<string, Entrant>;

registerEnumType(EntrantWord, {
  name: 'Entrant',
  description: 'Who enters a competition, and is ranked.',
  valuesConfig: {
    FIRM: { description: '企业: a firm, entered by its union.' },
    TEAM: { description: '团队: members with a captain, and substitutes.' },
    INDIVIDUAL: { description: '个人: a member.' },
  },
});

export const StageLevelWord = {
  BRANCH: 'branch',
  CITY: 'city',
  PROVINCE: 'province',
  NATION: 'nation',
} as const satisfies Record<string, StageLevel>;

registerEnumType(StageLevelWord, {
  name: 'StageLevel',
  description: 'Of which level a stage is, from below. A stage feeds into a higher level, or a later round of its own.',
  valuesConfig: {
    BRANCH: { description: '基层' },
    CITY: { description: '市级' },
    PROVINCE: { description: '省级' },
    NATION: { description: '国家级' },
  },
});

export const StageRoundWord = {
  PRELIMINARY: 'preliminary',
  SEMI_FINAL: 'semi_final',
  FINAL: 'final',
} as const satisfies Record<string, StageRound>;

registerEnumType(StageRoundWord, {
  name: 'StageRound',
  description: 'Which round of its level a stage is, in their order.',
  valuesConfig: {
    PRELIMINARY: { description: '初赛' },
    SEMI_FINAL: { description: '复赛' },
    FINAL: { description: '决赛' },
  },
});

export const StageStateWord = {
  PLANNED: 'planned',
  OPEN: 'open',
  SCORING: 'scoring',
  RANKED: 'ranked',
  IN_NOTICE: 'in_notice',
  FINAL: 'final',
} as const satisfies Record<string, StageState>;

registerEnumType(StageStateWord, {
  name: 'StageState',
  description: 'How far a stage is.',
  valuesConfig: {
    PLANNED: { description: '未开始' },
    OPEN: { description: '已开赛: who takes part is settled.' },
    SCORING: { description: '评分中' },
    RANKED: { description: '已排名: the ranking is made and not published yet.' },
    IN_NOTICE: { description: '公示中: objections can be filed.' },
    FINAL: { description: '已生效' },
  },
});

export const AdvanceKindWord = {
  TOP: 'top',
  TOP_PER_BRANCH: 'top_per_branch',
  THRESHOLD: 'threshold',
  ALL: 'all',
} as const satisfies Record<string, Advance['kind']>;

registerEnumType(AdvanceKindWord, {
  name: 'AdvanceKind',
  description: 'Who goes on from a stage.',
  valuesConfig: {
    TOP: { description: '前 n 名: the first n.' },
    TOP_PER_BRANCH: { description: '各分支前 n 名: the first n below each union of a kind, e.g. of each city.' },
    THRESHOLD: { description: '达到分数线: everybody with at least a score.' },
    ALL: { description: '全部: everybody.' },
  },
});
