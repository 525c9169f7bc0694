import type { Points } from '../platform/points.ts';

/**
 * The accounts of a programme. A member's and a merchant's are its own; the others are one each, owned by the programme:
 * issuance (where points come from), vouchers (points that lie in unused vouchers), breakage (expired and forfeited
 * points) and prizes.
 */
export type AccountKind = 'member' | 'merchant' | 'issuance' | 'vouchers' | 'breakage' | 'prizes';

/** An account by what it stands for. The owner is the member, the merchant, or the programme itself. */
export interface AccountRef {
  kind: AccountKind;
  ownerId: string;
}

export type TransferKind = 'accrual' | 'redemption' | 'verification' | 'forfeit' | 'expiry' | 'reversal';

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
