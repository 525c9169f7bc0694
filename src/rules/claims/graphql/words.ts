import { registerEnumType } from 'type-graphql';
import type { Approval } from '../../definition.ts';
import type { ClaimState } from '../claim.entity.ts';
import type { ClaimAction } from '../claim-step.entity.ts';

/** The words of claims as GraphQL spells them; the values are those of the tables. */
export const ClaimStateWord = {
  SUBMITTED: 'submitted',
  RETURNED: 'returned',
  PASSED: 'passed',
  APPROVED: 'approved',
  WITHDRAWN: 'withdrawn',
} as const satisfies Record<string, ClaimState>;

registerEnumType(ClaimStateWord, {
  name: 'ClaimState',
  description: 'How far a claim is.',
  valuesConfig: {
    SUBMITTED: { description: '待审核: the member’s branch is asked.' },
    RETURNED: { description: '已退回: the member is told what is missing, and may mend it and submit it again.' },
    PASSED: { description: '待复审: the branch has approved it; the union of the programme is asked.' },
    APPROVED: { description: '已通过: its event is recorded; the points follow seconds later.' },
    WITHDRAWN: { description: '已撤回: the member took it back.' },
  },
});

export const ClaimActionWord = {
  SUBMITTED: 'submitted',
  RESUBMITTED: 'resubmitted',
  APPROVED: 'approved',
  RETURNED: 'returned',
  WITHDRAWN: 'withdrawn',
} as const satisfies Record<string, ClaimAction>;

registerEnumType(ClaimActionWord, {
  name: 'ClaimAction',
  description: 'What was done about a claim.',
  valuesConfig: {
    SUBMITTED: { description: '提交: by the member.' },
    RESUBMITTED: { description: '重新提交: by the member, after it was returned.' },
    APPROVED: { description: '通过: by an approver; of two levels each has a step of its own.' },
    RETURNED: { description: '退回: by an approver, with the reason.' },
    WITHDRAWN: { description: '撤回: by the member.' },
  },
});

export const ApprovalWord = {
  NONE: 'none',
  BRANCH: 'branch',
  TWO_LEVELS: 'two_levels',
} as const satisfies Record<string, Approval>;

registerEnumType(ApprovalWord, {
  name: 'Approval',
  description: 'Who approves the claims of an event.',
  valuesConfig: {
    NONE: { description: '免审: nobody; it is recorded at once.' },
    BRANCH: { description: '一级审核: one approver of the member’s branch.' },
    TWO_LEVELS: { description: '两级审核: the member’s branch, then another person at the union of the programme.' },
  },
});
