import { registerEnumType } from 'type-graphql';
import type { TransferKind } from '../transfer.ts';

/** The kinds of transfer as GraphQL spells them; the values are those of the table. */
export const TransferKindWord = {
  ACCRUAL: 'accrual',
  REDEMPTION: 'redemption',
  VERIFICATION: 'verification',
  FORFEIT: 'forfeit',
  EXPIRY: 'expiry',
  REVERSAL: 'reversal',
} as const satisfies Record<string, TransferKind>;

registerEnumType(TransferKindWord, {
  name: 'TransferKind',
  description: 'What moved the points.',
  valuesConfig: {
    ACCRUAL: { description: '获得: points that a rule gave for an event.' },
    REDEMPTION: { description: '兑换: an offer was bought.' },
    VERIFICATION: { description: '核销: a voucher was used, its points went to the merchant.' },
    FORFEIT: { description: '作废: an unused voucher lapsed and its points were lost.' },
    EXPIRY: { description: '过期: points were not spent in time.' },
    REVERSAL: { description: '退回: an earlier transfer was taken back.' },
  },
});
