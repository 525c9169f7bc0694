import { afterAll, beforeAll, expect, test } from 'vitest';
import { DOORS } from '../../src/doors.ts';
import { isId, newId } from '../../src/platform/ids.ts';
import { anAdmin } from '../identity/world.ts';
import { tokenFor } from '../support/api.ts';
import { aMarket } from '../support/market.ts';
import { idPlaces, operationOf, type RootField, rootFields } from './arguments.ts';
import { staffOf } from './callers.ts';
import { type Doors, eightAtATime, openDoors, outcomeOf } from './doors.ts';
import { tablesFor } from './id-tables.ts';
import { anIdOfEach, aTown } from './town.ts';

let doors: Doors;
beforeAll(async () => {
  doors = await openDoors();
});
afterAll(() => doors.close());

/** A place for an id in a root field's arguments, and something that exists to put there. */
interface Cell {
  field: RootField;
  place: string;
  table: string;
  id: string;
}

/** Somebody of each door from somewhere else, who may do everything there, and what is theirs. */
async function strangers() {
  const { deps } = doors;
  const market = await aMarket();
  const { unionId, programmeId, merchantId, outletId } = market;
  const admin = await anAdmin(deps, 'stranger', [[{ id: unionId, path: `/${unionId}/` }, 'federation-admin']]);
  const own = new Map([
    ['union_node', unionId],
    ['programme', programmeId],
    ['member', market.memberIds[0]!],
    ['merchant', merchantId],
    ['outlet', outletId],
    ['offer', await market.offer()],
    ['operator', admin.operatorId],
  ]);
  const tokens = {
    member: await tokenFor(deps, 'member', market.memberIds[0]!),
    merchant: await tokenFor(deps, 'merchant', await staffOf(deps, merchantId, 'owner')),
    admin: await tokenFor(deps, 'admin', admin.operatorId),
  };
  return { own, tokens };
}

/** An admin of every tree of the town. */
async function anInsider(roots: readonly string[]): Promise<string> {
  const all = roots.map((id) => [{ id, path: `/${id}/` }, 'federation-admin'] as const);
  return tokenFor(doors.deps, 'admin', (await anAdmin(doors.deps, 'insider', all)).operatorId);
}

/** Of what the town has nothing, so that its ids are not tried here: the tests of each domain do that. */
const NOT_IN_TOWN = `adjustment api_token backtest card_batch competition_division entry_import innovation_expert
  prepaid_payment roster_import settlement_dispute subsidy_list treat_round`.split(/\s+/);

const SHOWN_IN = 240_000;

test(
  'what is somebody else’s answers like what does not exist, for every id that can be given',
  async () => {
    const { deps, ask, schemas } = doors;
    await aTown();
    const known = await anIdOfEach(deps);
    const tables = [...known.keys()];
    const existing = new Map([...known].flatMap(([table, id]) => (id && isId(id) ? [[table, id] as const] : [])));
    const roots: { id: string }[] = await deps.db.query('SELECT id FROM union_node WHERE parent_id IS NULL');
    const { own, tokens } = await strangers();

    const untried = new Set<string>();
    const cells = DOORS.flatMap((door) => rootFields(door, schemas[door])).flatMap((field) =>
      idPlaces(field).flatMap((place) =>
        tablesFor(field, place, tables).flatMap((table): Cell[] => {
          const id = existing.get(table);
          if (id === undefined) untried.add(table);
          return id === undefined ? [] : [{ field, place, table, id }];
        }),
      ),
    );
    /** Asks with an id in one place, and with what is the caller's own, or nothing's, in all others. */
    const answer = async ({ field, place }: Cell, id: string, token: string, others: ReadonlyMap<string, string>) => {
      const idFor = (_: string, at: string) => {
        if (at === place) return id;
        const [table = ''] = tablesFor(field, at, tables);
        return others.get(table) ?? newId();
      };
      return outcomeOf(field, await ask(field.door, operationOf(field, { idFor }), token));
    };

    const told: string[] = [];
    await eightAtATime(cells, async (cell) => {
      const { field, place, table, id } = cell;
      const token = tokens[field.door];
      const [theirs, nothings] = [await answer(cell, id, token, own), await answer(cell, newId(), token, own)];
      if (theirs !== nothings) told.push(`${field.door} ${field.name}(${place}: ${table}): ${theirs}, not ${nothings}`);
    });
    expect(told).toEqual([]);
    expect([...untried].sort()).toEqual(NOT_IN_TOWN);

    // The same, asked by who may: where that makes no difference either, what is above shows nothing.
    const insider = await anInsider(roots.map(({ id }) => id));
    const atTheAdmins = cells.filter(({ field }) => field.door === 'admin');
    const shown = await eightAtATime(atTheAdmins, async (cell) => {
      const there = await answer(cell, cell.id, insider, existing);
      return there !== (await answer(cell, newId(), insider, existing));
    });
    expect(shown.filter(Boolean).length).toBeGreaterThan(atTheAdmins.length / 2);
  },
  SHOWN_IN,
);
