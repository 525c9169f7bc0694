import { createHmac, timingSafeEqual } from 'node:crypto';

const LIFE_SECONDS = 300;

// Nothing else: what is signed is put together of the subject and this, and a space in it would shift the border.
const UNTIL = /^\d{10,12}$/;

/**
 * The query of an address at which something can be read for five minutes, by whoever has it. `subject` says what, so
 * that no address of one thing is good for another.
 */
export function signedQuery(key: Buffer, subject: string, now: Date): string {
  const until = String(Math.floor(now.getTime() / 1000) + LIFE_SECONDS);
  return `until=${until}&signature=${sign(key, subject, until)}`;
}

/** What an address is worth: forged when this server did not make it just so. */
export function judgeSignedQuery(
  key: Buffer,
  subject: string,
  { until, signature }: Record<'until' | 'signature', unknown>,
  now: Date,
): 'good' | 'expired' | 'forged' {
  if (typeof until !== 'string' || !UNTIL.test(until) || typeof signature !== 'string') return 'forged';
  const expected = Buffer.from(sign(key, subject, until));
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return 'forged';
  return Number(until) * 1000 > now.getTime() ? 'good' : 'expired';
}

function sign(key: Buffer, subject: string, until: string): string {
  return createHmac('sha256', key).update(`${subject} ${until}`).digest('base64url');
}
