import { registerEnumType } from 'type-graphql';
import type { Shortfall } from '../../../ledger/transfer.ts';
import type { AdjustmentState } from '../adjustment.entity.ts';

/** The words of corrections as GraphQL spells them; the values are those of the tables. */
export const AdjustmentStateWord = {
  WAITING: 'waiting',
  POSTED: 'posted',
  DECLINED: 'declined',
} as const satisfies Record<string, AdjustmentState>;

registerEnumType(AdjustmentStateWord, {
  name: 'AdjustmentState',
  description: 'What became of a hand adjustment.',
  valuesConfig: {
    WAITING: { description: '待确认: a second admin must confirm it; nothing is moved yet.' },
    POSTED: { description: '已入账: the points are moved.' },
    DECLINED: { description: '已退回: a second admin refused it; nothing was moved.' },
  },
});

export const OverspentWord = {
  OWE: 'owe',
  WRITE_OFF: 'write_off',
} as const satisfies Record<string, Shortfall>;

registerEnumType(OverspentWord, {
  name: 'Overspent',
  description: 'What becomes of points that are taken back and that the member has spent already.',
  valuesConfig: {
    OWE: { description: '欠账: the member owes them; new points pay them off first.' },
    WRITE_OFF: { description: '免除: nobody pays them; the union bears them.' },
  },
});
