import { registerEnumType } from 'type-graphql';
import type { JudgeState } from '../judges/judge.entity.ts';
import type { CandidateState } from '../panels/candidate.entity.ts';
import type { CriterionKind } from '../panels/criterion.entity.ts';
import type {
  Aggregation,
  LatenessRule,
  Normalisation,
  PanelKind,
  PanelState,
  TieBreak,
} from '../panels/panel.entity.ts';
import type { SheetState } from '../sheets/sheet.entity.ts';

/** The words of judging as GraphQL spells them; the values are those of the tables. */
export const PanelKindWord = { STAGE: 'stage', SEASON: 'season' } as const satisfies Record<string, PanelKind>;

registerEnumType(PanelKindWord, {
  name: 'PanelKind',
  description: 'What a panel judges for.',
  valuesConfig: { STAGE: { description: '竞赛阶段' }, SEASON: { description: '创新成果评选' } },
});

export const PanelStateWord = {
  PREPARING: 'preparing',
  SCORING: 'scoring',
  CLOSED: 'closed',
} as const satisfies Record<string, PanelState>;

registerEnumType(PanelStateWord, {
  name: 'PanelState',
  description: 'How far a panel is.',
  valuesConfig: {
    PREPARING: { description: '筹备中: criteria, rules and judges can be set.' },
    SCORING: { description: '评分中: judges score until the deadline.' },
    CLOSED: { description: '评分结束: nobody scores any more.' },
  },
});

export const CriterionKindWord = { JUDGED: 'judged', OBJECTIVE: 'objective' } as const satisfies Record<
  string,
  CriterionKind
>;

registerEnumType(CriterionKindWord, {
  name: 'CriterionKind',
  description: 'Where the scores of a criterion come from.',
  valuesConfig: {
    JUDGED: { description: '评委打分' },
    OBJECTIVE: { description: '客观分: imported from a file of results, PUT /uploads/objective-scores.' },
  },
});

export const NormalisationWord = { NONE: 'none', Z_SCORE: 'z_score' } as const satisfies Record<string, Normalisation>;

registerEnumType(NormalisationWord, {
  name: 'Normalisation',
  description: 'How strict and mild judges are made alike.',
  valuesConfig: {
    NONE: { description: '不处理: scores count as they are given.' },
    Z_SCORE: { description: '标准分: by how far a score lies from what the same judge usually gives.' },
  },
});

export const AggregationWord = {
  MEAN: 'mean',
  TRIMMED_MEAN: 'trimmed_mean',
  RANK_SUM: 'rank_sum',
} as const satisfies Record<string, Aggregation>;

registerEnumType(AggregationWord, {
  name: 'Aggregation',
  description: 'How the scores of several judges become one.',
  valuesConfig: {
    MEAN: { description: '平均分' },
    TRIMMED_MEAN: { description: '去掉最高分和最低分后的平均分' },
    RANK_SUM: { description: '名次之和' },
  },
});

export const LatenessRuleWord = { WAIT: 'wait', WITHOUT: 'without' } as const satisfies Record<string, LatenessRule>;

registerEnumType(LatenessRuleWord, {
  name: 'LatenessRule',
  description: 'What becomes of a panel whose judges are late.',
  valuesConfig: {
    WAIT: { description: '等齐: it can be closed only when every judge has scored; give more time or assign anew.' },
    WITHOUT: { description: '不等: once the deadline is over, `judgesNeeded` sheets for each candidate suffice.' },
  },
});

export const TieBreakKindWord = {
  CRITERION: 'criterion',
  HIGHEST_SINGLE: 'highest_single',
  EARLIER_ENTRY: 'earlier_entry',
} as const satisfies Record<string, TieBreak['kind']>;

registerEnumType(TieBreakKindWord, {
  name: 'TieBreakKind',
  description: 'Which of two candidates with the same total stands first.',
  valuesConfig: {
    CRITERION: { description: '单项优先: who has more in a criterion, which `number` names.' },
    HIGHEST_SINGLE: { description: '最高单项分优先: who has the highest single score.' },
    EARLIER_ENTRY: { description: '先报名者优先: who has the lower number.' },
  },
});

export const JudgeStateWord = {
  INVITED: 'invited',
  ACCEPTED: 'accepted',
  DECLINED: 'declined',
  WITHDRAWN: 'withdrawn',
} as const satisfies Record<string, JudgeState>;

registerEnumType(JudgeStateWord, {
  name: 'JudgeState',
  description: 'How a judge stands to a panel.',
  valuesConfig: {
    INVITED: { description: '待答复' },
    ACCEPTED: { description: '已接受' },
    DECLINED: { description: '已谢绝' },
    WITHDRAWN: { description: '已退出: what was submitted goes on counting.' },
  },
});

export const CandidateStateWord = { IN: 'in', WITHDRAWN: 'withdrawn' } as const satisfies Record<
  string,
  CandidateState
>;

registerEnumType(CandidateStateWord, {
  name: 'CandidateState',
  description: 'Whether a candidate takes part.',
  valuesConfig: { IN: { description: '参评' }, WITHDRAWN: { description: '已退出' } },
});

export const SheetStateWord = {
  DRAFT: 'draft',
  SUBMITTED: 'submitted',
  VOID: 'void',
} as const satisfies Record<string, SheetState>;

registerEnumType(SheetStateWord, {
  name: 'SheetState',
  description: 'How far a score sheet is that was begun.',
  valuesConfig: {
    DRAFT: { description: '草稿: saved, not submitted.' },
    SUBMITTED: { description: '已提交: it counts and never changes.' },
    VOID: { description: '已作废: it counts no more; the judge may submit another.' },
  },
});
