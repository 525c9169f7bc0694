import type { AdminCaller } from '../identity/caller.ts';
import { deriveKey, makeAccessToken } from '../identity/tokens.ts';
import type { Config } from '../platform/config.ts';
import { judgeSignedQuery, signedQuery } from '../platform/http/signed-address.ts';
import { isId } from '../platform/ids.ts';
import type { SignedInAdmin } from './may-read-queues.ts';

/** Below which the dashboard's pages are. */
export const DASHBOARD = '/queues';

/**
 * Two things let a browser in, since it cannot be told a token: an address, which brings a cookie, which brings the pages.
 * Neither is good for the other, nor at any door.
 */
type Pass = 'address' | 'cookie';

/** Tells the caller behind an Authorization header, whether the session still stands included. */
export type AdminAt = (authorization: string) => Promise<AdminCaller | undefined>;

const keyOf = (config: Config) => deriveKey(config, 'queue-dashboard');
const subjectOf = (pass: Pass, session: string, operator: string) => `${pass} ${session} ${operator}`;

/** A pass of five minutes for an admin's session, as the query of an address. */
export function makePass(
  config: Config,
  pass: Pass,
  { sessionId, operatorId }: Pick<SignedInAdmin, 'sessionId' | 'operatorId'>,
  now: Date,
): string {
  const signed = signedQuery(keyOf(config), subjectOf(pass, sessionId, operatorId), now);
  return `session=${sessionId}&operator=${operatorId}&${signed}`;
}

/** Whose pass this is, while that admin's session stands; undefined for one that is forged, expired or of the other kind. */
export async function readPass(
  config: Config,
  pass: Pass,
  query: string,
  now: Date,
  adminAt: AdminAt,
): Promise<AdminCaller | undefined> {
  const { session = '', operator = '', until, signature } = Object.fromEntries(new URLSearchParams(query));
  if (!isId(session) || !isId(operator)) return undefined;
  const worth = judgeSignedQuery(keyOf(config), subjectOf(pass, session, operator), { until, signature }, now);
  if (worth !== 'good') return undefined;
  // What the session is worth is for identity to say, which knows tokens: this one goes nowhere else.
  const { token } = makeAccessToken(config, { door: 'admin', subjectId: operator, sessionId: session }, now);
  return adminAt(`Bearer ${token}`);
}
