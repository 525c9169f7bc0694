/** By what participation is counted. */
export const DIMENSIONS = ['branch', 'firm_type', 'sex', 'age_band', 'skill_level'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** A part of the figures: dimension, value, firms, entries, members. Of people alone there are no firms and entries. */
export type Part = [Dimension, string, number | null, number | null, number];

interface Sums {
  dimension: Dimension;
  value: string;
  /** Null for people alone. */
  firms: Set<string> | null;
  entries: number;
  members: number;
}

/** Adds up figures by dimension and value. */
export class Tally {
  private readonly sums = new Map<string, Sums>();

  /** Adds entries of one firm; of people who work in none `firm` is null. */
  addEntries(dimension: Dimension, value: string, of: { firm: string | null; entries: number; members: number }): void {
    const sums = this.of(dimension, value, new Set());
    if (of.firm !== null) sums.firms!.add(of.firm);
    sums.entries += of.entries;
    sums.members += of.members;
  }

  addPeople(dimension: Dimension, value: string, members: number): void {
    this.of(dimension, value, null).members += members;
  }

  parts(): Part[] {
    return [...this.sums.values()].map(({ dimension, value, firms, entries, members }) => [
      dimension,
      value,
      firms?.size ?? null,
      firms && entries,
      members,
    ]);
  }

  private of(dimension: Dimension, value: string, firms: Set<string> | null): Sums {
    const key = `${dimension} ${value}`;
    const made = this.sums.get(key) ?? { dimension, value, firms, entries: 0, members: 0 };
    this.sums.set(key, made);
    return made;
  }
}
