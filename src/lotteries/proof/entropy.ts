import { hash32 } from './bytes.ts';
import { type DrandRound, flawOfRound } from './drand.ts';
import { entropyOfReveals, type Party, type RevealingParty } from './reveals.ts';

/** Where the public entropy of a draw will come from, as announced before it exists. */
export type EntropySource = { kind: 'drand'; chain: string; round: number } | { kind: 'reveals'; parties: Party[] };

/** The public entropy of a draw in full, so that everyone can check it. */
export type Entropy = ({ kind: 'drand' } & DrandRound) | { kind: 'reveals'; parties: RevealingParty[] };

/** The source that was announced for this entropy. */
export function sourceOf(entropy: Entropy): EntropySource {
  if (entropy.kind === 'drand') return { kind: 'drand', chain: entropy.chain, round: entropy.round };
  return { kind: 'reveals', parties: entropy.parties.map(({ name, commitment }) => ({ name, commitment })) };
}

/** The 32 bytes that go into the draw. Throws on entropy that is forged or of which too little was revealed. */
export function entropyBytes(entropy: Entropy): Buffer {
  if (entropy.kind === 'reveals') return entropyOfReveals(entropy.parties);
  const flaw = flawOfRound(entropy);
  if (flaw) throw new Error(flaw);
  return hash32(entropy.randomness);
}
