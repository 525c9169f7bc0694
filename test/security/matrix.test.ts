import { afterAll, beforeAll, expect, test } from 'vitest';
import { DOORS } from '../../src/doors.ts';
import { aCounter } from '../marketplace/counter/world.ts';
import { operationOf, type RootField, rootFields } from './arguments.ts';
import { everyKind, type Kind } from './callers.ts';
import { type Doors, eightAtATime, everything, openDoors, outcomeOf, type Said } from './doors.ts';

// The matrix is made from the schemas: a root field that is added is in it by itself.

let doors: Doors;
beforeAll(async () => {
  doors = await openDoors();
});
afterAll(() => doors.close());

/** What anybody may ask without having signed in. A field that is added here is open to the whole internet. */
const PUBLIC: Record<string, string[]> = {
  member: ['bindByPhone', 'bindByStaffNumber', 'refreshSession', 'signInWithWechat'],
  merchant: ['refreshSession', 'signIn'],
  admin: ['refreshSession', 'signIn'],
};

const fieldsOf = (door: keyof typeof PUBLIC) => rootFields(door as never, doors.schemas[door as never]);
const mayPass = ({ permission }: RootField, { may }: Kind) => permission === 'public' || may.has(permission);
const endsSessions = ({ name }: RootField) => /^(signOut|changePassword)/.test(name);

/** Asks for a field as a kind of caller. What ends sessions gets one of its own. */
async function asked(field: RootField, kind: Kind): Promise<Said> {
  const own = endsSessions(field) && mayPass(field, kind);
  const token = (own ? await kind.fresh?.() : undefined) ?? kind.token ?? undefined;
  return doors.ask(field.door, operationOf(field), token);
}

const MADE_IN = 240_000;

test.each(DOORS)(
  'at the %s door exactly those pass who may, and whoever may not changes nothing',
  { timeout: MADE_IN },
  async (door) => {
    const counter = await aCounter();
    const { [door]: kinds } = await everyKind(doors.deps, counter);
    const fields = fieldsOf(door);
    const wrong: string[] = [];
    const tell = (field: RootField, kind: Kind, what: string) => wrong.push(`${kind.name} · ${field.name}: ${what}`);

    for (const kind of kinds) {
      const before = await everything(doors.deps);
      await eightAtATime(
        fields.filter((field) => !mayPass(field, kind)),
        async (field) => {
          const said = await asked(field, kind);
          const outcome = outcomeOf(field, said);
          if (outcome !== kind.denial) tell(field, kind, `${outcome} instead of ${kind.denial}`);
          if (said.data?.[field.name]) tell(field, kind, `shows ${JSON.stringify(said.data)}`);
        },
      );
      expect(await everything(doors.deps), `what was denied to ${kind.name} changed something`).toEqual(before);
    }
    for (const kind of kinds) {
      const pass = async (field: RootField) => {
        const outcome = outcomeOf(field, await asked(field, kind));
        if (/^UNAUTH/.test(outcome)) tell(field, kind, `${outcome} although it may`);
        if (/^(INTERNAL|UNAVAILABLE)$/.test(outcome)) tell(field, kind, outcome);
      };
      const open = fields.filter((field) => mayPass(field, kind));
      const ending = open.filter((field) => endsSessions(field));
      await eightAtATime(
        open.filter((field) => !endsSessions(field)),
        pass,
      );
      for (const field of ending) await pass(field);
    }
    expect(wrong).toEqual([]);
  },
);

test.each(DOORS)('at the %s door nothing but what is listed is open to everybody', (door) => {
  const open = fieldsOf(door).filter(({ permission }) => permission === 'public');
  expect(open.map(({ name }) => name).sort()).toEqual(PUBLIC[door]);
});

test('no right to look lets anybody change something at the admin door', () => {
  const lax = fieldsOf('admin').filter(({ kind, permission }) => kind === 'mutation' && permission.endsWith(':read'));
  expect(lax.map(({ name }) => name)).toEqual([]);
});
