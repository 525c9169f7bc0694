import type { Points } from '../platform/points.ts';

/**
 * The accounts of a programme. A member's and a merchant's are its own, and so is what a member owes: points that were
 * taken back after they were spent, as a balance below zero. The others are one each, owned by the programme: issuance
 * (where points come from), vouchers (points that lie in unused vouchers), breakage (expired and forfeited points),
 * prizes, and written_off (points taken back after they were spent that nobody has to pay off).
 */
export type AccountKind =
  | 'member'
  | 'merchant'
  | 'issuance'
  | 'vouchers'
  | 'breakage'
  | 'prizes'
  | 'owed'
  | 'written_off';

/**
 * The accounts that points come from out of nothing, and go back to. What they lack together is what a programme has
 * issued.
 */
export const ISSUING: ReadonlySet<AccountKind> = new Set<AccountKind>(['issuance', 'owed', 'written_off']);

/** An account by what it stands for. The owner is the member, the merchant, or the programme itself. */
export interface AccountRef {
  kind: AccountKind;
  ownerId: string;
}

/**
 * What a transfer does. An adjustment is made by hand, in either direction. A refund gives a part of a charge back, and
 * names it as what it reverses. Where the points that a reversal takes from
 * a member are not there any more, an unexpiry (from breakage), an owing (from what she owes) or a write_off covers
 * them; a repayment pays off what she owes. A reservation sets points aside in the prizes account, a ticket of a lottery
 * brings some there, a prize takes from it, and a release gives back what is left.
 */
export type TransferKind =
  | 'accrual'
  | 'redemption'
  | 'verification'
  | 'charge'
  | 'refund'
  | 'forfeit'
  | 'expiry'
  | 'reversal'
  | 'adjustment'
  | 'owing'
  | 'write_off'
  | 'unexpiry'
  | 'repayment'
  | 'reservation'
  | 'ticket'
  | 'prize'
  | 'release';

/** What becomes of points that are to be taken back and are spent: the member owes them, or they are written off. */
export type Shortfall = 'owe' | 'write_off';

/** A transfer that somebody wants posted. */
export interface Proposal {
  programmeId: string;
  kind: TransferKind;
  debit: AccountRef;
  credit: AccountRef;
  /** Positive. */
  points: Points;
  /** Unique for ever: posting the same key again posts nothing. At most 120 ASCII characters. */
  key: string;
  /** The id of the accrual, redemption, … that this is for. */
  causeId: string;
  ruleVersionId?: string;
  /** When a member is credited: the instant from which these points can no longer be spent. */
  expiresAt?: Date;
}

/** A part of a charge that somebody wants given back. */
export interface Refund {
  /** The charge's transfer. */
  transferId: string;
  /** Positive. */
  points: Points;
  /** Unique for ever, like a proposal's. */
  key: string;
  /** The id of the refund that this is for. */
  causeId: string;
}

/** A transfer that stands in the ledger. `repeated` when it had been posted under this key before. */
export interface Posted {
  transferId: string;
  repeated: boolean;
}

/** A row of the transfer table. */
export interface Transfer {
  id: string;
  programmeId: string;
  kind: TransferKind;
  debitAccountId: string;
  creditAccountId: string;
  points: Points;
  key: string;
  causeId: string;
  ruleVersionId: string | null;
  reversesId: string | null;
  /** The member's balance once this was posted; null where no member's account takes part. */
  balanceAfter: Points | null;
}
