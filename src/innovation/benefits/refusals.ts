import type { Refusal } from '../../platform/result.ts';
import { LARGEST_BENEFIT, LONGEST_HOW, LONGEST_NOTE, LONGEST_REASON } from './limits.ts';

const refusal = (code: string, zh: string, en: string, at?: string): Refusal => ({
  code,
  message: { zh, en },
  ...(at !== undefined && { at }),
});
const yuan = (fen: number) => (fen / 100).toFixed(2);

/** Also what a benefit outside the caller's branch answers. */
export const benefitUnknown = refusal(
  'BENEFIT_UNKNOWN',
  '没有这项效益申报，或它不在您的管理范围内，请重新选择。',
  'There is no such benefit in your branch. Choose one from the list.',
  'benefitId',
);

export const benefitTooEarly = refusal(
  'BENEFIT_TOO_EARLY',
  '成果通过资格审查后才能申报效益；被退回、未通过或已撤回的成果不能申报。',
  'A benefit can be claimed once the achievement has passed its check, and not for one that was returned, turned down or withdrawn.',
  'achievementId',
);

export const benefitClaimed = refusal(
  'BENEFIT_CLAIMED',
  '这项成果的效益已申报，正在审核或已有结论；只有被退回后才能重新申报。',
  'The benefit of this achievement was claimed already. It can be claimed again only after it was returned.',
  'achievementId',
);

export const benefitOutOfRange = refusal(
  'BENEFIT_OUT_OF_RANGE',
  `效益金额须为 1 分至 ${yuan(LARGEST_BENEFIT)} 元。`,
  `A benefit must be from 1 fen to ${yuan(LARGEST_BENEFIT)} yuan.`,
  'fen',
);

export const benefitPeriod = refusal(
  'BENEFIT_PERIOD',
  '效益期间的起始日不能晚于终止日，终止日不能晚于今天。效益须是已经产生的。',
  'The period must begin no later than it ends, and end today or before: only what has come about can be claimed.',
  'periodUntil',
);

export const howNeeded = refusal(
  'HOW_NEEDED',
  `请写明效益如何测算（1 至 ${LONGEST_HOW} 个字）。`,
  `Say how the benefit was reckoned, in 1 to ${LONGEST_HOW} characters.`,
  'how',
);

export const evidenceNeeded = refusal(
  'EVIDENCE_NEEDED',
  '申报效益须附证明材料，如财务证明或测算表，请上传后再提交。',
  'A benefit needs evidence, such as a statement of the finance department. Upload it first.',
  'evidenceIds',
);

export const benefitNotClaimed = refusal(
  'BENEFIT_NOT_CLAIMED',
  '这项效益申报不在待审核状态，请刷新后查看。',
  'This benefit does not wait for an audit. Look at it again.',
  'benefitId',
);

export const benefitNotAudited = refusal(
  'BENEFIT_NOT_AUDITED',
  '这项效益申报还没有审核结论，或已处理完毕，请刷新后查看。',
  'This benefit was not audited yet, or is settled already. Look at it again.',
  'benefitId',
);

export const benefitSettled = refusal(
  'BENEFIT_SETTLED',
  '这项效益申报已认定、已驳回或已退回，不能再退回或驳回。',
  'This benefit was accepted, declined or returned already.',
  'benefitId',
);

/** `most` is what was claimed, or what the audit found, in fen. */
export const benefitAbove = (what: 'claimed' | 'audited', most: number): Refusal =>
  what === 'claimed'
    ? refusal(
        'BENEFIT_ABOVE_CLAIMED',
        `审核金额须为 1 分至申报金额 ${yuan(most)} 元；如实际效益更高，请退回由申报人重新申报。`,
        `The audit can find from 1 fen to the ${yuan(most)} yuan that were claimed; return it where there is more.`,
        'fen',
      )
    : refusal(
        'BENEFIT_ABOVE_AUDITED',
        `认定金额须为 1 分至审核金额 ${yuan(most)} 元。`,
        `What is accepted must be from 1 fen to the ${yuan(most)} yuan that the audit found.`,
        'fen',
      );

export const noteNeeded = refusal(
  'NOTE_NEEDED',
  `请写明审核意见（1 至 ${LONGEST_NOTE} 个字）。`,
  `Say what the audit found, in 1 to ${LONGEST_NOTE} characters.`,
  'note',
);

export const reasonNeeded = refusal(
  'REASON_NEEDED',
  `请写明理由（1 至 ${LONGEST_REASON} 个字），申报人会看到它。`,
  `Give the reason in 1 to ${LONGEST_REASON} characters; who claimed it will read it.`,
  'reason',
);

export const ownBenefit = refusal(
  'OWN_BENEFIT',
  '您是这项成果的完成人，不能审核或认定它的效益，请由其他管理员办理。',
  'You are an author of the achievement and cannot audit or accept its benefit. Ask another admin.',
  'benefitId',
);

export const personNeeded = refusal(
  'PERSON_NEEDED',
  '审核和认定效益须由本人登录后办理，不能使用接口令牌。',
  'A person must audit and accept benefits: sign in yourself instead of using an API token.',
);

export const secondPersonNeeded = refusal(
  'SECOND_PERSON_NEEDED',
  '申报、审核和认定须由不同的人办理，请由另一位管理员办理这一步。',
  'Claiming, auditing and accepting are for different people. Ask another admin to do this step.',
);
