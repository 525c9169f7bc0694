import type { Config } from '../../platform/config.ts';
import { judgeSignedQuery, signedQuery } from '../../platform/http/signed-address.ts';

/**
 * The address at which a list of rewards can be read as .xlsx for five minutes, by whoever has it: a path on this server.
 * Give it only to those who may see the list.
 */
export function rewardFileUrl({ evidenceKey }: Config, id: string, now: Date): string {
  return `/rewards/files/${id}?${signedQuery(evidenceKey, subjectOf(id), now)}`;
}

/** What an address is worth; see `judgeSignedQuery`. */
export function judgeRewardAddress(
  { evidenceKey }: Config,
  { id, ...query }: { id: string; until: unknown; signature: unknown },
  now: Date,
): 'good' | 'expired' | 'forged' {
  return judgeSignedQuery(evidenceKey, subjectOf(id), query, now);
}

// Under the key of evidence, and yet no address of anything else is good here: what is signed begins otherwise.
const subjectOf = (id: string) => `reward-list ${id}`;
