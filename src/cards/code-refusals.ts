import type { Refusal } from '../platform/result.ts';

/** One answer for what is malformed, forged, of another programme or of no card at all. */
export const cardCodeRefused: Refusal = {
  code: 'CARD_CODE_REFUSED',
  message: {
    zh: '这不是有效的会员码。请会员打开小程序“会员卡”页面，重新出示会员码。',
    en: 'This is no valid card code. Ask the member to open her card in the mini-program and show the code again.',
  },
  at: 'code',
};

export const cardCodeExpired: Refusal = {
  code: 'CARD_CODE_EXPIRED',
  message: {
    zh: '会员码已超过 60 秒失效，截图不能使用。请会员刷新后重新出示；若刷新后仍提示过期，请把手机时间设为自动校准。',
    en: 'The code is older than 60 seconds; screenshots do not work. Ask the member to show a fresh one. If that is called expired too, set the phone’s clock to automatic.',
  },
  at: 'code',
};

/** The card key of which the code was made is older than a day, or void because the card's state has changed. */
export const cardKeyExpired: Refusal = {
  code: 'CARD_CODE_EXPIRED',
  message: {
    zh: '手机上的会员卡需要更新。请会员联网后重新打开“会员卡”页面，再出示会员码。',
    en: 'The card on the phone has to be renewed. Ask the member to open her card once while online, then show the code.',
  },
  at: 'code',
};

export const clockSkew: Refusal = {
  code: 'CLOCK_SKEW',
  message: {
    zh: '会员手机的时间与标准时间相差超过 30 秒。请会员在手机设置中打开“自动设置时间”，再重新出示会员码。',
    en: 'The clock of the member’s phone is more than 30 seconds off. Ask her to set the phone’s time to automatic, then to show a fresh code.',
  },
  at: 'code',
};

export const cardCodeUsed: Refusal = {
  code: 'CARD_CODE_USED',
  message: {
    zh: '这个会员码已使用过，每个会员码只能使用一次。请会员刷新后重新出示。',
    en: 'This code was used already; each works once. Ask the member to show a fresh one.',
  },
  at: 'code',
};

/** Why it is not, a cashier need not know: the member sees it in the mini-program. */
export const cardNotActive: Refusal = {
  code: 'CARD_NOT_ACTIVE',
  message: {
    zh: '这张会员卡目前不能使用。请会员在小程序“会员卡”页面查看原因，或联系所属工会。',
    en: 'This card cannot be used at present. The member finds the reason with her card in the mini-program, or asks her union.',
  },
  at: 'code',
};
