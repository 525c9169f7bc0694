import type { TieBreak } from '../panels/panel.entity.ts';
import type { Reckoned } from './aggregate.ts';

/** A candidate as it is to be put in order. */
export interface Standing {
  candidateId: string;
  /** In marks. */
  total: number;
  /** What each tie-break of the panel looks at; who has more stands first. */
  keys: readonly number[];
  /** How the total came to be, as a place keeps it: JSON. */
  detail: string;
}

/** What decided between two of the same total: a tie-break of the panel or, where none could, the order of the ids. */
export type Decider = TieBreak | { kind: 'id' };

/** A candidate in its place. */
export interface RankedCandidate extends Pick<Standing, 'candidateId' | 'total' | 'detail'> {
  /** What put it behind the one above it; null when that one has a higher total. */
  decidedBy: Decider | null;
}

/** Candidates in their order. */
export interface Ranked {
  length: number;
  /** The candidate at a place, 1 for the first. */
  at(place: number): RankedCandidate;
}

/** Takes candidates, in any order, and puts them in theirs. */
export interface Standings {
  add(standing: Standing): void;
  /**
   * The higher total first, of equal totals by the tie-breaks one after the other, at last by id. No two share a place.
   */
  rank(): Ranked;
}

/** What the tie-breaks of a panel look at in a candidate with this number of order. */
export function keysOf(
  tieBreaks: readonly TieBreak[],
  { criteria, highestSingle }: Reckoned,
  number: number,
): number[] {
  return tieBreaks.map((one) => {
    if (one.kind === 'criterion') return criteria[one.number - 1]!.marks;
    return one.kind === 'highest_single' ? highestSingle : -number;
  });
}

/** How many candidates' texts are joined. */
const JOINED = 1000;

/**
 * Gathers the candidates of a ranking. There may be half a million, so numbers lie in columns and texts are joined: an
 * object for each would take several times the memory.
 */
export function gatherStandings(tieBreaks: readonly TieBreak[]): Standings {
  const totals: number[] = [];
  const keys = tieBreaks.map((): number[] => []);
  const ids = joinedTexts();
  const details = joinedTexts();

  const compare = (a: number, b: number): number => {
    if (totals[a] !== totals[b]) return totals[b]! - totals[a]!;
    for (const column of keys) if (column[a] !== column[b]) return column[b]! - column[a]!;
    return ids.at(a) < ids.at(b) ? -1 : 1;
  };
  const deciderBetween = (above: number, one: number): Decider | null => {
    if (totals[above] !== totals[one]) return null;
    return tieBreaks.find((_, i) => keys[i]![above] !== keys[i]![one]) ?? { kind: 'id' };
  };
  return {
    add(standing) {
      totals.push(standing.total);
      for (const [i, key] of standing.keys.entries()) keys[i]!.push(key);
      ids.add(standing.candidateId);
      details.add(standing.detail);
    },
    rank() {
      const order = Uint32Array.from(totals, (_, i) => i).sort(compare);
      return {
        length: order.length,
        at(place) {
          const one = order[place - 1]!;
          return {
            ...{ candidateId: ids.at(one), total: totals[one]!, detail: details.at(one) },
            decidedBy: place === 1 ? null : deciderBetween(order[place - 2]!, one),
          };
        },
      };
    },
  };
}

/** A list of short texts that lie joined in a few long ones. */
function joinedTexts() {
  const joined: string[] = [];
  const ends: number[] = [];
  let last: string[] = [];
  let end = 0;
  return {
    add(text: string): void {
      last.push(text);
      end += text.length;
      ends.push(end);
      if (last.length < JOINED) return;
      joined.push(last.join(''));
      last = [];
      end = 0;
    },
    at(i: number): string {
      const whole = joined[Math.floor(i / JOINED)];
      if (whole === undefined) return last[i % JOINED]!;
      return whole.slice(i % JOINED === 0 ? 0 : ends[i - 1], ends[i]);
    },
  };
}
