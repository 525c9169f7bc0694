import { registerEnumType } from 'type-graphql';
import type { SubsidyState } from '../subsidies/list.entity.ts';

/** The words of payment lists as GraphQL spells them; the values are those of the tables. */
export const SubsidyStateWord = {
  MADE: 'made',
  RELEASED: 'released',
} as const satisfies Record<string, SubsidyState>;

registerEnumType(SubsidyStateWord, {
  name: 'SubsidyState',
  description: 'How far a payment list is.',
  valuesConfig: {
    MADE: { description: '已编制: another person is to look at it and release it.' },
    RELEASED: { description: '已批准发放: the unions that pay are to pay it.' },
  },
});
