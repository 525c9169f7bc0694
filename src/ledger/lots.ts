export interface Lot {
  id: string;
  accountId: string;
  points: number;
  remaining: number;
  expiresAt: Date;
}

export interface LotMovement {
  transferId: string;
  lotId: string;
  points: number;
}

/** An account with its lots, the one that expires first at the front. */
export interface LotHolder {
  id: string;
  lots: Lot[];
}

/** The lots that a book knows, and what it moves in them. */
export class Lots {
  readonly changed = new Set<Lot>();
  readonly movements: LotMovement[] = [];
  private readonly byId = new Map<string, Lot>();

  constructor(known: Iterable<Lot>) {
    for (const lot of known) this.byId.set(lot.id, lot);
  }

  /** Makes the lot of a transfer that credits an account; it bears the transfer's id. */
  add(account: LotHolder, transferId: string, { points, expiresAt }: { points: number; expiresAt: Date }): void {
    const lot: Lot = { id: transferId, accountId: account.id, points, remaining: points, expiresAt };
    this.byId.set(lot.id, lot);
    this.changed.add(lot);
    account.lots = inOrder([...account.lots, lot]);
  }

  /** Takes points from the lots of an account: from the named ones first, then from the one that expires first. */
  take(account: LotHolder, transferId: string, amount: number, first: readonly string[] = []): void {
    let rest = amount;
    const named = first.flatMap((id) => account.lots.filter((lot) => lot.id === id));
    for (const lot of [...named, ...account.lots]) {
      const part = Math.min(rest, lot.remaining);
      if (part === 0) continue;
      this.change(lot, -part, transferId);
      rest -= part;
      if (rest === 0) break;
    }
    if (rest > 0) throw new Error(`account ${account.id} has a balance that its lots do not cover; run ledger:verify`);
    account.lots = account.lots.filter((lot) => lot.remaining > 0);
  }

  /** Gives points back to a lot that they were taken from. Returns the lot. */
  giveBack(account: LotHolder, transferId: string, taken: { lotId: string; points: number }): Lot {
    const lot = this.lot(taken.lotId);
    this.change(lot, -taken.points, transferId);
    if (!account.lots.includes(lot)) account.lots = inOrder([...account.lots, lot]);
    return lot;
  }

  /**
   * Which parts of what a transfer took are given back first: of the lots that expire last, for those it took last.
   * Together they are `amount`, which must not be more than it took.
   */
  lastTaken(taken: readonly { lotId: string; points: number }[], amount: number): { lotId: string; points: number }[] {
    const points = new Map(taken.map((one) => [one.lotId, one.points]));
    let rest = amount;
    return inOrder([...points.keys()].map((id) => this.lot(id)))
      .reverse()
      .map(({ id }) => {
        const part = Math.min(rest, -points.get(id)!);
        rest -= part;
        return { lotId: id, points: -part };
      })
      .filter((part) => part.points < 0);
  }

  /** Takes all that a lot still holds. */
  empty(lot: Lot, transferId: string): void {
    this.change(lot, -lot.remaining, transferId);
  }

  private lot(id: string): Lot {
    const lot = this.byId.get(id);
    if (!lot) throw new Error(`lot ${id} was not read into this book`);
    return lot;
  }

  private change(lot: Lot, change: number, transferId: string): void {
    lot.remaining += change;
    this.changed.add(lot);
    this.movements.push({ transferId, lotId: lot.id, points: change });
  }
}

/** Lots in the order in which they are spent: the one that expires first, then the older one. */
export function inOrder(lots: Lot[]): Lot[] {
  return lots.sort((a, b) => a.expiresAt.getTime() - b.expiresAt.getTime() || (a.id < b.id ? -1 : 1));
}
