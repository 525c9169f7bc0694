import { HASH_BYTES, sha256 } from './bytes.ts';

/** Fewer parties than this could agree among themselves too easily. */
export const PARTIES_AT_LEAST = 3;
/** With one reveal alone, whoever made it would know the entropy before everyone else. */
export const REVEALS_AT_LEAST = 2;

/** A party as the announcement names it. All texts are lower-case hexadecimal of 32 bytes, but for the name. */
export interface Party {
  name: string;
  commitment: string;
}

/** A party with what it revealed; null when it withheld that until the hour of the draw. */
export interface RevealingParty extends Party {
  reveal: string | null;
}

/** What a party publishes before the freeze about the 32 random bytes that it will reveal after it. */
export function revealCommitment(reveal: Buffer): Buffer {
  if (reveal.length !== HASH_BYTES) throw new RangeError(`a reveal has ${HASH_BYTES} bytes, not ${reveal.length}`);
  return sha256('xingfu-reveal\0', reveal);
}

/** Whether this is what the party committed itself to. */
export function isCommitted(party: Party, reveal: string): boolean {
  return (
    /^[0-9a-f]{64}$/.test(reveal) && revealCommitment(Buffer.from(reveal, 'hex')).toString('hex') === party.commitment
  );
}

/** Whether enough parties revealed for a draw: of three or more, two. */
export function canDrawFrom(parties: readonly RevealingParty[]): boolean {
  return (
    parties.length >= PARTIES_AT_LEAST && parties.filter(({ reveal }) => reveal !== null).length >= REVEALS_AT_LEAST
  );
}

/**
 * The entropy of all reveals in the order in which the announcement names the parties: for each, 0x01 and its 32 bytes,
 * or 0x00 where it withheld them. Throws on a reveal that does not match its commitment, on two parties with one name
 * or one commitment, and when too few revealed.
 */
export function entropyOfReveals(parties: readonly RevealingParty[]): Buffer {
  if (!canDrawFrom(parties)) throw new Error('too few parties are named or have revealed');
  for (const word of ['name', 'commitment'] as const) {
    if (new Set(parties.map((party) => party[word])).size < parties.length)
      throw new Error(`two parties share a ${word}`);
  }
  const parts = parties.flatMap((party) => {
    if (party.reveal === null) return ['\x00'];
    if (!isCommitted(party, party.reveal)) throw new Error(`the reveal of ${party.name} does not match its commitment`);
    return ['\x01', Buffer.from(party.reveal, 'hex')];
  });
  return sha256('xingfu-reveals\0', ...parts);
}
