import { registerEnumType } from 'type-graphql';
import type { EventState } from '../activity-event.entity.ts';
import type { RuleDefinition } from '../definition.ts';

/** The words of the floor as GraphQL spells them; the values are those of the tables. */
export const EventStateWord = {
  RECORDED: 'recorded',
  PAID: 'paid',
  REPEATED: 'repeated',
  NO_AWARD: 'no_award',
  OVER_BUDGET: 'over_budget',
} as const satisfies Record<string, EventState>;

registerEnumType(EventStateWord, {
  name: 'ActivityEventState',
  description: 'What became of an activity event.',
  valuesConfig: {
    RECORDED: { description: '已登记: its points are being worked out; that takes seconds.' },
    PAID: { description: '已计分: the points are in the account.' },
    REPEATED: { description: '已计过: the same was paid before by another event, so nothing was added.' },
    NO_AWARD: { description: '不计分: no rule in force gives points for it.' },
    OVER_BUDGET: { description: '待补发: waits for the programme’s budget and is paid when that is raised.' },
  },
});

export const OccurrenceKindWord = {
  EVENT: 'event',
  EVER: 'ever',
  VALUES: 'values',
} as const satisfies Record<string, RuleDefinition['occurrence']['kind']>;

registerEnumType(OccurrenceKindWord, {
  name: 'OccurrenceKind',
  description: 'How often a rule pays a member.',
  valuesConfig: {
    EVENT: { description: '每次都计: for every event.' },
    EVER: { description: '每人一次: once.' },
    VALUES: { description: '每个取值一次: once for each value of the attributes that are named.' },
  },
});
