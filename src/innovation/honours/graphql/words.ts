import { registerEnumType } from 'type-graphql';
import type { ListState } from '../season-list.entity.ts';

/** The states of a list as GraphQL spells them; the values are those of the tables. */
export const ListStateWord = {
  PROVISIONAL: 'provisional',
  IN_NOTICE: 'in_notice',
  SUPERSEDED: 'superseded',
  FINAL: 'final',
} as const satisfies Record<string, ListState>;

registerEnumType(ListStateWord, {
  name: 'SeasonListState',
  description: 'How a version of the list of honours stands.',
  valuesConfig: {
    PROVISIONAL: { description: '拟定: for admins to look at; publish it then.' },
    IN_NOTICE: { description: '公示中: objections can be filed.' },
    SUPERSEDED: { description: '已被替代, or the season was called off.' },
    FINAL: { description: '已生效' },
  },
});
