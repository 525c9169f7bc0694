import { registerEnumType } from 'type-graphql';
import type { FigureGrouping } from '../figure-queries.ts';

export const FigureGroupingWord = {
  MONTH: 'month',
  BRANCH: 'branch',
  CATEGORY: 'category',
  MERCHANT: 'merchant',
} as const satisfies Record<string, FigureGrouping>;

registerEnumType(FigureGroupingWord, {
  name: 'FigureGrouping',
  description: 'By what the figures of a programme are told apart.',
  valuesConfig: {
    MONTH: { description: '按月: each month of the period, also one in which nothing came about.' },
    BRANCH: {
      description:
        '按工会: the unions directly below the one that is looked at, each with all that lie below it, and that union itself for what is counted directly there. Those without figures are left out.',
    },
    CATEGORY: { description: '按商户类别: the categories as the merchants have them now.' },
    MERCHANT: { description: '按商户' },
  },
});
