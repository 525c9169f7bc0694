import { createHmac } from 'node:crypto';

// Crockford's alphabet: nothing that a cashier could misread or mistype.
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * The code of a voucher, "XXXX-XXXX-XXXX": 60 bits of HMAC-SHA-256 over the voucher's id. It is never stored, so a copy
 * of the database holds no code that could be used, and nobody can count from one code to the next.
 */
export function voucherCode(key: Buffer, voucherId: string): string {
  const digest = createHmac('sha256', key).update(`voucher-code:${voucherId}`).digest();
  const text = Array.from(digest.subarray(0, 12), (byte) => ALPHABET[byte % 32]).join('');
  return `${text.slice(0, 4)}-${text.slice(4, 8)}-${text.slice(8)}`;
}

/** What a code is found by: a keyed hash of it, however it was typed (small letters, blanks, O for 0, I or L for 1). */
export function voucherCodeHash(key: Buffer, code: string): Buffer {
  const plain = code.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
  return createHmac('sha256', key).update(`voucher-lookup:${plain}`).digest();
}
