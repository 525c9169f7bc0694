import type { Message, Refusal } from '../platform/result.ts';
import type { CardState } from './card.entity.ts';

/** What people call the states, to be put into a sentence. */
const STATE_WORDS: Record<CardState, Message> = {
  active: { zh: '正常', en: 'active' },
  frozen: { zh: '已冻结', en: 'frozen' },
  lost: { zh: '已挂失', en: 'reported lost' },
  replaced: { zh: '已补换', en: 'replaced' },
  cancelled: { zh: '已注销', en: 'cancelled' },
};

/** Also what an issuer answers that the caller may not see, or that does not issue in the branch in question. */
export const issuerUnknown: Refusal = {
  code: 'ISSUER_UNKNOWN',
  message: {
    zh: '没有这个发卡方，或它不为这里的会员发卡，请重新选择。',
    en: 'There is no such card issuer for the members here. Choose one from the list.',
  },
  at: 'issuerId',
};

export const issuerNameMalformed: Refusal = {
  code: 'ISSUER_NAME_MALFORMED',
  message: {
    zh: '卡面名称须为 1 至 60 个字，单行，首尾不能是空格。',
    en: 'The name on the card has 1 to 60 characters on one line and no space at either end.',
  },
  at: 'name',
};

export const prefixMalformed: Refusal = {
  code: 'PREFIX_MALFORMED',
  message: {
    zh: '卡号前缀须为 6 位数字，且不能以 0 开头。',
    en: 'A prefix has exactly 6 digits, of which the first is not 0.',
  },
  at: 'prefix',
};

export const prefixTaken: Refusal = {
  code: 'PREFIX_TAKEN',
  message: {
    zh: '这个卡号前缀已被其他发卡方使用，请换一个。',
    en: 'Another card issuer has this prefix. Choose another one.',
  },
  at: 'prefix',
};

/** Also what a card outside the caller's branch, or another member's, answers. */
export const cardUnknown: Refusal = {
  code: 'CARD_UNKNOWN',
  message: {
    zh: '没有这张会员卡，或您无权办理，请重新查找。',
    en: 'There is no such card that you could act on. Look it up again.',
  },
  at: 'cardId',
};

export const cardExists: Refusal = {
  code: 'CARD_EXISTS',
  message: {
    zh: '这名会员已有该发卡方的会员卡。卡片遗失或损坏请办理补换，不能重复发卡。',
    en: 'This member has a card of this issuer. Replace it when it is lost or broken; a second one is not issued.',
  },
  at: 'memberId',
};

export const memberNotActive: Refusal = {
  code: 'MEMBER_NOT_ACTIVE',
  message: {
    zh: '这名会员已冻结或已离会，不能发卡。请先在会员管理中恢复其状态。',
    en: 'This member is frozen or has left, so no card is issued. Let the member take part again first.',
  },
  at: 'memberId',
};

/** A change of state that the card's present state does not allow. */
export function cardStateUnfit(state: CardState): Refusal {
  const { zh, en } = STATE_WORDS[state];
  return {
    code: 'CARD_STATE_UNFIT',
    message: {
      zh: `这张会员卡目前${zh}，不能这样变更。请刷新后核对卡片状态。`,
      en: `This card is ${en} at present, which does not allow the change. Look at the card again.`,
    },
    at: 'cardId',
  };
}

/** A member may take back what she froze herself, not what her union froze. */
export const frozenByUnion: Refusal = {
  code: 'FROZEN_BY_UNION',
  message: {
    zh: '这张会员卡由工会冻结，不能自行解冻，请联系所属工会。',
    en: 'Your union has frozen this card, so you cannot unfreeze it yourself. Ask your union.',
  },
  at: 'cardId',
};

export const reasonMissing: Refusal = {
  code: 'REASON_MISSING',
  message: {
    zh: '请填写原因（1 至 200 个字，单行），它会记入卡片的变更记录。',
    en: 'Give the reason in 1 to 200 characters on one line; it goes into the history of the card.',
  },
  at: 'reason',
};

export const batchOpen: Refusal = {
  code: 'BATCH_OPEN',
  message: {
    zh: '该发卡方已有一个批量制卡任务尚未完成，请等它完成后再提交。',
    en: 'This issuer has a batch that is not done yet. Wait until it is, then ask again.',
  },
  at: 'issuerId',
};

export const fileAddressExpired: Refusal = {
  code: 'FILE_ADDRESS_EXPIRED',
  message: {
    zh: '这个下载地址已过期，请刷新页面以获取新的地址。',
    en: 'This address has expired. Ask for the batch again to get a new one.',
  },
};
