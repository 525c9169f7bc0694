import { type AccountKind, ISSUING } from '../../ledger/transfer.ts';

/** What is counted, as the columns of figure_month are called. All but held and in_vouchers are of one month. */
export const MEASURES = [
  'issued',
  'redeemed',
  'verified',
  'charged',
  'expired',
  'forfeited',
  'held',
  'in_vouchers',
  'scans',
  'discounts',
  'discounted_fen',
  'discount_given_fen',
] as const;

export type Measure = (typeof MEASURES)[number];
export type Measures = Partial<Record<Measure, number>>;

/** What of a merchant's is counted; the rest has no merchant. */
export const OF_MERCHANT: ReadonlySet<Measure> = new Set<Measure>([
  'redeemed',
  'verified',
  'charged',
  'forfeited',
  'in_vouchers',
  'scans',
  'discounts',
  'discounted_fen',
  'discount_given_fen',
]);

/**
 * What a transfer counts for, by the accounts between which it moves points. A reversal moves them the other way between
 * the same accounts, so it counts against what it reverses; a refund against a charge, an unexpiry against an expiry.
 * What is owed or written off stays issued, as in the programme's budget: those points were spent.
 */
export function measuresOf(debit: AccountKind, credit: AccountKind, points: number): Measures {
  const change = (kind: AccountKind) => (credit === kind ? points : 0) - (debit === kind ? points : 0);
  const flow = (from: AccountKind, to: AccountKind) => {
    if (debit === from && credit === to) return points;
    return debit === to && credit === from ? -points : 0;
  };
  return {
    issued: [...ISSUING].reduce((sum, kind) => sum - change(kind), 0),
    redeemed: flow('member', 'vouchers'),
    verified: flow('vouchers', 'merchant'),
    charged: flow('member', 'merchant'),
    expired: flow('member', 'breakage'),
    forfeited: flow('vouchers', 'breakage'),
    held: change('member'),
    in_vouchers: change('vouchers'),
  };
}
