import { registerEnumType } from 'type-graphql';
import type { RewardState } from '../reward-list.entity.ts';

/** The words of rewards as GraphQL spells them; the values are those of the tables. */
export const RewardStateWord = {
  MADE: 'made',
  RELEASED: 'released',
  WITHDRAWN: 'withdrawn',
} as const satisfies Record<string, RewardState>;

registerEnumType(RewardStateWord, {
  name: 'RewardState',
  description: 'How far a list of rewards is.',
  valuesConfig: {
    MADE: { description: '已编制: another person is to look at it and release it.' },
    RELEASED: { description: '已批准发放: money is paid from the funds, points follow seconds later.' },
    WITHDRAWN: { description: '已撤回: nothing is paid; its achievements can be rewarded by another list.' },
  },
});
