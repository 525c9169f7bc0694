import { registerEnumType } from 'type-graphql';
import type { InnovationContractState } from '../innovation-contract.entity.ts';

/** The words of contracts on innovation as GraphQL spells them; the values are those of the tables. */
export const InnovationContractStateWord = {
  ACTIVE: 'active',
  ENDED: 'ended',
} as const satisfies Record<string, InnovationContractState>;

registerEnumType(InnovationContractStateWord, {
  name: 'InnovationContractState',
  description: 'Whether a contract on innovation runs as it was signed.',
  valuesConfig: {
    ACTIVE: { description: '有效: as it was signed, also before its first day and after its last.' },
    ENDED: { description: '提前终止: its last day was put earlier.' },
  },
});
