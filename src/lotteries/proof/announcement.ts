import { sha256 } from './bytes.ts';
import { type Canonical, canonicalJson } from './canonical.ts';
import type { EntropySource } from './entropy.ts';

export const ANNOUNCEMENT_FORMAT = 'xingfu-announcement-1';
export const ALGORITHM = 'xingfu-draw-1';

/** A line of the prize table. */
export interface Prize {
  /** "一等奖". */
  tier: string;
  /** What the winner gets, "500 积分". */
  what: string;
  quantity: number;
}

/** A holder who cannot win in this draw, since she won in an earlier one of the same lottery. */
export interface ExcludedHolder {
  holder: string;
  drawNumber: number;
  place: number;
}

/**
 * All that decides a draw but for the seed and the entropy, fixed and published while the entropy does not exist: after
 * the freeze for the first draw, and when a re-draw is set for each later one. Bytes are lower-case hexadecimal, instants
 * as `Date.toISOString()` writes them.
 */
export interface Announcement {
  format: typeof ANNOUNCEMENT_FORMAT;
  algorithm: typeof ALGORITHM;
  lottery: {
    id: string;
    name: string;
    /** The name of the programme. */
    programme: string;
    /** "2026-08". */
    period: string;
  };
  /** 1 for the first draw, 2 and on for re-draws. */
  drawNumber: number;
  /** Of the seed. */
  commitment: { hash: string; publishedAt: string };
  /** The list of tickets. */
  frozen: { root: string; count: number; at: string };
  announcedAt: string;
  /** In the order in which they are drawn; places are numbered through all of them, from 1. */
  prizes: Prize[];
  excluded: ExcludedHolder[];
  source: EntropySource;
}

/** SHA-256 over the canonical JSON of an announcement: one line that fixes all of it. */
export function announcementDigest(announcement: Announcement): Buffer {
  return sha256(canonicalJson(announcement as unknown as Canonical));
}
