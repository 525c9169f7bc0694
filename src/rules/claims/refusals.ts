import type { Refusal } from '../../platform/result.ts';
import { LONGEST_NOTE, MOST_OPEN_CLAIMS } from './limits.ts';

/** Also what somebody else's claim answers, and one outside the caller's branch. */
export const claimUnknown: Refusal = {
  code: 'CLAIM_UNKNOWN',
  message: {
    zh: '没有这条申报，或您无权处理它，请重新选择。',
    en: 'There is no such claim, or it is not yours to deal with. Choose one from the list.',
  },
  at: 'claimId',
};

// What the member who claims may meet.

export const memberNotActive: Refusal = {
  code: 'MEMBER_NOT_ACTIVE',
  message: {
    zh: '您的会员账户目前不能使用，请联系所在工会。',
    en: 'Your account cannot be used at present. Please ask your union.',
  },
};

export const programmeNotYours: Refusal = {
  code: 'PROGRAMME_UNKNOWN',
  message: {
    zh: '没有这个积分方案，或它不包含您所在的工会，请重新选择。',
    en: 'There is no such programme, or it does not cover your union. Choose one of yours.',
  },
  at: 'programmeId',
};

export const typeNotClaimable: Refusal = {
  code: 'EVENT_TYPE_NOT_CLAIMABLE',
  message: {
    zh: '这类事件不能由本人申报，请从可申报的类型中选择；其他事件由工会登记。',
    en: 'Events of this type cannot be claimed. Choose one of those that can; the others are recorded by your union.',
  },
  at: 'eventType',
};

export const dayBeforeOwnBirth: Refusal = {
  code: 'DAY_BEFORE_BIRTH',
  message: {
    zh: '日期早于您的出生日期，请核对；如出生日期登记有误，请联系所在工会更正。',
    en: 'The day is before you were born. Check it; if the roster has your birth date wrong, ask your union to correct it.',
  },
  at: 'occurredOn',
};

export const noteTooLong: Refusal = {
  code: 'NOTE_TOO_LONG',
  message: {
    zh: `说明最多 ${LONGEST_NOTE} 个字，请精简后再提交。`,
    en: `The note can have ${LONGEST_NOTE} characters at the most. Make it shorter.`,
  },
  at: 'note',
};

export const evidenceNeeded: Refusal = {
  code: 'EVIDENCE_NEEDED',
  message: {
    zh: '这类申报须附证明材料（照片或 PDF），请上传后再提交。',
    en: 'This claim needs evidence: upload a photo or a PDF, then submit it.',
  },
  at: 'evidenceIds',
};

export const claimRepeated: Refusal = {
  code: 'CLAIM_REPEATED',
  message: {
    zh: '您已提交过相同的申报，请等待审核，或修改被退回的那一条。',
    en: 'You have claimed the same already. Wait for the answer, or correct the claim that was returned.',
  },
};

export const claimAlreadyRecorded: Refusal = {
  code: 'CLAIM_ALREADY_RECORDED',
  message: {
    zh: '这件事已经登记过，无需再申报；请查看您已登记的事件。',
    en: 'This has been recorded already and needs no claim. You find it among your events.',
  },
};

export const claimsTooMany: Refusal = {
  code: 'CLAIMS_TOO_MANY',
  message: {
    zh: `您已有 ${MOST_OPEN_CLAIMS} 条未办结的申报，请等待审核，或先撤回不需要的。`,
    en: `You have ${MOST_OPEN_CLAIMS} claims that are not settled. Wait for answers, or withdraw one that you do not need.`,
  },
};

export const claimNotReturned: Refusal = {
  code: 'CLAIM_NOT_RETURNED',
  message: {
    zh: '只有被退回的申报才能修改后重新提交；待审核的请先撤回，再另行申报。',
    en: 'Only a claim that was returned can be submitted again. Withdraw one that still waits, then claim anew.',
  },
  at: 'claimId',
};

export const claimSettled: Refusal = {
  code: 'CLAIM_DECIDED',
  message: {
    zh: '这条申报已经通过或撤回，不能再撤回。',
    en: 'This claim was approved or withdrawn already; there is nothing to withdraw.',
  },
  at: 'claimId',
};

// What an approver may meet.

export const claimDecided: Refusal = {
  code: 'CLAIM_DECIDED',
  message: {
    zh: '这条申报已处理或已由会员撤回，无需审核，请刷新列表。',
    en: 'This claim has been dealt with or withdrawn and waits for nobody. Refresh the list.',
  },
  at: 'claimId',
};

export const personNeeded: Refusal = {
  code: 'PERSON_NEEDED',
  message: {
    zh: '接口凭证不能审核申报，请由审核人员登录后办理。',
    en: 'An API token cannot decide on claims. A person has to sign in and do it.',
  },
};

export const ownClaim: Refusal = {
  code: 'OWN_CLAIM',
  message: {
    zh: '这是您本人的申报，请由其他管理员审核。',
    en: 'This claim is your own. Have another admin decide on it.',
  },
  at: 'claimId',
};

export const secondPersonNeeded: Refusal = {
  code: 'SECOND_PERSON_NEEDED',
  message: {
    zh: '这条申报须经两级审核，您已完成初审，请由上一级的另一名管理员复审。',
    en: 'This claim needs two people and you approved it first. Another admin of the higher level has to approve it now.',
  },
  at: 'claimId',
};

export const higherLevelNeeded: Refusal = {
  code: 'HIGHER_LEVEL_NEEDED',
  message: {
    zh: '这条申报已通过初审，须由积分方案所属工会或其上级的管理员复审。',
    en: 'The branch has approved this claim. Now an admin of the union whose programme it is, or of one above, has to.',
  },
  at: 'claimId',
};

export const memberOutsideProgramme: Refusal = {
  code: 'MEMBER_OUTSIDE_PROGRAMME',
  message: {
    zh: '这名会员已转到该积分方案以外的工会，不能再计入；请退回并说明原因。',
    en: 'The member has moved to a union that this programme does not cover. Return the claim and say so.',
  },
  at: 'claimId',
};

export const returnReasonMissing: Refusal = {
  code: 'REASON_MISSING',
  message: {
    zh: `请填写退回原因（1 至 ${LONGEST_NOTE} 个字），会员会看到它，并据此补充材料。`,
    en: `Give the reason in 1 to ${LONGEST_NOTE} characters: the member reads it and mends the claim by it.`,
  },
  at: 'reason',
};
