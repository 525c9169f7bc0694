import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Config } from '../platform/config.ts';

const LIFE_SECONDS = 300;

/**
 * The address at which the printer file of a batch can be read for five minutes, by whoever has it: a path on this
 * server. Give it only to those who may issue cards in the batch's branch.
 */
export function printerFileUrl(config: Config, batchId: string, now: Date): string {
  const until = String(Math.floor(now.getTime() / 1000) + LIFE_SECONDS);
  return `/card-batches/${batchId}?until=${until}&signature=${sign(config, batchId, until)}`;
}

/** What an address is worth: forged when this server did not make it just so. */
export function judgeFileAddress(
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

function sign({ cardKey }: Config, batchId: string, until: string): string {
  return createHmac('sha256', cardKey).update(`printer-file:${batchId}:${until}`).digest('base64url');
}
