import { registerEnumType } from 'type-graphql';
import type { ChargeState } from '../charge-queries.ts';
import type { ShiftLineKind } from '../shift-lines.ts';

export const ChargeStateWord = {
  HELD: 'held',
  POSTED: 'posted',
  DECLINED: 'declined',
  LAPSED: 'lapsed',
} as const satisfies Record<string, ChargeState>;

registerEnumType(ChargeStateWord, {
  name: 'ChargeState',
  description: 'What has become of a charge.',
  valuesConfig: {
    HELD: { description: '待会员确认: no points have moved; it lapses at `holdUntil`.' },
    POSTED: { description: '已扣分: the points went to the merchant.' },
    DECLINED: { description: '会员已拒绝: no points have moved.' },
    LAPSED: { description: '超时失效: the member did not answer in time, no points have moved.' },
  },
});

export const ShiftLineKindWord = {
  VOUCHER: 'voucher',
  CHARGE: 'charge',
  REFUND: 'refund',
} as const satisfies Record<string, ShiftLineKind>;

registerEnumType(ShiftLineKindWord, {
  name: 'ShiftLineKind',
  description: 'What was done at the counter.',
  valuesConfig: {
    VOUCHER: { description: '核销: a voucher was used.' },
    CHARGE: { description: '扣分: points were charged.' },
    REFUND: { description: '退款: points of a charge were given back.' },
  },
});
