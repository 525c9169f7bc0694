import type { Refusal } from '../../../platform/result.ts';

/** Also what an expert of another branch answers. */
export const expertUnknown: Refusal = {
  code: 'EXPERT_UNKNOWN',
  message: {
    zh: '专家库中没有这条登记，或它不在您的管理范围内，请重新选择。',
    en: 'There is no such entry in the register of your branch. Choose one from the list.',
  },
  at: 'expertId',
};

export const expertRegistered: Refusal = {
  code: 'EXPERT_REGISTERED',
  message: {
    zh: '该账号已登记为这个领域的专家。',
    en: 'This account is registered as an expert of this field already.',
  },
  at: 'field',
};
