import { createHmac } from 'node:crypto';

/** What a merchant's own code is enciphered for; see personal-data.ts. */
export const POOL_CODE = 'offer_code.code';

/** What a merchant's own code is compared by: a keyed hash, so that the table gives no code away. Case counts. */
export function poolCodeHash(key: Buffer, code: string): Buffer {
  return createHmac('sha256', key)
    .update(`pool-code:${code.normalize('NFC')}`)
    .digest();
}
