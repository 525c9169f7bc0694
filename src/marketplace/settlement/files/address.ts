import type { Config } from '../../../platform/config.ts';
import { judgeSignedQuery, signedQuery } from '../../../platform/http/signed-address.ts';

/**
 * The address at which a statement's file can be read for five minutes, by whoever has it: a path on this server. Give
 * it only to those who may see the statement.
 */
export function statementFileUrl({ evidenceKey }: Config, id: string, now: Date): string {
  return `/statements/files/${id}?${signedQuery(evidenceKey, subjectOf(id), now)}`;
}

/** What an address is worth; see `judgeSignedQuery`. */
export function judgeStatementAddress(
  { evidenceKey }: Config,
  { id, ...query }: { id: string; until: unknown; signature: unknown },
  now: Date,
): 'good' | 'expired' | 'forged' {
  return judgeSignedQuery(evidenceKey, subjectOf(id), query, now);
}

// Under the key of evidence, and yet no address of evidence is good for a statement: what is signed begins otherwise.
const subjectOf = (id: string) => `statement-file ${id}`;
