/** A whole number of points within ±(2^53−1). Positive or negative; what is allowed where is decided there. */
export type Points = number & { readonly __unit: 'points' };

/** Checks a number that comes in from outside and gives it its unit; throws RangeError on anything but a safe whole number. */
export function points(value: number): Points {
  if (!Number.isSafeInteger(value)) throw new RangeError(`not a whole number of points within ±(2^53-1): ${value}`);
  return value as Points;
}

/** Reads a BIGINT or SUM() as the driver returns it: number, decimal text, or null for the sum of no rows. */
export function pointsFromSql(value: number | string | null): Points {
  return points(Number(value ?? 0));
}
