import { registerEnumType } from 'type-graphql';
import type { TransferKind } from '../transfer.ts';

/** The kinds of transfer as GraphQL spells them; the values are those of the table. */
export const TransferKindWord = {
  ACCRUAL: 'accrual',
  REDEMPTION: 'redemption',
  VERIFICATION: 'verification',
  CHARGE: 'charge',
  REFUND: 'refund',
  FORFEIT: 'forfeit',
  EXPIRY: 'expiry',
  REVERSAL: 'reversal',
  ADJUSTMENT: 'adjustment',
  OWING: 'owing',
  WRITE_OFF: 'write_off',
  UNEXPIRY: 'unexpiry',
  REPAYMENT: 'repayment',
  RESERVATION: 'reservation',
  TICKET: 'ticket',
  PRIZE: 'prize',
  RELEASE: 'release',
} as const satisfies Record<string, TransferKind>;

registerEnumType(TransferKindWord, {
  name: 'TransferKind',
  description: 'What moved the points.',
  valuesConfig: {
    ACCRUAL: { description: '获得: points that a rule gave for an event.' },
    REDEMPTION: { description: '兑换: an offer was bought.' },
    VERIFICATION: { description: '核销: a voucher was used, its points went to the merchant.' },
    CHARGE: { description: '柜台扣分: points paid a bill at the counter, they went to the merchant.' },
    REFUND: { description: '退款: the merchant gave points of a charge back.' },
    FORFEIT: { description: '作废: an unused voucher lapsed and its points were lost.' },
    EXPIRY: { description: '过期: points were not spent in time.' },
    REVERSAL: { description: '退回: an earlier transfer was taken back.' },
    ADJUSTMENT: { description: '人工调整: points were given or taken by hand.' },
    OWING: {
      description:
        '垫付欠分: points that are being taken back were spent already; the account was lent them for it and now owes them.',
    },
    WRITE_OFF: {
      description:
        '免除: points that are being taken back were spent already; the programme bears them and nobody owes them.',
    },
    UNEXPIRY: {
      description: '过期撤回: points that are being taken back had expired; their expiry was undone for it.',
    },
    REPAYMENT: { description: '归还欠分: new points paid off what was owed.' },
    RESERVATION: { description: '奖品预留: points were set aside for the prizes of a lottery.' },
    TICKET: { description: '购买抽奖券: tickets of a lottery were bought.' },
    PRIZE: { description: '中奖: points, or a voucher, were won.' },
    RELEASE: { description: '预留退回: what a lottery had left over went back to the budget.' },
  },
});
