import { registerEnumType } from 'type-graphql';
import type { SettlementMode } from '../contract.entity.ts';

export const SettlementModeWord = {
  POSTPAID: 'postpaid',
  PREPAID: 'prepaid',
} as const satisfies Record<string, SettlementMode>;

registerEnumType(SettlementModeWord, {
  name: 'SettlementMode',
  description: 'How a merchant is paid.',
  valuesConfig: {
    POSTPAID: { description: '月结: by the statement of each month.' },
    PREPAID: { description: '预付: out of what the union paid in beforehand.' },
  },
});
