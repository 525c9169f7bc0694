import { z } from 'zod';
import { type DrandRound, flawOfRound, QUICKNET } from './drand.ts';

const answer = z.object({ signature: z.string(), randomness: z.string() });

export type FetchedRound =
  | { ok: true; round: DrandRound }
  /** Why each relay could not help, for the log: the round is not made yet, or the network allows no way there. */
  | { ok: false; failures: { relay: string; why: string }[] };

/**
 * Asks relays in turn for a round of quicknet until one gives it as quicknet signed it. `timeoutMs` is for each relay.
 * An answer that is forged counts as none.
 */
export async function fetchRound(
  relays: readonly string[],
  round: number,
  { timeoutMs }: { timeoutMs: number },
): Promise<FetchedRound> {
  const failures: { relay: string; why: string }[] = [];
  for (const relay of relays) {
    try {
      return { ok: true, round: await askRelay(relay, round, timeoutMs) };
    } catch (error) {
      failures.push({ relay, why: (error as Error).message });
    }
  }
  return { ok: false, failures };
}

async function askRelay(relay: string, round: number, timeoutMs: number): Promise<DrandRound> {
  const response = await fetch(`${relay}/${QUICKNET.chain}/public/${round}`, {
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  const { signature, randomness } = answer.parse(await response.json());
  const made = { chain: QUICKNET.chain, round, signature, randomness };
  const flaw = flawOfRound(made);
  if (flaw) throw new Error(flaw);
  return made;
}
