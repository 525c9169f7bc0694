import { registerEnumType } from 'type-graphql';
import type { Decider } from '../rank.ts';
import type { RankingState } from '../ranking.entity.ts';

/** The words of rankings as GraphQL spells them; the values are those of the tables. */
export const RankingStateWord = {
  PROVISIONAL: 'provisional',
  SUPERSEDED: 'superseded',
  FINAL: 'final',
} as const satisfies Record<string, RankingState>;

registerEnumType(RankingStateWord, {
  name: 'RankingState',
  description: 'What became of a version of a ranking.',
  valuesConfig: {
    PROVISIONAL: { description: '暂定: a new version may take its place.' },
    SUPERSEDED: { description: '已被新版本取代: it stays to be seen.' },
    FINAL: { description: '最终: it stands.' },
  },
});

export const DeciderWord = {
  CRITERION: 'criterion',
  HIGHEST_SINGLE: 'highest_single',
  EARLIER_ENTRY: 'earlier_entry',
  ID: 'id',
} as const satisfies Record<string, Decider['kind']>;

registerEnumType(DeciderWord, {
  name: 'RankingDecider',
  description: 'What put one of two candidates with the same total first.',
  valuesConfig: {
    CRITERION: { description: '单项优先: it has more in a criterion.' },
    HIGHEST_SINGLE: { description: '最高单项分优先: it has the highest single score of those that count.' },
    EARLIER_ENTRY: { description: '先报名者优先: it has the lower number.' },
    ID: { description: '依编号: none of the panel’s rules could decide, so the order of the ids did.' },
  },
});
