import type { Refusal } from '../platform/result.ts';
import { LONGEST_REASON, LONGEST_TEXT, MOST_OBJECTIONS } from './limits.ts';

/** Also what a notice of another branch answers. */
export const noticeUnknown: Refusal = {
  code: 'NOTICE_UNKNOWN',
  message: {
    zh: '没有这份公示，或它不属于您所在的工会，请重新选择。',
    en: 'There is no such notice, or it is not one of your unions. Choose one from the list.',
  },
  at: 'noticeId',
};

/** Also what somebody else's objection answers, and one outside the caller's branch. */
export const objectionUnknown: Refusal = {
  code: 'OBJECTION_UNKNOWN',
  message: {
    zh: '没有这条异议，或您无权处理它，请重新选择。',
    en: 'There is no such objection, or it is not yours to deal with. Choose one from the list.',
  },
  at: 'objectionId',
};

// What the member who objects may meet.

export const noticeNotOpen: Refusal = {
  code: 'NOTICE_NOT_OPEN',
  message: {
    zh: '这份公示已结束、已撤回或已有新版本，不能再提出异议；如有新版本，请对新版本提出。',
    en: 'This notice is final, withdrawn or replaced and takes no more objections. If there is a new version, object to that.',
  },
  at: 'noticeId',
};

export const periodOver: Refusal = {
  code: 'OBJECTION_PERIOD_OVER',
  message: {
    zh: '公示期已满，不能再提出异议；如仍有疑问，请联系发布公示的工会。',
    en: 'The period for objections is over. If you still have doubts, ask the union whose notice it is.',
  },
  at: 'noticeId',
};

export const lineUnknown: Refusal = {
  code: 'LINE_UNKNOWN',
  message: {
    zh: '公示名单中没有这一行，请从名单中选择，或不选行而对整份公示提出异议。',
    en: 'The notice has no such line. Choose one of its lines, or name none to object to the notice as a whole.',
  },
  at: 'lineNumber',
};

export const textMalformed: Refusal = {
  code: 'TEXT_MALFORMED',
  message: {
    zh: `请写明异议内容（1 至 ${LONGEST_TEXT} 个字）。`,
    en: `Say what you object to, in 1 to ${LONGEST_TEXT} characters.`,
  },
  at: 'text',
};

export const objectionRepeated: Refusal = {
  code: 'OBJECTION_REPEATED',
  message: {
    zh: '您对这一项已有一条异议正在处理，请等待结果，或先撤回再重新提出。',
    en: 'You have an objection to this that is not decided yet. Wait for the decision, or withdraw it and file anew.',
  },
};

export const objectionsTooMany: Refusal = {
  code: 'OBJECTIONS_TOO_MANY',
  message: {
    zh: `您对这份公示已提出 ${MOST_OBJECTIONS} 条异议，不能再提出；如有补充，请联系发布公示的工会。`,
    en: `You have filed ${MOST_OBJECTIONS} objections to this notice and can file no more. Ask the union whose notice it is.`,
  },
};

export const objectionSettled: Refusal = {
  code: 'OBJECTION_DECIDED',
  message: {
    zh: '这条异议已有处理结果或已撤回，不能再撤回。',
    en: 'This objection was decided or withdrawn already; there is nothing to withdraw.',
  },
  at: 'objectionId',
};

// What an admin who decides may meet.

export const objectionDecided: Refusal = {
  code: 'OBJECTION_DECIDED',
  message: {
    zh: '这条异议已处理、已由会员撤回或已终止，无需处理，请刷新列表。',
    en: 'This objection has been dealt with or withdrawn, or has become moot, and waits for nobody. Refresh the list.',
  },
  at: 'objectionId',
};

export const personNeeded: Refusal = {
  code: 'PERSON_NEEDED',
  message: {
    zh: '接口凭证不能处理异议，请由管理员本人登录后办理。',
    en: 'An API token cannot decide on objections. A person has to sign in and do it.',
  },
};

export const ownObjection: Refusal = {
  code: 'OWN_OBJECTION',
  message: {
    zh: '这是您本人提出的异议，请由其他管理员处理。',
    en: 'This objection is your own. Have another admin decide on it.',
  },
  at: 'objectionId',
};

export const ownLine: Refusal = {
  code: 'OWN_LINE',
  message: {
    zh: '这条异议涉及您本人在名单中的结果，请由其他管理员处理。',
    en: 'This objection concerns a line of your own on the notice. Have another admin decide on it.',
  },
  at: 'objectionId',
};

export const reasonMissing: Refusal = {
  code: 'REASON_MISSING',
  message: {
    zh: `请填写处理理由（1 至 ${LONGEST_REASON} 个字），它会随公示公开。`,
    en: `Give the reason in 1 to ${LONGEST_REASON} characters: all who see the notice can read it.`,
  },
  at: 'reason',
};
