/** Where the verifier of draws can be had: one file that runs with `node`. */
export const VERIFIER_PATH = '/lotteries/verify-draw.mjs';

/** Where the transcript of a draw can be had, without signing in. */
export function transcriptPath(lotteryId: string, drawNumber: number): string {
  return `/lotteries/${lotteryId}/draws/${drawNumber}/transcript.json`;
}
