import type { Shortfall } from '../../src/ledger/transfer.ts';

interface Heap {
  id: string;
  owner: number;
  points: number;
  remaining: number;
  expires: number;
  /** What of it paid off a debt. */
  repaid: number;
  revoked: boolean;
}

interface Spending {
  id: string;
  owner: number;
  isCharge: boolean;
  /** From which heaps it was paid, in this order; what was given back is not in it any more. */
  taken: [heap: string, points: number][];
}

/**
 * The ledger as a child would keep it: heaps of points with a last moment each, and what everybody owes. A heap whose
 * moment has passed is left lying; what is in it has expired.
 */
export class Model {
  readonly heaps: Heap[] = [];
  readonly spendings: Spending[] = [];
  readonly debts = [0, 0, 0];
  writtenOff = 0;

  balance(owner: number, now: number): number {
    return this.live(owner, now).reduce((sum, heap) => sum + heap.remaining, 0);
  }

  expired(now: number): number {
    return this.heaps.reduce((sum, heap) => sum + (heap.expires <= now ? heap.remaining : 0), 0);
  }

  earn(id: string, owner: number, points: number, expires: number): void {
    const repaid = Math.min(points, this.debts[owner]!);
    this.debts[owner]! -= repaid;
    this.heaps.push({ id, owner, points, remaining: points - repaid, expires, repaid, revoked: false });
  }

  spend(id: string, owner: number, amount: number, isCharge: boolean, now: number): void {
    this.spendings.push({ id, owner, isCharge, taken: this.take(this.live(owner, now), amount) });
  }

  giveBack(spending: Spending): void {
    for (const [id, part] of spending.taken) this.heap(id).remaining += part;
    spending.taken = [];
  }

  /** Whether a part of a charge can be given back; if so it is done, point by point, the last one first. */
  refund(charge: Spending, amount: number): boolean {
    const coins = charge.taken.flatMap(([id, part]) => Array.from({ length: part }, () => id));
    if (amount > coins.length) return false;
    for (const id of coins.splice(coins.length - amount)) this.heap(id).remaining += 1;
    const kept = [...new Set(coins)];
    charge.taken = kept.map((id) => [id, coins.filter((coin) => coin === id).length]);
    return true;
  }

  /** Whether taking a heap back is allowed; if so it is done. */
  revoke(heap: Heap, shortfall: Shortfall | undefined, now: number): boolean {
    if (heap.revoked) return true;
    const lapsed = heap.expires <= now ? heap.remaining : 0;
    const missing = Math.max(0, heap.points - this.balance(heap.owner, now) - lapsed);
    if (missing > heap.repaid && shortfall === undefined) return false;
    const owed = shortfall === 'owe' ? missing : Math.min(missing, heap.repaid);
    this.debts[heap.owner]! += owed;
    this.writtenOff += missing - owed;
    heap.revoked = true;
    this.take([heap, ...this.live(heap.owner, now)], heap.points - missing);
    return true;
  }

  private live(owner: number, now: number): Heap[] {
    return this.heaps
      .filter((heap) => heap.owner === owner && heap.expires > now && heap.remaining > 0)
      .sort((a, b) => a.expires - b.expires || (a.id < b.id ? -1 : 1));
  }

  private take(heaps: readonly Heap[], amount: number): [string, number][] {
    const taken: [string, number][] = [];
    let rest = amount;
    for (const heap of heaps) {
      const part = Math.min(rest, heap.remaining);
      heap.remaining -= part;
      rest -= part;
      if (part > 0) taken.push([heap.id, part]);
    }
    return taken;
  }

  private heap(id: string): Heap {
    return this.heaps.find((heap) => heap.id === id)!;
  }
}
