import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Config } from '../../../platform/config.ts';

const LIFE_SECONDS = 300;

/**
 * The address at which a payment list can be read as .xlsx for five minutes, by whoever has it: a path on this server.
 * Give it only to those who may see the list.
 */
export function listFileUrl(config: Config, id: string, now: Date): string {
  const until = String(Math.floor(now.getTime() / 1000) + LIFE_SECONDS);
  return `/subsidies/files/${id}?until=${until}&signature=${sign(config, id, until)}`;
}

/** What an address is worth: forged when this server did not make it just so. */
export function judgeListAddress(
  config: Config,
  { id, until, signature }: Record<'id' | 'until' | 'signature', unknown>,
  now: Date,
): 'good' | 'expired' | 'forged' {
  if (typeof id !== 'string' || typeof until !== 'string' || typeof signature !== 'string') return 'forged';
  const expected = Buffer.from(sign(config, id, until));
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return 'forged';
  return Number(until) * 1000 > now.getTime() ? 'good' : 'expired';
}

// Under the key of evidence, and yet no address of anything else is good here: what is signed begins otherwise.
function sign({ evidenceKey }: Config, id: string, until: string): string {
  return createHmac('sha256', evidenceKey).update(`subsidy-list ${id} ${until}`).digest('base64url');
}
