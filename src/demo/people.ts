import type { Client } from './client.ts';
import { type MovedClock, memberAt, operatorAt } from './moved-clock.ts';
import type { Stage } from './stage.ts';

/** Those who act at the same doors, each signed in once. */
export interface Actors {
  admin(login: string): Promise<Client>;
  member(staffNumber: string): Promise<Client>;
}

/** Those who act by the moved clock, each signed in once until it is moved again. */
export interface People extends Actors {
  clock: MovedClock;
  moveTo(instant: Date): void;
}

export function peopleAt({ password }: Stage, clock: MovedClock): People {
  const signedIn = new Map<string, Promise<Client>>();
  return {
    clock,
    moveTo: (instant) => {
      clock.moveTo(instant);
      signedIn.clear();
    },
    ...actorsAt(clock, password, signedIn),
  };
}

/** Those who act today, by the server's own clock. */
export function peopleToday({ admin: { url }, password }: Stage): Actors {
  return actorsAt({ url }, password, new Map());
}

function actorsAt(at: Pick<MovedClock, 'url'>, password: string, signedIn: Map<string, Promise<Client>>): Actors {
  const once = (who: string, signIn: () => Promise<Client>) => {
    const client = signedIn.get(who) ?? signIn();
    signedIn.set(who, client);
    return client;
  };
  return {
    admin: (login) => once(login, () => operatorAt(at, 'admin', login, password)),
    member: (staffNumber) => once(staffNumber, () => memberAt(at, staffNumber)),
  };
}
