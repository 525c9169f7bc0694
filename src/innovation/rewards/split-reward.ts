/** Somebody who has a part in an achievement. */
export interface Part {
  memberId: string;
  /** In hundredths of a per cent; those of all add up to 10,000. */
  share: number;
}

/**
 * Divides a whole number of fen or points among those who have a part in it, by the largest remainder: each gets the
 * whole units of her exact share, and the units that are left go, one each, to those with the largest remainders, of
 * equal ones to the member whose id comes first. So all is given out, nobody is a unit off her exact share, and the
 * order of the parts does not matter. Resolves with what each gets, in the order of the parts.
 */
export function splitReward(total: number, parts: readonly Part[]): number[] {
  const whole = BigInt(parts.reduce((sum, { share }) => sum + share, 0));
  const exact = parts.map(({ memberId, share }, i) => {
    const product = BigInt(total) * BigInt(share);
    return { i, memberId, units: Number(product / whole), remainder: product % whole };
  });
  const left = total - exact.reduce((sum, { units }) => sum + units, 0);
  const first = exact
    .toSorted((a, b) => compare(b.remainder, a.remainder) || compare(a.memberId, b.memberId))
    .slice(0, left);
  const more = new Set(first.map(({ i }) => i));
  return exact.map(({ i, units }) => units + (more.has(i) ? 1 : 0));
}

function compare<T extends bigint | string>(a: T, b: T): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
