import type { Refusal } from '../../platform/result.ts';

export const reviewNeeded: Refusal = {
  code: 'REVIEW_NEEDED',
  message: {
    zh: '这个积分方案要求商品先经审核：请提交审核，由另一位管理员通过后即上架。',
    en: 'This programme wants offers reviewed. Submit it; it goes on sale once another admin has approved it.',
  },
  at: 'offerId',
};

export const offerInReview: Refusal = {
  code: 'OFFER_IN_REVIEW',
  message: {
    zh: '商品正在审核中，审核期间不能修改或直接上架。请等待审核，或先撤回再修改。',
    en: 'This offer is in review and stays as it is meanwhile. Wait for the review, or withdraw it first.',
  },
  at: 'offerId',
};

export const offerNotInReview: Refusal = {
  code: 'OFFER_NOT_IN_REVIEW',
  message: {
    zh: '商品不在审核中，可能已被他人处理。请刷新后查看。',
    en: 'This offer is not in review; somebody may have decided it already. Look at it again.',
  },
  at: 'offerId',
};

export const offerNotDraft: Refusal = {
  code: 'OFFER_NOT_DRAFT',
  message: {
    zh: '只有草稿可以提交审核；这个商品已上架过。',
    en: 'Only a draft can be submitted for review; this offer has been on sale.',
  },
  at: 'offerId',
};

export const secondPersonNeeded: Refusal = {
  code: 'SECOND_PERSON_NEEDED',
  message: {
    zh: '提交人不能审核自己的商品，请由另一位管理员审核。',
    en: 'Who submitted an offer may not review it. Ask another admin.',
  },
  at: 'offerId',
};

export const LONGEST_REASON = 500;
export const reasonMalformed: Refusal = {
  code: 'REASON_MALFORMED',
  message: {
    zh: `请写明退回原因（1 至 ${LONGEST_REASON} 个字，不换行），提交人会看到它。`,
    en: `Say why in 1 to ${LONGEST_REASON} characters on one line; who submitted the offer reads it.`,
  },
  at: 'reason',
};

export const MOST_UNIONS = 100;
export const unionsOutOfRange: Refusal = {
  code: 'UNIONS_OUT_OF_RANGE',
  message: {
    zh: `最多选择 ${MOST_UNIONS} 个工会组织；选择上级工会即包含其下属组织。`,
    en: `Choose ${MOST_UNIONS} unions at most; a union stands for all below it.`,
  },
  at: 'eligibleUnionIds',
};

/** `index` is the place in the list of a union that is not of the programme. */
export function unionNotOfProgramme(index: number): Refusal {
  return {
    code: 'UNION_UNKNOWN',
    message: {
      zh: '这个工会组织不在积分方案的范围内，请从方案所属工会及其下属组织中选择。',
      en: 'This union is not one of the programme. Choose among its own union and those below.',
    },
    at: `eligibleUnionIds.${index}`,
  };
}

export const MOST_ELIGIBLE_TAGS = 20;
export const tagsOutOfRange: Refusal = {
  code: 'TAGS_OUT_OF_RANGE',
  message: {
    zh: `最多填写 ${MOST_ELIGIBLE_TAGS} 个标签，会员有其中任意一个即可兑换。`,
    en: `Give ${MOST_ELIGIBLE_TAGS} tags at most; a member needs one of them.`,
  },
  at: 'eligibleTags',
};

export const poolForfeits: Refusal = {
  code: 'POOL_FORFEITS',
  message: {
    zh: '使用商户自有券码的商品，券码展示后无法收回，过期须作废，不能退还积分。',
    en: 'An offer with the merchant’s own codes must forfeit: a code that was shown cannot be taken back.',
  },
  at: 'lapsePolicy',
};

/** `index` is the place in the list of a file that phones cannot show. */
export function pictureTypeRefused(index: number): Refusal {
  return {
    code: 'PICTURE_TYPE_REFUSED',
    message: {
      zh: `第 ${index + 1} 个文件不是 JPEG、PNG 或 WebP 图片，手机可能无法显示，请转换后重新上传。`,
      en: `File ${index + 1} is no JPEG, PNG or WebP picture, which every phone can show. Convert it and upload it again.`,
    },
    at: `evidenceIds.${index}`,
  };
}
