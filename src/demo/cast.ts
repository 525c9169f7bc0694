import { randomBytes, randomInt } from 'node:crypto';
import { addDays, beijingDay } from '../platform/clock.ts';
import { GRASS_ROOTS } from './happiness-account.ts';
import { inventedIdNumber, type RosterPerson } from './roster.ts';

/** Who plays in one run of the story: new people each time, so that it can be played again and again. */
export interface Cast {
  /** Unlike that of any other run; keys and document numbers are made of it. */
  run: string;
  /** Earns by four events, redeems, cancels, uses a voucher. */
  busy: RosterPerson;
  /** Earns by a wedding alone, and has not enough points. */
  thrifty: RosterPerson;
  /** Claims a new home, volunteers, and has points put right. */
  claimant: RosterPerson;
  /** A row whose ID number was mistyped. */
  mistyped: RosterPerson;
}

// The members of the demo programme have the counters below.
const FIRST_COUNTER = 200;

/** Twenty to fifty years ago, and on no day near a birthday, whose points would come on top of what the story counts. */
function someBirthday(): string {
  const [years, days] = [20 + randomInt(30), 60 + randomInt(240)];
  return addDays(beijingDay(new Date()), -(years * 365 + days));
}

export function newCast(): Cast {
  const run = randomBytes(5).toString('hex').toUpperCase();
  const person = (name: string, number: number): RosterPerson => {
    const born = someBirthday();
    return {
      name,
      idNumber: inventedIdNumber(born, randomInt(FIRST_COUNTER, 1000)),
      // Left out, as it may be: invented numbers of the series 199-0000 would run out.
      phone: '',
      staffNumber: `P${run}-${number}`,
      union: GRASS_ROOTS[1]!.name,
      joinedOn: addDays(beijingDay(new Date()), -200),
    };
  };
  const mistyped = person('测试员丙', 3);
  return {
    run,
    busy: person('测试员甲', 1),
    thrifty: person('测试员乙', 2),
    claimant: person('测试员丁', 4),
    mistyped: { ...mistyped, idNumber: withWrongCheckDigit(mistyped.idNumber) },
  };
}

function withWrongCheckDigit(idNumber: string): string {
  return idNumber.slice(0, -1) + (idNumber.endsWith('0') ? '1' : '0');
}
