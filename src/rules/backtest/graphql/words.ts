import { registerEnumType } from 'type-graphql';
import type { Backtest } from '../backtest.entity.ts';

export const BacktestStateWord = {
  WAITING: 'waiting',
  RUNNING: 'running',
  DONE: 'done',
} as const satisfies Record<string, Backtest['state']>;

registerEnumType(BacktestStateWord, {
  name: 'BacktestState',
  description: 'How far a back-test is.',
  valuesConfig: {
    WAITING: { description: '排队中: a job takes it up soon.' },
    RUNNING: { description: '进行中: see eventsDone and eventsOf.' },
    DONE: { description: '已完成: see result.' },
  },
});
