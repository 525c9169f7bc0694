import { registerEnumType } from 'type-graphql';
import type { EntryState } from '../entry.entity.ts';
import type { EntryRole } from '../entry-member.entity.ts';

/** The words of entries as GraphQL spells them; the values are those of the tables. */
export const EntryStateWord = {
  ENTERED: 'entered',
  WITHDRAWN: 'withdrawn',
} as const satisfies Record<string, EntryState>;

registerEnumType(EntryStateWord, {
  name: 'EntryState',
  description: 'Whether an entry stands.',
  valuesConfig: {
    ENTERED: { description: '已报名' },
    WITHDRAWN: { description: '已退赛' },
  },
});

export const EntryRoleWord = {
  CAPTAIN: 'captain',
  MEMBER: 'member',
  SUBSTITUTE: 'substitute',
} as const satisfies Record<string, EntryRole>;

registerEnumType(EntryRoleWord, {
  name: 'EntryRole',
  description: 'How somebody takes part.',
  valuesConfig: {
    CAPTAIN: { description: '队长' },
    MEMBER: { description: '队员; also who enters alone or takes part for a firm.' },
    SUBSTITUTE: { description: '替补' },
  },
});
