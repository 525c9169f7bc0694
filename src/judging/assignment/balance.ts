import { groupBy } from '../../platform/group-by.ts';
import { evenOut, type Group, share } from './even-out.ts';
import { seededRandom, shuffled } from './random.ts';

/** A candidate to be judged. */
export interface ToJudge {
  id: string;
  /** Where it comes from, by which conflicts know it: the union of its firm, or several at once. */
  origin: string;
  /** Judges whose work on it is kept; they count towards its number. */
  kept: readonly string[];
}

/** A candidate's judges, the kept ones first. */
export interface Served {
  candidateId: string;
  judges: readonly string[];
}

/** A candidate who needs so many judges more than are kept, of whom only so many are left. */
export interface Unserved {
  candidateId: string;
  needed: number;
  left: number;
}

export type Balanced =
  /** Every candidate once, in an order that the seed decides; said one by one as they are asked for, and once only. */
  { served: Iterable<Served> } | { unserved: Unserved };

/**
 * Gives every candidate `k` judges, none of whom is in conflict with its origin, so that their loads are as even as the
 * conflicts permit: nobody has two candidates more than another to whom one of them could go, whether directly or by a
 * chain of exchanges. Without conflicts loads differ by 1 at the most. What is kept counts towards the loads.
 *
 * Which candidates a judge gets is random by the seed, and the same for the same seed in whatever order candidates and
 * judges are given. Candidates whom the same judges may judge are alike, so the work grows with their number times k and
 * the number of judges, and not with the square of anything. `conflicts` has the origins that each judge must not judge.
 */
export function balance(
  candidates: readonly ToJudge[],
  judges: readonly string[],
  conflicts: ReadonlyMap<string, ReadonlySet<string>>,
  k: number,
  seed: number,
): Balanced {
  const random = seededRandom(seed);
  const order = shuffled([...judges].sort(), random);
  const place = new Map(order.map((id, i) => [id, i]));
  const alike = alikeCandidates([...candidates].sort(byId), { order, place, conflicts, k });
  for (const { needed, open, members } of alike) {
    if (open.length < needed) return { unserved: { candidateId: members[0]!.id, needed, left: open.length } };
  }
  const loads = keptLoads(candidates, place);
  const groups = alike.map((one): Group => ({ ...one, size: one.members.length, given: order.map(() => 0) }));
  for (const group of groups) share(group, loads);
  evenOut(groups, loads);
  return { served: serve(candidates, groups, { alike, order, k, random }) };
}

interface Serving {
  /** The candidates of each group, at the place of the group. */
  alike: readonly Alike[];
  order: readonly string[];
  k: number;
  random: () => number;
}

/** First those who need nobody more, then group by group. */
function* serve(
  candidates: readonly ToJudge[],
  groups: readonly Group[],
  { alike, order, k, random }: Serving,
): Generator<Served> {
  for (const { id, kept } of candidates) if (kept.length >= k) yield { candidateId: id, judges: kept };
  for (const [i, group] of groups.entries()) {
    for (const { candidate, places } of handOut(group, alike[i]!.members, random))
      yield { candidateId: candidate.id, judges: [...candidate.kept, ...places.map((one) => order[one]!)] };
  }
}

interface Alike {
  /** How many judges more each of them needs. */
  needed: number;
  /** The places of the judges who may be given to them. */
  open: number[];
  members: ToJudge[];
}

interface Frame {
  order: readonly string[];
  place: ReadonlyMap<string, number>;
  conflicts: ReadonlyMap<string, ReadonlySet<string>>;
  k: number;
}

/** The candidates in groups of those who need as many judges and may get the same, those with the fewest first. */
function alikeCandidates(candidates: readonly ToJudge[], { order, place, conflicts, k }: Frame): Alike[] {
  // Origins to which the same judges are open share one list of them, by which groups are told apart.
  const openOf = new Map<string, number[]>();
  const lists = new Map<string, number[]>();
  const openTo = (origin: string): number[] => {
    const known = openOf.get(origin);
    if (known) return known;
    const open = order.flatMap((id, i) => (conflicts.get(id)?.has(origin) ? [] : [i]));
    const list = lists.get(open.join(' ')) ?? open;
    lists.set(open.join(' '), list);
    openOf.set(origin, list);
    return list;
  };
  const byOpen = groupBy(
    candidates.filter(({ kept }) => kept.length < k),
    ({ origin }) => openTo(origin),
  );
  return [...byOpen]
    .flatMap(([list, ofList]) => {
      const groups = groupBy(ofList, ({ kept }) =>
        kept
          .map((id) => place.get(id) ?? id)
          .sort()
          .join(),
      );
      return [...groups].map(([keptOnes, members]) => {
        const { kept } = members[0]!;
        const open = list.filter((one) => !kept.includes(order[one]!));
        return { name: `${list.join(' ')}|${keptOnes}`, needed: k - kept.length, open, members };
      });
    })
    .sort((a, b) => a.open.length - b.open.length || (a.name < b.name ? -1 : 1));
}

/** How many candidates each judge has from the beginning. */
function keptLoads(candidates: readonly ToJudge[], place: ReadonlyMap<string, number>): number[] {
  const loads = Array.from(place, () => 0);
  for (const { kept } of candidates) {
    for (const id of kept) {
      const at = place.get(id);
      if (at !== undefined) loads[at]! += 1;
    }
  }
  return loads;
}

/**
 * Says which candidates of a group each judge gets. Whoever has the most left to give comes first, so that nobody is left
 * at the end with more than there are candidates; who that is among equals is random, so that judges mix.
 */
function* handOut(
  { needed, open, given }: Group,
  members: readonly ToJudge[],
  random: () => number,
): Generator<{ candidate: ToJudge; places: number[] }> {
  const left = [...given];
  for (const candidate of shuffled(members, random)) {
    const places: number[] = [];
    for (let i = 0; i < needed; i++) {
      const from = Math.floor(random() * open.length);
      let most = -1;
      for (let step = 0; step < open.length; step++) {
        const one = open[(from + step) % open.length]!;
        if (!places.includes(one) && (most < 0 || left[one]! > left[most]!)) most = one;
      }
      left[most]! -= 1;
      places.push(most);
    }
    yield { candidate, places };
  }
}

function byId(a: ToJudge, b: ToJudge): number {
  return a.id < b.id ? -1 : 1;
}
