/** A score in thousandths as people write it: 87500 is "87.5". */
export function scoreInWords(thousandths: number): string {
  return String(thousandths / 1000);
}

/** The thousandths of a number that was given with three decimals at the most; undefined for any other. */
export function thousandthsOf(value: number): number | undefined {
  const thousandths = Math.round(value * 1000);
  // A decimal number is stored as the nearest binary one, which is off by far less than this.
  const isExact = Math.abs(value * 1000 - thousandths) < 1e-6;
  return isExact && Number.isSafeInteger(thousandths) ? thousandths + 0 : undefined;
}
