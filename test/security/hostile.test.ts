import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Door } from '../../src/identity/caller.ts';
import { anAdmin } from '../identity/world.ts';
import { aCounter } from '../marketplace/counter/world.ts';
import { tokenFor } from '../support/api.ts';
import { operationOf, rootFields } from './arguments.ts';
import { staffOf } from './callers.ts';
import { type Doors, eightAtATime, openDoors, outcomeOf } from './doors.ts';

let doors: Doors;
beforeAll(async () => {
  doors = await openDoors();
});
afterAll(() => doors.close());

/** Values that break what was not made for them: everything else of an operation is valid in form. */
const HOSTILE: Record<string, Record<string, unknown>> = {
  'another script': { String: '文字😀' },
  'a quote and wildcards': { String: `'"\`;--%_\\ OR 1=1` },
  'what cannot be seen': { String: '\u0000\u0007\u202e\ud800' },
  'names that JavaScript has': { String: '__proto__' },
  nothing: { String: '' },
  'a long text': { String: 'x'.repeat(20_000) },
  'the least': {
    Int: -2_147_483_648,
    Points: -Number.MAX_SAFE_INTEGER,
    Fen: -Number.MAX_SAFE_INTEGER,
    Day: '0001-01-01',
  },
  'the most': {
    Int: 2_147_483_647,
    Float: 1e308,
    Points: Number.MAX_SAFE_INTEGER,
    Fen: Number.MAX_SAFE_INTEGER,
    Score: Number.MAX_SAFE_INTEGER,
    Day: '9999-12-31',
    Instant: '9999-12-31T23:59:59.999Z',
  },
};

/** Who may do all that there is to do at each door. */
async function whoMay(): Promise<Record<Door, string>> {
  const { deps } = doors;
  const { memberIds, merchantId, unionId } = await aCounter();
  const admin = await anAdmin(deps, 'federation', [[{ id: unionId, path: `/${unionId}/` }, 'federation-admin']]);
  return {
    member: await tokenFor(deps, 'member', memberIds[0]!),
    merchant: await tokenFor(deps, 'merchant', await staffOf(deps, merchantId, 'owner')),
    admin: await tokenFor(deps, 'admin', admin.operatorId),
  };
}

test.each(Object.entries(HOSTILE))(
  'no argument of any root field makes a fault of %s',
  { timeout: 240_000 },
  async (_, values) => {
    const tokens = await whoMay();
    const wrong: string[] = [];
    for (const door of ['member', 'merchant', 'admin'] as const) {
      // What ends the session is the same for everybody, and takes a key alone.
      const fields = rootFields(door, doors.schemas[door]).filter(({ name }) => !name.startsWith('signOut'));
      await eightAtATime(fields, async (field) => {
        const { touched, ...operation } = operationOf(field, { values, all: true });
        if (!touched) return;
        const outcome = outcomeOf(field, await doors.ask(door, operation, tokens[door]));
        if (/^(INTERNAL|UNAVAILABLE)$/.test(outcome)) wrong.push(`${door} · ${field.name}: ${outcome}`);
      });
    }
    expect(wrong).toEqual([]);
  },
);
