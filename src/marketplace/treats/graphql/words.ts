import { registerEnumType } from 'type-graphql';
import type { TreatPlanState, WhenRest } from '../plan.entity.ts';
import type { LeftOut } from '../queries.ts';

export const WhenRestWord = {
  ON_THE_DAY: 'on_the_day',
  WORKDAY_BEFORE: 'workday_before',
} as const satisfies Record<string, WhenRest>;

registerEnumType(WhenRestWord, {
  name: 'TreatWhenRest',
  description: 'What becomes of a treat whose day is a weekend or public holiday.',
  valuesConfig: {
    ON_THE_DAY: { description: '照常: it is given on that day.' },
    WORKDAY_BEFORE: { description: '提前到前一个工作日: it is given on the last working day before.' },
  },
});

export const TreatPlanStateWord = {
  ACTIVE: 'active',
  PAUSED: 'paused',
} as const satisfies Record<string, TreatPlanState>;

registerEnumType(TreatPlanStateWord, {
  name: 'TreatPlanState',
  description: 'Whether the rounds of a treat are put up.',
  valuesConfig: {
    ACTIVE: { description: '进行中' },
    PAUSED: { description: '已暂停: no round is put up until it is resumed.' },
  },
});

export const LeftOutWord = {
  NO_CONTRACT: 'no_contract',
  MERCHANT_NOT_ACTIVE: 'merchant_not_active',
} as const satisfies Record<string, LeftOut>;

registerEnumType(LeftOutWord, {
  name: 'TreatLeftOut',
  description: 'Why a line of a round has no offer. The nightly job looks again until the day is over.',
  valuesConfig: {
    NO_CONTRACT: { description: '合同未覆盖当日: no contract of the merchant covers the day. Sign one.' },
    MERCHANT_NOT_ACTIVE: { description: '商户未在合作中: the merchant is suspended or ended.' },
  },
});
