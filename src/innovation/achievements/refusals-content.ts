import type { Refusal } from '../../platform/result.ts';
import { LONGEST_FIELD, LONGEST_SUMMARY, LONGEST_TITLE, MOST_AUTHORS, MOST_STUDIOS } from './limits.ts';

const refusal = (code: string, zh: string, en: string, at?: string): Refusal => ({
  code,
  message: { zh, en },
  ...(at !== undefined && { at }),
});

/** Hundredths of a percent, as people write them: 9950 is "99.5". */
const percent = (share: number) => String(share / 100);

// What it says.

export const titleMalformed = refusal(
  'TITLE_MALFORMED',
  `成果名称须为 1 至 ${LONGEST_TITLE} 个字，不换行，首尾不能有空格。`,
  `A title has 1 to ${LONGEST_TITLE} characters on one line and no space at either end.`,
  'title',
);

export const fieldMalformed = refusal(
  'FIELD_MALFORMED',
  `所属领域须为 1 至 ${LONGEST_FIELD} 个字，不换行，如“焊接”。`,
  `A field has 1 to ${LONGEST_FIELD} characters on one line, such as 焊接.`,
  'field',
);

export const textTooLong = (at: string, most: number): Refusal =>
  refusal(
    'TEXT_TOO_LONG',
    `此处最多 ${most} 个字，请精简。`,
    `This takes ${most} characters at the most. Make it shorter.`,
    at,
  );

export const summaryMissing = refusal(
  'SUMMARY_MISSING',
  `请填写成果摘要（${LONGEST_SUMMARY} 字以内），再提交。`,
  `Write a summary of up to ${LONGEST_SUMMARY} characters, then submit it.`,
  'summary',
);

export const textMissing = refusal(
  'TEXT_MISSING',
  '请填写成果内容，再提交。',
  'Describe the achievement, then submit it.',
  'text',
);

export const patentNumberMalformed = refusal(
  'PATENT_NUMBER_MALFORMED',
  '专利号或申请号不正确，请按证书核对，如 ZL 2017 1 0601862.3，末位为校验码。',
  'This can be no Chinese patent or application number. Compare it with the certificate; the last sign is a check digit.',
  'patentNumber',
);

export const patentNumberMissing = refusal(
  'PATENT_NUMBER_MISSING',
  '专利成果须填写专利号或申请号，再提交。',
  'A patent needs its number, or that of the application. Fill it in, then submit it.',
  'patentNumber',
);

export const patentNumberOfNone = refusal(
  'PATENT_NUMBER_OF_NO_PATENT',
  '只有专利类成果填写专利号，请删去专利号或将种类改为专利。',
  'Only a patent has a number. Take it away, or choose the kind PATENT.',
  'patentNumber',
);

export const adoptionOfNone = refusal(
  'ADOPTION_OF_NO_PROPOSAL',
  '只有合理化建议填写采纳情况，请删去。',
  'Only a proposal is adopted. Leave it out.',
  'adoption',
);

export const effectUnadopted = refusal(
  'EFFECT_UNADOPTED',
  '建议采纳后才能填写实测效果，请先选择采纳情况。',
  'A proposal that is not adopted has no effect yet. Say how far it is adopted.',
  'effectMeasured',
);

export const effectMissing = refusal(
  'EFFECT_MISSING',
  '建议已应用，请填写实测效果。',
  'The proposal is in use: say what effect was measured.',
  'effectMeasured',
);

export const evidenceNeeded = refusal(
  'EVIDENCE_NEEDED',
  '本类别须附证明材料（照片或 PDF），请上传后再提交。',
  'This category asks for evidence. Upload a photo or a PDF, then submit it.',
  'evidenceIds',
);

// Who made it.

export const authorsTooMany = refusal(
  'AUTHORS_TOO_MANY',
  `完成人最多 ${MOST_AUTHORS} 名，请减少。`,
  `An achievement has ${MOST_AUTHORS} authors at the most. Leave some out.`,
  'authors',
);

export const authorRepeated = (at: string): Refusal =>
  refusal(
    'AUTHOR_REPEATED',
    '同一人在完成人中出现了两次，请删去一处。',
    'The same person is named twice among the authors. Take one of them away.',
    at,
  );

export const declarerNoAuthor = refusal(
  'DECLARER_NO_AUTHOR',
  '申报人须是完成人之一，请把申报人列入完成人。',
  'Who declares it is one of its authors. Name her among them.',
  'authors',
);

export const authorUnknown = (at: string): Refusal =>
  refusal(
    'AUTHOR_UNKNOWN',
    '没有这名会员，请核对；须是本级工会体系内在册的会员。',
    'There is no such member of your federation. Check who it is.',
    at,
  );

export const colleagueUnknown = (at: string): Refusal =>
  refusal(
    'AUTHOR_UNKNOWN',
    '没有这个姓名和工号的在册会员，请核对；同一工号有多人时，请由单位工会申报。',
    'No member has this name and staff number. Check both; where several have them, let your union declare it.',
    at,
  );

export const memberNotActive = refusal(
  'MEMBER_NOT_ACTIVE',
  '申报人会籍已冻结或已离会，不能申报，请联系所在工会。',
  'The membership of who declares it is frozen or was left. Ask the union.',
);

/** A whole number of hundredths of a percent from 1 to 10,000. */
export const shareOutOfRange = (at: string): Refusal =>
  refusal(
    'SHARE_OUT_OF_RANGE',
    '贡献比例须在 0.01% 至 100% 之间。',
    'A share is between 0.01 % and 100 %, in whole hundredths of a percent.',
    at,
  );

export const sharesNotWhole = (at: string, sum: number): Refusal =>
  refusal(
    'SHARES_NOT_WHOLE',
    `贡献比例合计须为 100%，现为 ${percent(sum)}%，请调整。`,
    `All shares must add up to 100 %; now it is ${percent(sum)} %.`,
    at,
  );

// The studios that made it.

export const studiosTooMany = refusal(
  'STUDIOS_TOO_MANY',
  `创新工作室最多 ${MOST_STUDIOS} 个，请减少。`,
  `An achievement is of ${MOST_STUDIOS} studios at the most. Leave some out.`,
  'studios',
);

export const studioRepeated = (at: string): Refusal =>
  refusal(
    'STUDIO_REPEATED',
    '同一个工作室出现了两次，请删去一处。',
    'The same studio is named twice. Take one of them away.',
    at,
  );

export const studioOfNoAuthor = (at: string): Refusal =>
  refusal(
    'STUDIO_OF_NO_AUTHOR',
    '没有这个工作室，或完成人中没有它现在的成员，请核对。',
    'There is no such studio, or none of the authors is part of it now. Check it.',
    at,
  );

export const allianceNeeded = refusal(
  'ALLIANCE_NEEDED',
  '多个工作室共同完成的成果须选择它们所在的联盟。',
  'An achievement of several studios names the alliance in which they made it.',
  'allianceId',
);

export const allianceOfOthers = refusal(
  'ALLIANCE_UNKNOWN',
  '没有这个联盟，或没有列出工作室，或所列工作室现在不都是它的成员，请核对。',
  'There is no such alliance, or the studios that are named do not all belong to it now. Check them.',
  'allianceId',
);
