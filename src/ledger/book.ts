import { base32 } from '../platform/ids.ts';
import { type Points, points } from '../platform/points.ts';
import { accept, type Result, refuse } from '../platform/result.ts';
import { notEnoughPoints, overBudget } from './refusals.ts';
import type { AccountKind, AccountRef, Posted, Proposal, Transfer } from './transfer.ts';

export interface Lot {
  id: string;
  accountId: string;
  points: number;
  remaining: number;
  expiresAt: Date;
}

export interface BookAccount {
  id: string;
  programmeId: string;
  kind: AccountKind;
  ownerId: string;
  /** Null unless it is a member's. */
  balance: number | null;
  /** A member's lots, the one that expires first at the front. */
  lots: Lot[];
}

export interface BookBudget {
  budget: number;
  issued: number;
  /** What this book adds to `issued`. */
  added: number;
}

export interface LotMovement {
  transferId: string;
  lotId: string;
  points: number;
}

/** A transfer as it stands in the ledger, with the lots that it took from, for its reversal. */
export interface Reversible extends Transfer {
  movements: { lotId: string; points: number }[];
}

export const refKey = (programmeId: string, ref: AccountRef) => `${programmeId} ${ref.kind} ${ref.ownerId}`;

/**
 * The part of the ledger that one transaction has locked and read. It decides transfers in memory, one after the other,
 * and remembers what is to be written; nothing here touches the database, so the same book and the same proposals
 * always end the same way.
 */
export class Book {
  readonly transfers: Transfer[] = [];
  readonly movements: LotMovement[] = [];
  readonly changedLots = new Set<Lot>();
  readonly changedAccounts = new Set<BookAccount>();
  private readonly byId = new Map<string, BookAccount>();
  private readonly byRef = new Map<string, BookAccount>();
  private readonly lots = new Map<string, Lot>();

  constructor(
    readonly postingId: string,
    readonly now: Date,
    accounts: readonly BookAccount[],
    private readonly posted: Map<string, string>,
    readonly budgets: ReadonlyMap<string, BookBudget>,
    private readonly reversibles: ReadonlyMap<string, Reversible>,
    closedLots: readonly Lot[] = [],
  ) {
    for (const account of accounts) {
      this.byId.set(account.id, account);
      this.byRef.set(refKey(account.programmeId, account), account);
      for (const lot of account.lots) this.lots.set(lot.id, lot);
    }
    for (const lot of closedLots) this.lots.set(lot.id, lot);
    for (const account of accounts) this.expireLapsed(account);
  }

  /** What a member can spend now. Zero for an account that the book does not hold. */
  balance(programmeId: string, memberId: string): number {
    return this.byRef.get(refKey(programmeId, { kind: 'member', ownerId: memberId }))?.balance ?? 0;
  }

  /** Decides one transfer and takes it into the book. Refusals: NOT_ENOUGH_POINTS, OVER_BUDGET. */
  post(proposal: Proposal): Result<Posted> {
    const earlier = this.posted.get(proposal.key);
    if (earlier) return accept({ transferId: earlier, repeated: true });
    const debit = this.account(proposal.programmeId, proposal.debit);
    const credit = this.account(proposal.programmeId, proposal.credit);
    if (proposal.points < 1) throw new RangeError(`a transfer moves at least one point, not ${proposal.points}`);
    if (debit.balance !== null && debit.balance < proposal.points) {
      return refuse(notEnoughPoints(debit.balance, proposal.points));
    }
    if (debit.kind === 'issuance' && !this.issue(proposal.programmeId, proposal.points)) return refuse(overBudget);
    const transferId = this.move(debit, credit, proposal);
    if (debit.balance !== null) this.take(debit, transferId, proposal.points);
    if (credit.balance !== null) this.addLot(credit, transferId, proposal);
    return accept({ transferId, repeated: false });
  }

  /**
   * Takes a transfer back whole, as a new transfer the other way. Points that a member had spent return to the very lots
   * that they came from, and expire at once where such a lot has lapsed meanwhile; points that a member had been given
   * are taken from the lot that they made first. A transfer is reversed once: again is `repeated`.
   * Refusal: NOT_ENOUGH_POINTS when the points to take back are spent.
   */
  reverse(transferId: string, causeId: string): Result<Posted> {
    const key = `reversal:${transferId}`;
    const earlier = this.posted.get(key);
    if (earlier) return accept({ transferId: earlier, repeated: true });
    const original = this.reversibles.get(transferId);
    if (!original) throw new Error(`transfer ${transferId} was not read into this book`);
    const debit = this.accountById(original.creditAccountId);
    const credit = this.accountById(original.debitAccountId);
    if (debit.balance !== null && debit.balance < original.points) {
      return refuse(notEnoughPoints(debit.balance, original.points));
    }
    if (credit.kind === 'issuance') this.issue(original.programmeId, -original.points);
    const id = this.move(debit, credit, { ...original, kind: 'reversal', key, causeId, reversesId: original.id });
    if (debit.balance !== null) this.take(debit, id, original.points, original.id);
    if (credit.balance !== null) this.giveBack(credit, id, original);
    return accept({ transferId: id, repeated: false });
  }

  /** Moves what lies in lapsed lots of an account to breakage. Run when the book opens, so that balances are spendable. */
  private expireLapsed(account: BookAccount): void {
    for (const lot of account.lots) {
      if (lot.remaining > 0 && lot.expiresAt <= this.now) this.expire(account, lot);
    }
  }

  // What keeps a lot from expiring twice is its remainder, under the account's lock; so the key is the transfer's own.
  private expire(account: BookAccount, lot: Lot): void {
    const breakage = this.account(account.programmeId, { kind: 'breakage', ownerId: account.programmeId });
    const transferId = this.move(account, breakage, {
      programmeId: account.programmeId,
      kind: 'expiry',
      points: points(lot.remaining),
      key: `expiry:${this.nextId()}`,
      causeId: lot.id,
    });
    this.changeLot(lot, -lot.remaining, transferId);
  }

  private move(
    debit: BookAccount,
    credit: BookAccount,
    what: Pick<Transfer, 'programmeId' | 'kind' | 'points' | 'key' | 'causeId'> & {
      ruleVersionId?: string | null;
      reversesId?: string | null;
    },
  ): string {
    const id = this.nextId();
    for (const [account, change] of [
      [debit, -what.points],
      [credit, what.points],
    ] as const) {
      if (account.balance === null) continue;
      account.balance = points(account.balance + change);
      this.changedAccounts.add(account);
    }
    this.transfers.push({
      id,
      programmeId: what.programmeId,
      kind: what.kind,
      debitAccountId: debit.id,
      creditAccountId: credit.id,
      points: what.points,
      key: what.key,
      causeId: what.causeId,
      ruleVersionId: what.ruleVersionId ?? null,
      reversesId: what.reversesId ?? null,
      balanceAfter: (debit.balance ?? credit.balance) as Points | null,
    });
    this.posted.set(what.key, id);
    return id;
  }

  private nextId(): string {
    return this.postingId + base32(this.transfers.length, 4);
  }

  /** Takes points from the lots of an account: from the named one first, then from the one that expires first. */
  private take(account: BookAccount, transferId: string, amount: number, firstLotId?: string): void {
    let rest = amount;
    const first = firstLotId ? account.lots.filter((lot) => lot.id === firstLotId) : [];
    for (const lot of [...first, ...account.lots]) {
      const part = Math.min(rest, lot.remaining);
      if (part === 0) continue;
      this.changeLot(lot, -part, transferId);
      rest -= part;
      if (rest === 0) break;
    }
    if (rest > 0) throw new Error(`account ${account.id} has a balance that its lots do not cover; run ledger:verify`);
    account.lots = account.lots.filter((lot) => lot.remaining > 0);
  }

  private giveBack(account: BookAccount, transferId: string, original: Reversible): void {
    for (const taken of original.movements) {
      const lot = this.lots.get(taken.lotId);
      if (!lot) throw new Error(`lot ${taken.lotId} was not read into this book`);
      this.changeLot(lot, -taken.points, transferId);
      if (lot.expiresAt <= this.now) this.expire(account, lot);
      else if (!account.lots.includes(lot)) account.lots = inOrder([...account.lots, lot]);
    }
  }

  private addLot(account: BookAccount, transferId: string, proposal: Proposal): void {
    if (!proposal.expiresAt) throw new Error(`transfer ${proposal.key} credits a member and says no expiry`);
    const lot: Lot = {
      id: transferId,
      accountId: account.id,
      points: proposal.points,
      remaining: proposal.points,
      expiresAt: proposal.expiresAt,
    };
    this.lots.set(lot.id, lot);
    this.changedLots.add(lot);
    account.lots = inOrder([...account.lots, lot]);
  }

  private changeLot(lot: Lot, change: number, transferId: string): void {
    lot.remaining += change;
    this.changedLots.add(lot);
    this.movements.push({ transferId, lotId: lot.id, points: change });
  }

  private issue(programmeId: string, amount: number): boolean {
    const budget = this.budgets.get(programmeId);
    if (!budget || budget.issued + budget.added + amount > budget.budget) return false;
    budget.added += amount;
    return true;
  }

  private account(programmeId: string, ref: AccountRef): BookAccount {
    const account = this.byRef.get(refKey(programmeId, ref));
    if (!account) throw new Error(`the ${ref.kind} account of ${ref.ownerId} was not read into this book`);
    return account;
  }

  private accountById(id: string): BookAccount {
    const account = this.byId.get(id);
    if (!account) throw new Error(`account ${id} was not read into this book`);
    return account;
  }
}

/** Lots in the order in which they are spent: the one that expires first, then the older one. */
export function inOrder(lots: Lot[]): Lot[] {
  return lots.sort((a, b) => a.expiresAt.getTime() - b.expiresAt.getTime() || (a.id < b.id ? -1 : 1));
}
