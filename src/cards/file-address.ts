import type { Config } from '../platform/config.ts';
import { judgeSignedQuery, signedQuery } from '../platform/http/signed-address.ts';

/**
 * The address at which the printer file of a batch can be read for five minutes, by whoever has it: a path on this
 * server. It names whom it was made for, who answers for each download. Give it only to those who may issue cards in the
 * batch's branch.
 */
export function printerFileUrl({ cardKey }: Config, batchId: string, actor: string, now: Date): string {
  const query = signedQuery(cardKey, subjectOf(batchId, actor), now);
  return `/card-batches/${batchId}?for=${encodeURIComponent(actor)}&${query}`;
}

/** What an address is worth; see `judgeSignedQuery`. */
export function judgeFileAddress(
  { cardKey }: Config,
  { id, actor, ...query }: { id: string; actor: unknown; until: unknown; signature: unknown },
  now: Date,
): 'good' | 'expired' | 'forged' {
  if (typeof actor !== 'string') return 'forged';
  return judgeSignedQuery(cardKey, subjectOf(id, actor), query, now);
}

const subjectOf = (batchId: string, actor: string) => JSON.stringify(['printer-file', batchId, actor]);
