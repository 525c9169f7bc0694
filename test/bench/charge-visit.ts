/** A visit to a counter as it begins. The load client and the reference both make it up here, so that both pay alike for the phone's code. */
import { type KeyOnPhone, makeCardCode } from '../support/card-code.ts';

export interface Phones {
  programmeId: string;
  keys: KeyOnPhone[];
}

/** A counter with a cashier at it. */
export interface Till {
  operatorId: string;
  /** The value of the Authorization header. */
  caller: string;
  merchantId: string;
  outletId: string;
}

/** A code from some member's phone, and a bill that needs no confirmation: 50 to 140 points. */
export function makeVisit({ programmeId, keys }: Phones): { code: string; billFen: number } {
  const phone = keys[Math.floor(Math.random() * keys.length)]!;
  return { code: makeCardCode(phone, programmeId, new Date()), billFen: 500 + Math.floor(Math.random() * 901) };
}
