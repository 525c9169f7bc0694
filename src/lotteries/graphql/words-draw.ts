import { registerEnumType } from 'type-graphql';
import type { WinState } from '../prizes/lottery-win.entity.ts';

export const WinStateWord = {
  PROVISIONAL: 'provisional',
  DUE: 'due',
  PAID: 'paid',
  TO_COLLECT: 'to_collect',
  COLLECTED: 'collected',
  LAPSED: 'lapsed',
  DISQUALIFIED: 'disqualified',
  VOID: 'void',
} as const satisfies Record<string, WinState>;

registerEnumType(WinStateWord, {
  name: 'WinState',
  description: 'What has become of a prize that was won.',
  valuesConfig: {
    PROVISIONAL: { description: '公示中: the result can still be objected to.' },
    DUE: { description: '待发放: it is paid within minutes; that of a frozen member waits until she is active.' },
    PAID: { description: '已发放: the points or the voucher are there.' },
    TO_COLLECT: { description: '待领取: a thing that waits at the union.' },
    COLLECTED: { description: '已领取' },
    LAPSED: { description: '已失效: not collected in time, or not to be paid; `reason` says why.' },
    DISQUALIFIED: { description: '已取消资格: taken away; `reason` says why.' },
    VOID: { description: '已作废: with the whole lottery.' },
  },
});
