import { registerEnumType } from 'type-graphql';
import type { AdvancedBy } from '../stage-advance.entity.ts';

/** How somebody advanced as GraphQL spells it; the values are those of the tables. */
export const AdvancedByWord = {
  RULE: 'rule',
  WILD_CARD: 'wild_card',
} as const satisfies Record<string, AdvancedBy>;

registerEnumType(AdvancedByWord, {
  name: 'AdvancedBy',
  description: 'How an entry came to go on to the next stage.',
  valuesConfig: {
    RULE: { description: '按规则晋级: by the rule of the plan.' },
    WILD_CARD: { description: '外卡: named by an admin, for a reason.' },
  },
});
