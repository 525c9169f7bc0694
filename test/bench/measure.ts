/** Measuring in turn: ours, reference, ours, reference … so that what else the machine does falls on all alike. */

export interface Contestant {
  name: string;
  /** Runs for about so many seconds and returns its rate per second. */
  round(seconds: number): Promise<number>;
}

/** How often each contestant is measured. */
export const ROUNDS = 3;
/** For rounds of minutes, which need no warming up either. */
export const ONE_LONG_ROUND = 1;

/** The median rate of each contestant, by name; a round before that warms it up and is not counted. */
export async function measureInTurn(contestants: readonly Contestant[], seconds: number, rounds = ROUNDS) {
  const rates = new Map<string, number[]>(contestants.map(({ name }) => [name, []]));
  if (rounds > ONE_LONG_ROUND) for (const { round } of contestants) await round(Math.min(seconds, 5));
  for (let number = 1; number <= rounds; number++) {
    for (const { name, round } of contestants) rates.get(name)!.push(await round(seconds));
    const figures = [...rates].map(([name, all]) => `${name} ${Math.round(all.at(-1)!).toLocaleString('en')}`);
    console.log(`round ${number} of ${rounds}, per second: ${figures.join('   ')}`);
  }
  return Object.fromEntries([...rates].map(([name, all]) => [name, median(all)]));
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
