import { beijingDay, endOfDay } from '../platform/clock.ts';
import { base32 } from '../platform/ids.ts';
import { type Points, points } from '../platform/points.ts';
import { accept, type Result, refuse } from '../platform/result.ts';
import { type Cover, coverFor } from './cover.ts';
import { type Lot, Lots } from './lots.ts';
import { notEnoughPoints, overBudget, refundTooLarge } from './refusals.ts';
import {
  type AccountKind,
  type AccountRef,
  ISSUING,
  type Posted,
  type Proposal,
  type Refund,
  type Shortfall,
  type Transfer,
} from './transfer.ts';

export interface BookAccount {
  id: string;
  programmeId: string;
  kind: AccountKind;
  ownerId: string;
  /** Of a member's account, and below zero of what a member owes; null for the others. */
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

/** A transfer as it stands in the ledger, with what its reversal or refund has to know. */
export interface Reversible extends Transfer {
  /** The lots that it took from, and how many points, less what of a charge was refunded. Points below zero. */
  movements: { lotId: string; points: number }[];
  /** What of the lot that it made has expired. */
  expired: number;
  /** What of the lot that it made paid off what the member owed. */
  repaid: number;
}

export const refKey = (programmeId: string, ref: AccountRef) => `${programmeId} ${ref.kind} ${ref.ownerId}`;

/**
 * The part of the ledger that one transaction has locked and read. It decides transfers in memory, one after the other,
 * and remembers what is to be written; nothing here touches the database, so the same book and the same proposals
 * always end the same way.
 */
export class Book {
  readonly transfers: Transfer[] = [];
  readonly changedAccounts = new Set<BookAccount>();
  readonly lots: Lots;
  private readonly byId = new Map<string, BookAccount>();
  private readonly byRef = new Map<string, BookAccount>();

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
    }
    this.lots = new Lots([...accounts.flatMap((account) => account.lots), ...closedLots]);
    for (const account of accounts) this.expireLapsed(account);
  }

  /** What a member can spend now. Zero for an account that the book does not hold. */
  balance(programmeId: string, memberId: string): number {
    return this.byRef.get(refKey(programmeId, { kind: 'member', ownerId: memberId }))?.balance ?? 0;
  }

  /**
   * Decides one transfer and takes it into the book. Points that a member is given newly, from issuance or prizes, pay
   * off first what she owes in the programme. Refusals: NOT_ENOUGH_POINTS, OVER_BUDGET.
   */
  post(proposal: Proposal): Result<Posted> {
    const earlier = this.posted.get(proposal.key);
    if (earlier) return accept({ transferId: earlier, repeated: true });
    const debit = this.account(proposal.programmeId, proposal.debit);
    const credit = this.account(proposal.programmeId, proposal.credit);
    if (proposal.points < 1) throw new RangeError(`a transfer moves at least one point, not ${proposal.points}`);
    const held = balanceOfMember(debit);
    if (held !== null && held < proposal.points) return refuse(notEnoughPoints(held, proposal.points));
    if (!this.isInBudget(proposal.programmeId, issuedBy(debit, credit, proposal.points))) return refuse(overBudget);
    const transferId = this.move(debit, credit, proposal);
    if (debit.kind === 'member') this.lots.take(debit, transferId, proposal.points);
    if (credit.kind === 'member') this.give(credit, transferId, proposal);
    return accept({ transferId, repeated: false });
  }

  /**
   * Takes a transfer back whole, as a new transfer the other way. Points that a member had spent return to the very lots
   * that they came from, and expire at once where such a lot has lapsed meanwhile; points that a member had been given
   * are taken from the lot that they made first, also what of it has expired. What she has spent of them she owes, or it
   * is written off, as `shortfall` says. A transfer is reversed once: again is `repeated`.
   *
   * Refusals: NOT_ENOUGH_POINTS when points to take back are spent and no `shortfall` is named; OVER_BUDGET where more
   * points come back to the members than go, as when an adjustment that took points is reversed.
   */
  reverse(transferId: string, causeId: string, shortfall?: Shortfall): Result<Posted> {
    const key = `reversal:${transferId}`;
    const earlier = this.posted.get(key);
    if (earlier) return accept({ transferId: earlier, repeated: true });
    const original = this.reversible(transferId);
    if (original.kind === 'charge' && leftOf(original) < original.points) {
      throw new Error(`charge ${transferId} was refunded in part: refund what is left of it`);
    }
    const debit = this.accountById(original.creditAccountId);
    const credit = this.accountById(original.debitAccountId);
    if ([debit, credit].some(({ kind }) => kind === 'owed' || kind === 'written_off')) {
      throw new Error(`transfer ${transferId} belongs to another one and is not reversed without it`);
    }
    const covers = debit.kind === 'member' ? coverFor(debit.balance ?? 0, original, shortfall) : accept([]);
    if (!covers.ok) return covers;
    if (!this.isInBudget(original.programmeId, issuedBy(debit, credit, original.points, covers.value))) {
      return refuse(overBudget);
    }
    const brought = this.bring(debit, covers.value, original, causeId);
    const id = this.move(debit, credit, { ...original, kind: 'reversal', key, causeId, reversesId: original.id });
    if (debit.kind === 'member') this.lots.take(debit, id, original.points, [original.id, ...brought]);
    if (credit.kind === 'member') this.giveBack(credit, id, original.movements);
    return accept({ transferId: id, repeated: false });
  }

  /**
   * Gives a part of a charge, or all of it, back to the lots that it took from, those that it took from last coming
   * first: what is left of it is what a smaller charge would have taken. Points of lots that have lapsed meanwhile
   * expire at once. A key that was posted before posts nothing. Refusal: REFUND_TOO_LARGE, when the refunds of a charge
   * would be more than the charge.
   */
  refund({ transferId, points: amount, key, causeId }: Refund): Result<Posted> {
    const earlier = this.posted.get(key);
    if (earlier) return accept({ transferId: earlier, repeated: true });
    const original = this.reversible(transferId);
    if (original.kind !== 'charge')
      throw new Error(`transfer ${transferId} is no charge: it is reversed, not refunded`);
    if (amount < 1) throw new RangeError(`a refund gives back at least one point, not ${amount}`);
    // Once it is reversed nothing is left of it, and its reversal may stand in this very book.
    const left = this.posted.has(`reversal:${transferId}`) ? 0 : leftOf(original);
    if (amount > left) return refuse(refundTooLarge(left));
    const debit = this.accountById(original.creditAccountId);
    const credit = this.accountById(original.debitAccountId);
    const what = { programmeId: original.programmeId, kind: 'refund' as const, points: amount, key, causeId };
    const id = this.move(debit, credit, { ...what, reversesId: original.id });
    const parts = this.lots.lastTaken(original.movements, amount);
    this.giveBack(credit, id, parts);
    const given = new Map(parts.map((part) => [part.lotId, part.points]));
    for (const taken of original.movements) taken.points -= given.get(taken.lotId) ?? 0;
    return accept({ transferId: id, repeated: false });
  }

  /** Points arrive at a member's account: they make a lot, and what is new to her pays off first what she owes. */
  private give(member: BookAccount, transferId: string, proposal: Proposal): void {
    const { programmeId, expiresAt, causeId, debit } = proposal;
    if (!expiresAt) throw new Error(`transfer ${proposal.key} credits a member and says no expiry`);
    this.lots.add(member, transferId, { points: proposal.points, expiresAt });
    if (debit.kind !== 'issuance' && debit.kind !== 'prizes') return;
    const owed = this.byRef.get(refKey(programmeId, { kind: 'owed', ownerId: member.ownerId }));
    const amount = Math.min(proposal.points, -(owed?.balance ?? 0));
    if (!owed || amount === 0) return;
    const key = `repayment:${transferId}`;
    const id = this.move(member, owed, { programmeId, kind: 'repayment', points: points(amount), key, causeId });
    this.lots.take(member, id, amount, [transferId]);
  }

  /** Brings covers to a member's account. Returns the lots that this makes, for the reversal to take first. */
  private bring(member: BookAccount, covers: readonly Cover[], original: Reversible, causeId: string): string[] {
    const { programmeId } = original;
    const expiresAt = endOfDay(beijingDay(this.now));
    return covers.map(({ kind, from, points: amount }) => {
      const ownerId = from === 'owed' ? member.ownerId : programmeId;
      const what = { programmeId, kind, points: points(amount), key: `${kind}:${original.id}`, causeId };
      const id = this.move(this.account(programmeId, { kind: from, ownerId }), member, what);
      this.lots.add(member, id, { points: amount, expiresAt });
      return id;
    });
  }

  private giveBack(member: BookAccount, transferId: string, parts: Reversible['movements']): void {
    for (const taken of parts) {
      const lot = this.lots.giveBack(member, transferId, taken);
      if (lot.expiresAt <= this.now) this.expire(member, lot);
    }
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
    const maker = this.reversibles.get(lot.id);
    if (maker) maker.expired += lot.remaining;
    this.lots.empty(lot, transferId);
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
    const budget = this.budgets.get(what.programmeId);
    if (budget) budget.added += issuedBy(debit, credit, what.points);
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
      balanceAfter: (balanceOfMember(debit) ?? balanceOfMember(credit)) as Points | null,
    });
    this.posted.set(what.key, id);
    return id;
  }

  private nextId(): string {
    return this.postingId + base32(this.transfers.length, 4);
  }

  private isInBudget(programmeId: string, issued: number): boolean {
    if (issued <= 0) return true;
    const budget = this.budgets.get(programmeId);
    return budget !== undefined && budget.issued + budget.added + issued <= budget.budget;
  }

  private reversible(transferId: string): Reversible {
    const transfer = this.reversibles.get(transferId);
    if (!transfer) throw new Error(`transfer ${transferId} was not read into this book`);
    return transfer;
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

/** What a transfer, and what covers it, add to the points that the programme has issued. */
function issuedBy(debit: BookAccount, credit: BookAccount, points: number, covers: readonly Cover[] = []): number {
  const given = ISSUING.has(debit.kind) ? points : 0;
  const taken = ISSUING.has(credit.kind) ? points : 0;
  return covers.filter(({ from }) => ISSUING.has(from)).reduce((sum, cover) => sum + cover.points, given - taken);
}

/** What was not given back yet of the points that a transfer took from a member's lots. */
function leftOf({ movements }: Reversible): number {
  return movements.reduce((sum, taken) => sum - taken.points, 0);
}

const balanceOfMember = (account: BookAccount) => (account.kind === 'member' ? account.balance : null);
