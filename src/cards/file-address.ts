import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Config } from '../platform/config.ts';

const LIFE_SECONDS = 300;

/**
 * The address at which the printer file of a batch can be read for five minutes, by whoever has it: a path on this
 * server. It names whom it was made for, who answers for each download. Give it only to those who may issue cards in the
 * batch's branch.
 */
export function printerFileUrl(config: Config, batchId: string, actor: string, now: Date): string {
  const until = String(Math.floor(now.getTime() / 1000) + LIFE_SECONDS);
  const signature = sign(config, { id: batchId, actor, until });
  return `/card-batches/${batchId}?for=${encodeURIComponent(actor)}&until=${until}&signature=${signature}`;
}

/** What an address is worth: forged when this server did not make it just so. */
export function judgeFileAddress(
  config: Config,
  { id, actor, until, signature }: Record<'id' | 'actor' | 'until' | 'signature', unknown>,
  now: Date,
): 'good' | 'expired' | 'forged' {
  if (typeof id !== 'string' || typeof actor !== 'string' || typeof until !== 'string') return 'forged';
  if (typeof signature !== 'string') return 'forged';
  const expected = Buffer.from(sign(config, { id, actor, until }));
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return 'forged';
  return Number(until) * 1000 > now.getTime() ? 'good' : 'expired';
}

function sign({ cardKey }: Config, { id, actor, until }: Record<'id' | 'actor' | 'until', string>): string {
  const text = JSON.stringify(['printer-file', id, actor, until]);
  return createHmac('sha256', cardKey).update(text).digest('base64url');
}
