import { registerEnumType } from 'type-graphql';
import type { FirmType, Ownership } from '../firm.entity.ts';

/** The words of the floor as GraphQL spells them; the values are those of the tables. */
export const FirmTypeWord = {
  SPECIALISED: 'specialised',
  LITTLE_GIANT: 'little_giant',
  OTHER: 'other',
} as const satisfies Record<string, FirmType>;

registerEnumType(FirmTypeWord, {
  name: 'FirmType',
  description: 'What the state calls a firm.',
  valuesConfig: {
    SPECIALISED: { description: '专精特新企业' },
    LITTLE_GIANT: { description: '专精特新“小巨人”企业' },
    OTHER: { description: '其他' },
  },
});

export const OwnershipWord = {
  STATE: 'state',
  PRIVATE: 'private',
  FOREIGN: 'foreign',
  MIXED: 'mixed',
  PUBLIC: 'public',
} as const satisfies Record<string, Ownership>;

registerEnumType(OwnershipWord, {
  name: 'Ownership',
  description: 'Whose a firm is.',
  valuesConfig: {
    STATE: { description: '国有' },
    PRIVATE: { description: '民营' },
    FOREIGN: { description: '外资' },
    MIXED: { description: '混合所有制' },
    PUBLIC: { description: '事业单位' },
  },
});
