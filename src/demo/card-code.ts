import { createHmac, randomBytes } from 'node:crypto';

/** What the member door hands out as `cardKey`, as the mini-program keeps it. */
export interface KeyOnPhone {
  cardId: string;
  key: string;
  generation: number;
}

/** The card code that a phone shows at an instant, now when not given, made without a network: the README says of what. */
export function showCardCode(
  { cardId, key, generation }: KeyOnPhone,
  programmeId: string,
  at: Date = new Date(),
): string {
  const numbers = Buffer.alloc(8);
  numbers.writeUInt32BE(generation, 0);
  numbers.writeUInt32BE(Math.floor(at.getTime() / 1000), 4);
  const signed = Buffer.concat([
    Buffer.from([1]),
    Buffer.from(cardId + programmeId, 'latin1'),
    numbers,
    randomBytes(8),
  ]);
  const mac = createHmac('sha256', Buffer.from(key, 'base64url')).update(signed).digest().subarray(0, 16);
  return Buffer.concat([signed, mac]).toString('base64url');
}
