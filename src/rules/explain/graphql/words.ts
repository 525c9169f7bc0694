import { registerEnumType } from 'type-graphql';
import type { OutcomeKind } from '../explanation.ts';

/** What a rule made of an event, as GraphQL spells it. */
export const OutcomeKindWord = {
  AWARDED: 'awarded',
  OUT_OF_PERIOD: 'out_of_period',
  CONDITION: 'condition',
  UNKNOWN: 'unknown',
  ATTRIBUTE_MISSING: 'attribute_missing',
  VALUE_WITHOUT_TIER: 'value_without_tier',
  OUTRANKED: 'outranked',
  REPEATED: 'repeated',
  CAPPED: 'capped',
  OVER_BUDGET: 'over_budget',
} as const satisfies Record<string, OutcomeKind>;

registerEnumType(OutcomeKindWord, {
  name: 'RuleOutcomeKind',
  description: 'What a rule made of an event.',
  valuesConfig: {
    AWARDED: { description: '计分: it gave points.' },
    OUT_OF_PERIOD: { description: '不在期限内: it happened outside of the rule’s period.' },
    CONDITION: { description: '不符合条件: a condition did not hold.' },
    UNKNOWN: { description: '信息未登记: a condition asks about something that is not on record.' },
    ATTRIBUTE_MISSING: { description: '缺少属性: the event does not say what the rule pays by.' },
    VALUE_WITHOUT_TIER: { description: '没有对应档次: the rule has no points for what the event says.' },
    OUTRANKED: { description: '同类规则已计: another rule of the group comes first.' },
    REPEATED: { description: '已计过: the same was given points before.' },
    CAPPED: { description: '已达上限: a cap left nothing.' },
    OVER_BUDGET: { description: '待补发: a budget is short; it is paid when that is raised.' },
  },
});
