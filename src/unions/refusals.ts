import type { Refusal } from '../platform/result.ts';

/** Also what a union outside the caller's branch answers. */
export const unionUnknown: Refusal = {
  code: 'UNION_UNKNOWN',
  message: {
    zh: '没有这个工会组织，或它不在您的管理范围内，请重新选择。',
    en: 'There is no such union in your branch. Choose one from the list.',
  },
};

export const unionNameTaken: Refusal = {
  code: 'UNION_NAME_TAKEN',
  message: {
    zh: '同一上级工会下已有同名的工会组织，请换一个名称。',
    en: 'The parent union already has a union of this name. Choose another name.',
  },
  at: 'name',
};

export const unionTooDeep: Refusal = {
  code: 'UNION_TOO_DEEP',
  message: {
    zh: '工会组织层级最多 14 级，请把它建在更高一级的工会下。',
    en: 'The tree of unions has 14 levels at the most. Put this union under a higher one.',
  },
  at: 'parentId',
};

export const nameMalformed: Refusal = {
  code: 'NAME_MALFORMED',
  message: {
    zh: '名称须为 1 至 120 个字，且首尾不能是空格。',
    en: 'The name must have 1 to 120 characters and neither begin nor end with a space.',
  },
  at: 'name',
};

/** Also what a programme outside the caller's branch answers. */
export const programmeUnknown: Refusal = {
  code: 'PROGRAMME_UNKNOWN',
  message: {
    zh: '没有这个积分方案，或它不在您的管理范围内，请重新选择。',
    en: 'There is no such programme in your branch. Choose one from the list.',
  },
};

export const programmeNameTaken: Refusal = {
  code: 'PROGRAMME_NAME_TAKEN',
  message: {
    zh: '这个工会已有同名的积分方案，请换一个名称。',
    en: 'This union already has a programme of this name. Choose another name.',
  },
  at: 'name',
};

/** A term of a programme that is out of its range. */
export function termOutOfRange(at: string, least: number, most: number): Refusal {
  return {
    code: 'TERM_OUT_OF_RANGE',
    message: {
      zh: `${at} 须为 ${least} 至 ${most} 之间的整数。`,
      en: `${at} must be a whole number from ${least} to ${most}.`,
    },
    at,
  };
}

/** Also what a member outside the caller's branch answers. */
export const memberUnknown: Refusal = {
  code: 'MEMBER_UNKNOWN',
  message: {
    zh: '没有这名会员，或其不在您的管理范围内，请重新查找。',
    en: 'There is no such member in your branch. Look the member up again.',
  },
};

export const reasonMissing: Refusal = {
  code: 'REASON_MISSING',
  message: {
    zh: '请填写原因（1 至 200 个字），它会记入操作记录。',
    en: 'Give the reason in 1 to 200 characters; it goes into the audit record.',
  },
  at: 'reason',
};

export const staffNumberTaken: Refusal = {
  code: 'STAFF_NUMBER_TAKEN',
  message: {
    zh: '目标工会已有相同工号的会员，请先核对两人的工号再转移。',
    en: 'The other union already has a member with this staff number. Put the staff numbers right first.',
  },
  at: 'unionId',
};

export const notBound: Refusal = {
  code: 'NOT_BOUND',
  message: {
    zh: '这名会员没有绑定微信，无需解绑。',
    en: 'This member is not bound to a WeChat account; there is nothing to undo.',
  },
};

/** One answer for every mismatch, so that nobody can find out which of the details was right. */
export const notOnRoster: Refusal = {
  code: 'NOT_ON_ROSTER',
  message: {
    zh: '未能在会员名册中核对到您的信息，请检查填写内容，或联系所在单位工会核对名册。',
    en: 'These details match nobody on the roster. Check them, or ask your union to check its roster.',
  },
};

export const alreadyBound: Refusal = {
  code: 'ALREADY_BOUND',
  message: {
    zh: '该微信或该会员已绑定其他账号。如更换了微信，请联系所在单位工会解绑后再试。',
    en: 'This WeChat account or this member is bound already. Ask your union to undo the old binding, then try again.',
  },
};

export const memberLeft: Refusal = {
  code: 'MEMBER_LEFT',
  message: {
    zh: '名册显示您已离开原工会，不能登录。如有疑问请联系工会。',
    en: 'The roster says that you have left the union, so you cannot sign in. Ask your union if that is wrong.',
  },
};

export const memberCount: Refusal = {
  code: 'MEMBER_COUNT',
  message: {
    zh: '一次须选择 1 至 500 名会员，请分批提交。',
    en: 'Name 1 to 500 members at a time; send more of them in parts.',
  },
  at: 'memberIds',
};

export const tagMalformed: Refusal = {
  code: 'TAG_MALFORMED',
  message: {
    zh: '标签须为 1 至 40 个字，不换行，首尾不能是空格。',
    en: 'A tag has 1 to 40 characters on one line and no space at either end.',
  },
  at: 'tag',
};

export const tagsTooMany: Refusal = {
  code: 'TAGS_TOO_MANY',
  message: {
    zh: '这名会员已有 20 个标签，请先取消不再需要的标签。',
    en: 'This member has 20 tags already. Take away one that is no longer needed first.',
  },
};

/** Whoever could change her own link could decide on what is her own. */
export const ownLink: Refusal = {
  code: 'OWN_ACCOUNT',
  message: {
    zh: '不能更改自己的账号所对应的会员，请由另一名管理员办理。',
    en: 'You cannot say which member you are yourself. Ask another admin.',
  },
  at: 'adminId',
};
