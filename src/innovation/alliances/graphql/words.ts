import { registerEnumType } from 'type-graphql';
import type { AllianceState } from '../alliance.entity.ts';

/** How an alliance stands as GraphQL spells it; the values are those of the tables. */
export const AllianceStateWord = {
  ACTIVE: 'active',
  ENDED: 'ended',
} as const satisfies Record<string, AllianceState>;

registerEnumType(AllianceStateWord, {
  name: 'AllianceState',
  description: 'Whether an alliance goes on.',
  valuesConfig: {
    ACTIVE: { description: '运行中' },
    ENDED: { description: '已终止: for good.' },
  },
});
