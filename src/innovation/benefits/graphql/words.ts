import { registerEnumType } from 'type-graphql';
import type { BenefitState } from '../benefit.entity.ts';

/** The words of benefits as GraphQL spells them; the values are those of the tables. */
export const BenefitStateWord = {
  CLAIMED: 'claimed',
  RETURNED: 'returned',
  DECLINED: 'declined',
  AUDITED: 'audited',
  ACCEPTED: 'accepted',
} as const satisfies Record<string, BenefitState>;

registerEnumType(BenefitStateWord, {
  name: 'BenefitState',
  description: 'How far a benefit is.',
  valuesConfig: {
    CLAIMED: { description: '待审核: an auditor is asked.' },
    RETURNED: { description: '已退回: something is missing; it may be claimed again.' },
    DECLINED: { description: '未认定: there is no such benefit.' },
    AUDITED: { description: '待认定: the audit has a figure; a second person is asked.' },
    ACCEPTED: { description: '已认定: it counts, and is rewarded by the firm’s contract.' },
  },
});
