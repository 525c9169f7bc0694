const FIRST_BYTES = 65_536;
const FIRST_TEXTS = 4_096;

/** Many texts in a little memory: as bytes one after the other, made into strings only when asked for. */
export class StringTable {
  private bytes = Buffer.alloc(FIRST_BYTES);
  /** Where each text ends; it begins where the one before ends. */
  private ends = new Uint32Array(FIRST_TEXTS);
  private count = 0;

  add(text: string): void {
    const from = this.start(this.count);
    const most = from + text.length * 3;
    if (most > this.bytes.length) this.bytes = Buffer.concat([this.bytes], Math.max(most, this.bytes.length * 2));
    if (this.count === this.ends.length) {
      const ends = new Uint32Array(this.count * 2);
      ends.set(this.ends);
      this.ends = ends;
    }
    this.ends[this.count] = from + this.bytes.write(text, from);
    this.count += 1;
  }

  /** The text at a place; undefined when there is none. */
  at(place: number): string | undefined {
    if (!Number.isInteger(place) || place < 0 || place >= this.count) return undefined;
    return this.bytes.toString('utf8', this.start(place), this.ends[place]);
  }

  private start(place: number): number {
    return place === 0 ? 0 : this.ends[place - 1]!;
  }
}
