import { registerEnumType } from 'type-graphql';
import type { Area, AttributeKind } from '../event-type.ts';

/** The words of event types as GraphQL spells them; the values are those of the tables. */
export const AreaWord = {
  GROWTH: 'growth',
  DEDICATION: 'dedication',
  CULTURE: 'culture',
  PUBLIC_GOOD: 'public_good',
  LIFE: 'life',
  CONTEST: 'contest',
  OTHER: 'other',
} as const satisfies Record<string, Area>;

registerEnumType(AreaWord, {
  name: 'EventArea',
  description: 'What an event type belongs to.',
  valuesConfig: {
    GROWTH: { description: '个人成长: certificates, degrees.' },
    DEDICATION: { description: '岗位奉献: what was done at work.' },
    CULTURE: { description: '文体: culture and sport.' },
    PUBLIC_GOOD: { description: '公益: volunteering.' },
    LIFE: { description: '人生节点: birthdays, weddings, years of service.' },
    CONTEST: { description: '竞赛创新: results of competitions and of innovation.' },
    OTHER: { description: '其他: anything else.' },
  },
});

export const AttributeKindWord = {
  TEXT: 'text',
  NUMBER: 'number',
  DAY: 'day',
  CHOICE: 'choice',
} as const satisfies Record<string, AttributeKind>;

registerEnumType(AttributeKindWord, {
  name: 'AttributeKind',
  description: 'What the value of an attribute is.',
  valuesConfig: {
    TEXT: { description: '文字: 1 to 100 characters on one line.' },
    NUMBER: { description: '整数: a whole number.' },
    DAY: { description: '日期: a day, "2026-08-15".' },
    CHOICE: { description: '单选: one of the choices, given as text.' },
  },
});
