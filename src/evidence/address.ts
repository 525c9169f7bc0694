import type { Config } from '../platform/config.ts';
import { judgeSignedQuery, signedQuery } from '../platform/http/signed-address.ts';

/**
 * The address at which a file can be read for five minutes, by whoever has it: a path on this server. Give it only to
 * those who may see what the file is attached to.
 */
export function evidenceUrl({ evidenceKey }: Config, id: string, now: Date): string {
  return `/evidence/${id}?${signedQuery(evidenceKey, id, now)}`;
}

/** What an address is worth; see `judgeSignedQuery`. */
export function judgeAddress(
  { evidenceKey }: Config,
  { id, ...query }: { id: string; until: unknown; signature: unknown },
  now: Date,
): 'good' | 'expired' | 'forged' {
  return judgeSignedQuery(evidenceKey, id, query, now);
}
