import { OFFERS } from './offers.ts';
import { RULES } from './rules.ts';

/**
 * Who brings randomness to the draws of the story, each with an admin of the branch who does it for them. A commitment
 * binds whoever it is, so the three need not trust each other. Plainly invented, as all names here.
 */
export const PARTIES = [
  { login: 'demo-party-1', name: '演示职工代表', party: '职工代表（演示）' },
  { login: 'demo-party-2', name: '演示经审委员', party: '经费审查委员会（演示）' },
  { login: 'demo-party-3', name: '演示公证员', party: '公证处（演示）' },
] as const;

/** The voucher that is won: one of the 25 products, with a last day far away. */
export const WON_PRODUCT = OFFERS.find((offer) => offer.slug === 'model-aircraft')!;

/** What this rule gave in the month before the draw gives tickets too. */
export const TICKET_RULE = RULES.find((rule) => rule.slug === 'honour')!;
export const TICKETS_BY_RULE = 2;

export const TICKET_PRICE = 20;
export const BOUGHT_AT_MOST = 3;
export const POINTS_WON = 200;

/** The prize table: a thing to collect, vouchers, points. */
export const prizes = (offerId: string) => [
  { tier: 1, name: '折叠自行车一辆', kind: 'GOODS', quantity: 1 },
  { tier: 2, name: WON_PRODUCT.title, kind: 'VOUCHER', offerId, quantity: 2 },
  { tier: 3, name: `${POINTS_WON} 积分`, kind: 'POINTS', points: POINTS_WON, quantity: 5 },
];

/** How many are drawn, and what is set aside for them. */
export const PIECES = 8;
export const RESERVED = 2 * WON_PRODUCT.price + 5 * POINTS_WON;

/** The terms of a lottery in the words of the admin door, but for its randomness. */
export const terms = (offerId: string, ruleId: string) => ({
  prizes: prizes(offerId),
  freeTickets: 1,
  ticketRules: [{ ruleId, tickets: TICKETS_BY_RULE }],
  ticketPrice: TICKET_PRICE,
  boughtAtMost: BOUGHT_AT_MOST,
  ticketsAtMost: 10,
  noticeWorkingDays: 3,
  collectDays: 30,
});
