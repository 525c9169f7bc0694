import type { BeijingDay } from '../../src/platform/clock.ts';

/** A person on the roll, by number. */
export interface Member {
  union: number;
  state: 'active' | 'frozen' | 'left';
  /** Up to how many points a counter may charge without asking. */
  chargeLimit: number;
}

/** What is sold, by number. */
export interface Offer {
  id: string;
  programme: number;
  merchant: number;
  /** The numbers of its merchant's outlets at which its vouchers are used. */
  outlets: readonly number[];
  price: number;
  limit: { count: number; period: 'day' | 'month' | 'ever' } | null;
  /** What the limit is counted under. */
  group: string;
  lapse: 'refund' | 'forfeit';
  useDays: number | null;
  useUntil: BeijingDay | null;
  saleFrom: Date;
  saleTo: Date;
  isPool: boolean;
  /** The numbers of the unions whose members may buy it; null for all. */
  unions: readonly number[] | null;
  isOnSale: boolean;
  /** Pieces that ever came into the stock, less those that were taken off it by hand or set aside for a lottery. */
  supplied: number;
  /** Pieces that are to come, by instant in milliseconds. */
  releases: Map<number, number>;
  /** Vouchers that were bought and not cancelled. */
  taken: number;
}

/** A voucher that somebody asked for. It has an id once the purchase was accepted. */
export interface Voucher {
  /** Its place in the model. */
  number: number;
  id: string | undefined;
  member: number;
  offer: number;
  state: 'unused' | 'used' | 'cancelled' | 'lapsed';
  validUntil: Date;
  /** Under what it counts against a limit. */
  slot: string | null;
  /** What it cost, or what its merchant gets for a prize. */
  points: number;
  isPrize: boolean;
}

export interface Verification {
  id: string | undefined;
  voucher: Voucher;
  outlet: number;
  at: Date;
  isUndone: boolean;
}

export interface Scan {
  id: string | undefined;
  member: number;
  programme: number;
  till: number;
  at: Date;
  isCharged: boolean;
  /** As the phone showed it, and when that was made. */
  code: string | undefined;
  madeAt: Date;
}

export interface Charge {
  /** Its place in the model. */
  number: number;
  id: string | undefined;
  scan: Scan;
  points: number;
  state: 'held' | 'posted' | 'declined';
  holdUntil: Date;
  refunded: number;
  /** What is owed to the member since all that was left was given back. */
  rest?: Due;
}

export interface Claim {
  id: string | undefined;
  member: number;
  programme: number;
  /** What it says, so that the same can be claimed again. */
  content: { eventType: string; attributes: Record<string, string>; occurredOn: BeijingDay };
  state: 'submitted' | 'passed' | 'returned' | 'approved' | 'withdrawn';
  levels: 1 | 2;
  firstBy: number;
}

export interface Adjustment {
  id: string | undefined;
  member: number;
  programme: number;
  points: number;
  by: number;
  state: 'posted' | 'waiting' | 'declined';
  /** The month whose limit it counts against. */
  month: string;
}

/** What the doors have accepted that the ledger has to move: so many points from one account to another, once. */
export interface Due {
  points: number;
  from: string;
  to: string;
}

export interface Statement {
  id: string;
  programme: number;
  merchant: number;
  month: string;
  state: 'draft' | 'sent' | 'disputed' | 'confirmed' | 'paid';
  sentBy: number;
  disputes: { id: string; isOpen: boolean }[];
}

export interface Lottery {
  id: string;
  month: string;
  state: string;
  drawNumber: number;
  freezesAt: Date;
  isOpened: boolean;
  isSettled: boolean;
  /** What of its points is neither paid nor given back. */
  pot: number;
  wins: { id: string; state: string; prize: number }[];
  /** Pieces of vouchers that are set aside. */
  aside: number;
}
