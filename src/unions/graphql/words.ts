import { registerEnumType } from 'type-graphql';
import type { MemberState } from '../member.entity.ts';
import type { UnionKind } from '../union-node.entity.ts';

/** The words of the floor as GraphQL spells them; the values are those of the tables. */
export const UnionKindWord = {
  PROVINCE: 'province',
  CITY: 'city',
  DISTRICT: 'district',
  ENTERPRISE: 'enterprise',
  GRASS_ROOTS: 'grass-roots',
  INDUSTRY: 'industry',
} as const satisfies Record<string, UnionKind>;

registerEnumType(UnionKindWord, {
  name: 'UnionKind',
  description: 'What a union stands for.',
  valuesConfig: {
    PROVINCE: { description: '省总工会' },
    CITY: { description: '市总工会' },
    DISTRICT: { description: '区县总工会' },
    ENTERPRISE: { description: '企业工会' },
    GRASS_ROOTS: { description: '基层工会' },
    INDUSTRY: { description: '行业工会: a whole trade, e.g. couriers, whose members may have no single employer.' },
  },
});

export const MemberStateWord = {
  ACTIVE: 'active',
  FROZEN: 'frozen',
  LEFT: 'left',
} as const satisfies Record<string, MemberState>;

registerEnumType(MemberStateWord, {
  name: 'MemberState',
  description: 'How a member stands with the union.',
  valuesConfig: {
    ACTIVE: { description: '在册: takes part in everything.' },
    FROZEN: { description: '冻结: can sign in and look, but not spend points.' },
    LEFT: { description: '已离会: no longer on the roll; cannot sign in.' },
  },
});
