import { bls12_381 } from '@noble/curves/bls12-381.js';
import { sha256, uint64 } from './bytes.ts';

/**
 * The drand network "quicknet" of the League of Entropy (scheme bls-unchained-g1-rfc9380). Its key is pinned here: who
 * relays a round cannot change it.
 */
export const QUICKNET = {
  chain: '52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971',
  publicKey:
    '83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a',
  /** When round 1 was made, in unix seconds. */
  genesis: 1_692_803_367,
  /** Seconds from one round to the next. */
  period: 3,
};

/** A round of drand, bytes as lower-case hexadecimal. */
export interface DrandRound {
  chain: string;
  round: number;
  signature: string;
  /** SHA-256 of the signature. */
  randomness: string;
}

/** The first round of quicknet that is made at this instant or after it. */
export function roundAt(instant: Date): number {
  const seconds = instant.getTime() / 1000 - QUICKNET.genesis;
  return Math.max(1, Math.ceil(seconds / QUICKNET.period) + 1);
}

/** When a round of quicknet is made. */
export function timeOfRound(round: number): Date {
  return new Date((QUICKNET.genesis + (round - 1) * QUICKNET.period) * 1000);
}

/** What is wrong with a round, in words for the log; undefined when quicknet itself signed it. Takes some 20 ms. */
export function flawOfRound({ chain, round, signature, randomness }: DrandRound): string | undefined {
  if (chain !== QUICKNET.chain) return `${chain} is not the chain of quicknet`;
  if (!Number.isSafeInteger(round) || round < 1) return `${round} is no round`;
  if (!/^[0-9a-f]{96}$/.test(signature)) return 'the signature is not 48 bytes in lower-case hexadecimal';
  if (!isSigned(round, signature)) return `the signature is not that of quicknet for round ${round}`;
  if (sha256(Buffer.from(signature, 'hex')).toString('hex') !== randomness)
    return 'the randomness is not the hash of the signature';
  return undefined;
}

function isSigned(round: number, signature: string): boolean {
  const { shortSignatures } = bls12_381;
  const message = shortSignatures.hash(sha256(uint64(round)));
  try {
    return shortSignatures.verify(
      shortSignatures.Signature.fromHex(signature),
      message,
      bls12_381.G2.Point.fromHex(QUICKNET.publicKey),
    );
  } catch {
    // Bytes that are no point of the curve.
    return false;
  }
}
