import type { Refusal } from '../../platform/result.ts';

export const trialMemberNotOne: Refusal = {
  code: 'TRIAL_MEMBER_NOT_ONE',
  message: {
    zh: '请选择一位会员（memberId）或填写一位虚构的会员（madeUp），二者填其一。',
    en: 'Give a member (memberId) or make one up (madeUp), one of the two.',
  },
  at: 'event.memberId',
};
