import { registerEnumType } from 'type-graphql';
import type { EntropyKind, LotteryState, Trouble } from '../lottery.entity.ts';
import type { TicketGrant } from '../queries.ts';
import type { PrizeKind } from '../set-up/terms.ts';
import type { LotteryTemplate } from '../templates/template.entity.ts';

/** The words of the floor as GraphQL spells them; the values are those of the tables. */
export const LotteryStateWord = {
  DRAFT: 'draft',
  OPEN: 'open',
  FROZEN: 'frozen',
  DRAWN: 'drawn',
  IN_NOTICE: 'in_notice',
  FINAL: 'final',
  VOID: 'void',
} as const satisfies Record<string, LotteryState>;

registerEnumType(LotteryStateWord, {
  name: 'LotteryState',
  description: 'How far a lottery is.',
  valuesConfig: {
    DRAFT: { description: '草稿: only admins see it, and can change all of it.' },
    OPEN: { description: '参与中: its prizes are set aside and fixed; tickets are given and sold.' },
    FROZEN: { description: '已截止: nobody gets a ticket any more; its list is counted and waits for the draw.' },
    DRAWN: { description: '已开奖: the transcript is public; the notice follows.' },
    IN_NOTICE: { description: '公示中: objections can be filed.' },
    FINAL: { description: '已生效: prizes are paid.' },
    VOID: { description: '已作废: called off for a reason; bought tickets are refunded.' },
  },
});

export const EntropyKindWord = { DRAND: 'drand', REVEALS: 'reveals' } as const satisfies Record<string, EntropyKind>;

registerEnumType(EntropyKindWord, {
  name: 'EntropyKind',
  description: 'Where the public randomness of a draw comes from.',
  valuesConfig: {
    DRAND: { description: '公共随机源: a round of the drand network that is made after the freeze.' },
    REVEALS: { description: '多方揭示: named parties commit themselves before the freeze and reveal after it.' },
  },
});

export const PrizeKindWord = {
  POINTS: 'points',
  VOUCHER: 'voucher',
  GOODS: 'goods',
} as const satisfies Record<string, PrizeKind>;

registerEnumType(PrizeKindWord, {
  name: 'PrizeKind',
  description: 'What a winner gets.',
  valuesConfig: {
    POINTS: { description: '积分' },
    VOUCHER: { description: '兑换券: a voucher of an offer.' },
    GOODS: { description: '实物: a thing to be collected from the union.' },
  },
});

export const LotteryTroubleWord = {
  OVER_BUDGET: 'over_budget',
  STOCK_SHORT: 'stock_short',
  OFFER_NOT_ON_SALE: 'offer_not_on_sale',
  PARTIES_MISSING: 'parties_missing',
  ENTROPY_AWAITED: 'entropy_awaited',
  OBJECTION_UPHELD: 'objection_upheld',
} as const satisfies Record<string, Trouble>;

registerEnumType(LotteryTroubleWord, {
  name: 'LotteryTrouble',
  description: 'Why a step of a lottery that is due was not taken yet. It is tried again every minute.',
  valuesConfig: {
    OVER_BUDGET: { description: "预算不足: it cannot open, since the programme's budget does not cover its prizes." },
    STOCK_SHORT: { description: '库存不足: it cannot open, since too few pieces of an offer are left.' },
    OFFER_NOT_ON_SALE: { description: '商品未上架: it cannot open, since an offer is not on sale or ends too early.' },
    PARTIES_MISSING: { description: '承诺未齐: it cannot freeze or be drawn, since a party has not committed itself.' },
    ENTROPY_AWAITED: { description: '等待随机数: it cannot be drawn, since its public randomness is not there yet.' },
    OBJECTION_UPHELD: {
      description:
        '异议成立待处理: an objection was upheld that no version of the notice answers. Take the win away with disqualifyWinner, or publish the list anew with renewWinnersNotice.',
    },
  },
});

export const TicketSourceWord = {
  FREE: 'free',
  RULE: 'rule',
  BOUGHT: 'bought',
} as const satisfies Record<string, TicketGrant['source']>;

registerEnumType(TicketSourceWord, {
  name: 'TicketSource',
  description: 'How somebody came by tickets.',
  valuesConfig: {
    FREE: { description: '免费: every active member has them.' },
    RULE: { description: '按规则赠送: for something that a rule gave points for in the month before the draw.' },
    BOUGHT: { description: '积分购买' },
  },
});

export const LeftOutWord = {
  NOT_ACTIVE: 'not_active',
  WON_LATELY: 'won_lately',
  REVOKED: 'revoked',
} as const satisfies Record<string, NonNullable<TicketGrant['leftOut']>>;

registerEnumType(LeftOutWord, {
  name: 'LeftOut',
  description: 'Why tickets take no part in the draw.',
  valuesConfig: {
    NOT_ACTIVE: { description: '会员状态异常: the member was not active at the freeze.' },
    WON_LATELY: { description: '近期已中奖' },
    REVOKED: { description: '已撤销: what they were given for was taken back.' },
  },
});

export const LotteryTemplateStateWord = {
  ACTIVE: 'active',
  PAUSED: 'paused',
} as const satisfies Record<string, LotteryTemplate['state']>;

registerEnumType(LotteryTemplateStateWord, {
  name: 'LotteryTemplateState',
  description: 'Whether lotteries are made from a template.',
  valuesConfig: {
    ACTIVE: { description: '启用: one is made each month.' },
    PAUSED: { description: '暂停: none is made.' },
  },
});
