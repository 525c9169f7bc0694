/** Candidates who are alike, and how many of them each judge is given. Judges are known by their places. */
export interface Group {
  /** How many candidates it has; no judge can be given more. */
  size: number;
  /** How many judges each of them needs. */
  needed: number;
  /** The judges who may be given to them: `needed` at the least. */
  open: readonly number[];
  /** By place; of those who are open together `size` times `needed`. */
  given: number[];
}

/** Shares a group out to those who have the least, as water fills a vessel; the loads grow by it. */
export function share({ size, needed, open, given }: Group, loads: number[]): void {
  const pieces = size * needed;
  const upTo = (level: number) => open.map((one) => Math.min(size, Math.max(0, level - loads[one]!)));
  const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
  // The highest level at which the pieces still suffice.
  let low = 0;
  let high = Math.max(...open.map((one) => loads[one]!), 0) + size + 1;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (sum(upTo(middle)) <= pieces) low = middle;
    else high = middle;
  }
  const shares = upTo(low);
  let rest = pieces - sum(shares);
  open.forEach((one, i) => {
    const takesOneMore = rest > 0 && shares[i]! < size && loads[one]! + shares[i]! <= low;
    if (takesOneMore) rest -= 1;
    given[one] = shares[i]! + (takesOneMore ? 1 : 0);
    loads[one]! += given[one]!;
  });
}

/** One step of a chain of exchanges: so many candidates of a group go from one judge to another. */
interface Exchange {
  group: Group;
  from: number;
  to: number;
}

/**
 * Exchanges candidates between judges until no chain of exchanges leads from one judge to another who has two less. Then
 * the loads are as even as can be, because to even them out costs more with every step away from the mean: what no
 * chain can better, nothing can.
 */
export function evenOut(groups: readonly Group[], loads: number[]): void {
  for (let chain = betterChain(groups, loads); chain; chain = betterChain(groups, loads)) {
    const [first, last] = [chain[0]!.from, chain.at(-1)!.to];
    const room = chain.map(({ group, from, to }) => Math.min(group.given[from]!, group.size - group.given[to]!));
    const pieces = Math.min(...room, Math.floor((loads[first]! - loads[last]!) / 2));
    for (const { group, from, to } of chain) {
      group.given[from]! -= pieces;
      group.given[to]! += pieces;
    }
    loads[first]! -= pieces;
    loads[last]! += pieces;
  }
}

/** A chain of exchanges from a judge to one who has at least two less; undefined when there is none. */
function betterChain(groups: readonly Group[], loads: readonly number[]): Exchange[] | undefined {
  const byLoad = loads.map((_, one) => one).sort((a, b) => loads[b]! - loads[a]! || a - b);
  const least = loads[byLoad.at(-1) ?? 0] ?? 0;
  for (const start of byLoad) {
    if (loads[start]! - least < 2) return undefined;
    const reached = reachable(groups, start);
    const best = [...reached.keys()].sort((a, b) => loads[a]! - loads[b]! || a - b)[0];
    if (best !== undefined && loads[start]! - loads[best]! >= 2) return chainTo(reached, start, best);
  }
  return undefined;
}

/** To whom candidates of a judge could go, directly or over others, each with the last exchange on the way. */
function reachable(groups: readonly Group[], start: number): Map<number, Exchange> {
  const reached = new Map<number, Exchange>();
  const waiting = [start];
  const unused = new Set(groups);
  for (let from = waiting.shift(); from !== undefined; from = waiting.shift()) {
    for (const group of unused) {
      if (group.given[from] === 0) continue;
      // Whoever it can lead to, it leads to now.
      unused.delete(group);
      for (const to of group.open) {
        if (to === start || reached.has(to) || group.given[to] === group.size) continue;
        reached.set(to, { group, from, to });
        waiting.push(to);
      }
    }
  }
  return reached;
}

function chainTo(reached: ReadonlyMap<number, Exchange>, start: number, end: number): Exchange[] {
  const chain: Exchange[] = [];
  for (let at = end; at !== start; at = chain[0]!.from) chain.unshift(reached.get(at)!);
  return chain;
}
