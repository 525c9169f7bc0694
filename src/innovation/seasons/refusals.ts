import type { Refusal } from '../../platform/result.ts';
import { LONGEST_REASON } from './limits.ts';

const refusal = (code: string, zh: string, en: string, at?: string): Refusal => ({
  code,
  message: { zh, en },
  ...(at !== undefined && { at }),
});

/** Also what a season outside the caller's branch answers. */
export const seasonUnknown = refusal(
  'SEASON_UNKNOWN',
  '没有这一届评选，或它不在您的范围内，请重新选择。',
  'There is no such season in your branch. Choose one from the list.',
  'seasonId',
);

export const seasonOpened = refusal(
  'SEASON_OPENED',
  '本届评选已开放申报，方案不能再改。',
  'The season is open for declarations already, so its plan is fixed.',
  'seasonId',
);

export const seasonOver = refusal(
  'SEASON_OVER',
  '本届评选已结束或已取消，不能再操作。',
  'The season is final or cancelled: nothing can be done with it any more.',
  'seasonId',
);

export const declarationOver = refusal(
  'DECLARATION_OVER',
  '申报截止时间已过，开放后无人能够申报。请改为将来的时间。',
  'Nobody could declare anything any more: the time for it is over. Give it a later end.',
  'plan.declareUntil',
);

export const reasonNeeded = refusal(
  'REASON_NEEDED',
  `请写明理由（1 至 ${LONGEST_REASON} 个字，首尾不能有空格），职工会看到它。`,
  `Give the reason in 1 to ${LONGEST_REASON} characters, without spaces at either end; members will read it.`,
  'reason',
);

export const yearOfCopy = refusal(
  'YEAR_OF_COPY',
  '复制的方案须用于较晚的年度，且不超过 10 年之后。',
  'A copy is for a later year, 10 years ahead at the most.',
  'year',
);

export const paragraphLength = (at: string, most: number): Refusal =>
  refusal(
    'TEXT_LENGTH',
    `请填写 1 至 ${most} 个字，首尾不能有空格。`,
    `Write 1 to ${most} characters, without spaces at either end.`,
    at,
  );

export const tooMany = (at: string, most: number): Refusal =>
  refusal(
    'TOO_MANY',
    `此列表最多 ${most} 项，请精简。`,
    `This list has ${most} items at the most. Take some away.`,
    at,
  );

/** A list that asks for something and is empty, or names the same twice. */
export const listMalformed = (at: string): Refusal =>
  refusal(
    'LIST_MALFORMED',
    '此列表至少一项且不能重复；不作要求时请不填。',
    'This list has at least one item and none twice. Leave it out to ask for nothing.',
    at,
  );

export const prefixMalformed = refusal(
  'PREFIX_MALFORMED',
  '证书编号前缀须为 2 至 10 个大写字母或数字，以字母开头，如 DLCX2026。',
  'The prefix of certificates has 2 to 10 capital letters or digits and begins with a letter, such as DLCX2026.',
  'plan.certificatePrefix',
);

export const prefixTaken = (at: string): Refusal =>
  refusal(
    'PREFIX_TAKEN',
    '另一届评选已用此证书编号前缀，请换一个。',
    'Another season has this prefix for its certificates. Choose another one.',
    at,
  );

export const timesOutOfOrder = refusal(
  'TIMES_OUT_OF_ORDER',
  '申报截止时间须晚于申报开始时间。',
  'Declarations must end later than they begin.',
  'plan.declareUntil',
);

export const programmeOutside = refusal(
  'PROGRAMME_UNKNOWN',
  '没有这个积分方案，或它不覆盖主办工会的全部会员，请选择主办工会或其上级的积分方案。',
  'There is no such programme, or it does not cover the whole branch. Choose one of the season’s union or of one above it.',
  'plan.programmeId',
);

/** Nothing asks anything of a firm: then everybody would count for the reserve. */
export const reserveOfAll = (at: string): Refusal =>
  refusal(
    'RESERVE_OF_ALL',
    '请说明名额保留给哪类企业：企业性质、企业类型或职工人数上限，至少一项。',
    'Say for what firms these honours are kept: by ownership, type or number of employees, one of them at the least.',
    at,
  );
