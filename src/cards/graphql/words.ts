import { registerEnumType } from 'type-graphql';
import type { CardState } from '../card.entity.ts';
import type { CardBatch } from '../card-batch.entity.ts';

export const CardStateWord = {
  ACTIVE: 'active',
  FROZEN: 'frozen',
  LOST: 'lost',
  REPLACED: 'replaced',
  CANCELLED: 'cancelled',
} as const satisfies Record<string, CardState>;

registerEnumType(CardStateWord, {
  name: 'CardState',
  description: 'Whether a membership card can be shown.',
  valuesConfig: {
    ACTIVE: { description: '正常: it can be shown.' },
    FROZEN: { description: '冻结: not for the time being.' },
    LOST: { description: '挂失: reported missing. It is found again (active), replaced or cancelled.' },
    REPLACED: { description: '已补换: another card has taken its place; final.' },
    CANCELLED: { description: '已注销: over; final.' },
  },
});

export const CardBatchStateWord = {
  WAITING: 'waiting',
  RUNNING: 'running',
  DONE: 'done',
} as const satisfies Record<string, CardBatch['state']>;

registerEnumType(CardBatchStateWord, {
  name: 'CardBatchState',
  description: 'How far a batch of cards is.',
  valuesConfig: {
    WAITING: { description: '排队中: a job takes it up soon.' },
    RUNNING: { description: '制卡中: see membersSeen and membersOf.' },
    DONE: { description: '已完成: its file can be downloaded.' },
  },
});
