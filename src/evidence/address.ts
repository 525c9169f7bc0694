import type { Config } from '../platform/config.ts';
import { judgeSignedQuery, signedQuery } from '../platform/http/signed-address.ts';

/**
 * The address at which a file can be read for five minutes, by whoever has it: a path on this server. Give it only to
 * those who may see what the file is attached to. With a number the file comes under that in the place of its name.
 */
export function evidenceUrl({ evidenceKey }: Config, id: string, now: Date, number?: number): string {
  const query = signedQuery(evidenceKey, subject(id, number), now);
  return number === undefined ? `/evidence/${id}?${query}` : `/evidence/${id}?number=${number}&${query}`;
}

/** The name under which a file is shown to those who must not learn from its name whose it is. */
export function numberedName(number: number): string {
  return `材料 ${number}`;
}

function subject(id: string, number: unknown): string {
  return number === undefined ? id : `${id} ${number}`;
}

/** What an address is worth; see `judgeSignedQuery`. */
export function judgeAddress(
  { evidenceKey }: Config,
  { id, number, ...query }: { id: string; number?: unknown; until: unknown; signature: unknown },
  now: Date,
): 'good' | 'expired' | 'forged' {
  return judgeSignedQuery(evidenceKey, subject(id, number), query, now);
}
