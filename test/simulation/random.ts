/** Numbers that a seed decides: the same seed gives the same ones in the same order, on every machine (mulberry32). */
export class Random {
  constructor(private state: number) {}

  /** From 0 to below 1. */
  private next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from 0 to below so many. */
  below(count: number): number {
    return Math.floor(this.next() * count);
  }

  /** A whole number, both ends included. */
  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }

  /** The number of one of so many things, mostly of a late one: they are what people deal with. */
  recent(count: number): number {
    const back = this.chance(0.1) ? this.below(count) : Math.floor(this.next() ** 2 * Math.min(count, 400));
    return count - 1 - back;
  }

  /** The number of one of so many people; a tenth of them are met far more often. */
  someone(count: number): number {
    return this.below(this.chance(0.3) ? Math.ceil(count / 10) : count);
  }

  /** One of these, each as often as its weight says. */
  weighted<T extends { weight: number }>(list: readonly T[]): T {
    let rest = this.next() * list.reduce((sum, { weight }) => sum + weight, 0);
    for (const one of list) {
      rest -= one.weight;
      if (rest < 0) return one;
    }
    return list.at(-1)!;
  }

  bytes(count: number): Buffer<ArrayBuffer> {
    return Buffer.from(Array.from({ length: count }, () => this.below(256)));
  }
}
