import { createHmac } from 'node:crypto';
import type { Config } from '../config.ts';
import { base32 } from '../ids.ts';

const DIGITS = 10;

/**
 * The number of a certificate: the prefix of a competition or season and ten digits of base 32, keyed, so that nobody who knows one
 * number, or the time of an entry, can guess another. `id` is what the certificate is about. Two ids may still get the
 * same number, once in 2^50: the unique key stops the second, which begins anew with another id.
 */
export function certificateNumber({ evidenceKey }: Pick<Config, 'evidenceKey'>, prefix: string, id: string): string {
  const keyed = createHmac('sha256', evidenceKey)
    .update(JSON.stringify(['certificate', prefix, id]))
    .digest();
  // 48 bits and then 2, because a number of JavaScript is exact up to 2^53.
  const digits = base32(keyed.readUIntBE(0, 6) * 4 + (keyed[6]! & 3), DIGITS);
  return `${prefix}-${digits.slice(0, 5)}-${digits.slice(5)}`;
}

/**
 * A number as it is searched for, however it was typed: O is 0, I and L are 1. Undefined for what can be none, so that
 * nothing is asked of the database.
 */
export function readCertificateNumber(text: string): string | undefined {
  const plain = text.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();
  const [, prefix, digits] = /^([A-Z][A-Z0-9]{1,9})([A-Z0-9]{10})$/.exec(plain) ?? [];
  const read = digits?.replace(/O/g, '0').replace(/[IL]/g, '1');
  return read && /^[0-9A-HJKMNP-TV-Z]+$/.test(read) ? `${prefix}-${read.slice(0, 5)}-${read.slice(5)}` : undefined;
}
