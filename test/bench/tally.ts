/** The count of what a round did. */

export interface Tally {
  accepted: number;
  /** How many refusals came with each code. */
  refused: Record<string, number>;
  /** Answers that were neither, and requests without an answer. */
  errors: number;
  /** What the first error was. */
  firstError: string | undefined;
  elapsedMs: number;
}

export const newTally = (): Tally => ({ accepted: 0, refused: {}, errors: 0, firstError: undefined, elapsedMs: 0 });

/** Accepted per second. Throws when anything in the round was an error, or a refusal that the bench does not expect. */
export function rateOf(tally: Tally): number {
  requireNoErrors(tally);
  if (Object.keys(tally.refused).length > 0) throw new Error(`refused: ${JSON.stringify(tally.refused)}`);
  if (tally.accepted === 0) throw new Error('the round did nothing');
  return (tally.accepted * 1000) / tally.elapsedMs;
}

/** Throws when anything in the round was an error. */
export function requireNoErrors(tally: Tally): void {
  if (tally.errors > 0) throw new Error(`${tally.errors} errors, the first: ${tally.firstError}`);
}
