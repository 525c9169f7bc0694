import type { Client } from './client.ts';
import { type MovedClock, memberAt, operatorAt } from './moved-clock.ts';
import type { Stage } from './stage.ts';

/** Those who act by the moved clock, each signed in once until it is moved again. */
export interface People {
  clock: MovedClock;
  moveTo(instant: Date): void;
  admin(login: string): Promise<Client>;
  member(staffNumber: string): Promise<Client>;
}

export function peopleAt({ password }: Stage, clock: MovedClock): People {
  const signedIn = new Map<string, Promise<Client>>();
  const once = (who: string, signIn: () => Promise<Client>) => {
    const client = signedIn.get(who) ?? signIn();
    signedIn.set(who, client);
    return client;
  };
  return {
    clock,
    moveTo: (instant) => {
      clock.moveTo(instant);
      signedIn.clear();
    },
    admin: (login) => once(login, () => operatorAt(clock, 'admin', login, password)),
    member: (staffNumber) => once(staffNumber, () => memberAt(clock, staffNumber)),
  };
}
