import { expect, test } from 'vitest';
import type { AdminCaller } from '../../../src/identity/caller.ts';
import { setSettlementDay } from '../../../src/marketplace/settlement/set-settlement-day.ts';
import { newId } from '../../../src/platform/ids.ts';
import { accepted, tally } from '../../support/market.ts';
import { adminOf, audited, refusal } from '../support.ts';
import { admins, allStatements, aSettledMarket } from './world.ts';

async function aProgrammeThatSettles() {
  const market = await aSettledMarket();
  const world = { ...market, ...admins(market) };
  const { deps, programmeId } = world;
  const set = (day: number, caller: AdminCaller = world.ann, key = newId()) =>
    setSettlementDay(deps, caller, key, { programmeId, day });
  const laidDown = async (): Promise<number[]> =>
    (await deps.db.query('SELECT settlement_day AS day FROM settlement_policy')).map(({ day }: { day: number }) => day);
  return { ...world, set, laidDown };
}

test('the settlement day is one that every month has, and what is laid down last counts', async () => {
  const { set, laidDown, deps } = await aProgrammeThatSettles();
  for (const day of [0, 29, -3, 1.5, Number.NaN]) {
    expect(refusal(await set(day))).toBe('SETTLEMENT_DAY_OUT_OF_RANGE at day');
  }
  expect([await laidDown(), await audited(deps)]).toEqual([[], []]);
  accepted(await set(1));
  expect(await laidDown()).toEqual([1]);
  accepted(await set(28));
  expect(await laidDown()).toEqual([28]);
  const trail = await deps.db.query(
    'SELECT value_before AS was, value_after AS became FROM audit_record ORDER BY number',
  );
  const day = (settlementDay: number) => JSON.stringify({ settlementDay });
  expect(trail).toEqual([
    { was: day(3), became: day(1) },
    { was: day(1), became: day(28) },
  ]);
});

test('only an admin of the branch who may change its programmes lays it down', async () => {
  const { set, laidDown, stranger, unionId } = await aProgrammeThatSettles();
  const reader = adminOf(`/${unionId}/`, ['settlements:read', 'settlements:write', 'settlements:pay']);
  expect(refusal(await set(9, stranger))).toBe('PROGRAMME_UNKNOWN at programmeId');
  expect(refusal(await set(9, reader))).toBe('PROGRAMME_UNKNOWN at programmeId');
  expect(await laidDown()).toEqual([]);
});

test('a day that is laid down again changes nothing and leaves no trace', async () => {
  const { set, laidDown, deps } = await aProgrammeThatSettles();
  accepted(await set(3));
  expect([await laidDown(), await audited(deps)]).toEqual([[], []]);
  const key = newId();
  accepted(await set(9, undefined, key));
  accepted(await set(9, undefined, key));
  accepted(await set(9));
  expect(refusal(await set(10, undefined, key))).toBe('KEY_REUSED at key');
  expect([await laidDown(), await audited(deps)]).toEqual([[9], ['setSettlementDay']]);
});

test('a later day puts off the month that is not closed yet, and an earlier one closes it at once', async () => {
  const world = await aProgrammeThatSettles();
  await world.use();
  accepted(await world.set(20));
  world.at('2026-08-03T02:00:00Z');
  expect(await world.close()).toBe(0);
  world.at('2026-08-10T02:00:00Z');
  accepted(await world.set(10));
  expect(await world.close()).toBe(1);
  world.at('2026-08-31T17:00:00Z');
  await world.use();
  accepted(await world.set(1));
  expect(await world.close()).toBe(0);
  expect(await allStatements(world.deps)).toMatchObject([{ month: '2026-07', lineCount: 1 }]);
});

test('a month that is closed stays as it is, whatever day is laid down afterwards', async () => {
  const world = await aProgrammeThatSettles();
  await world.use();
  world.at('2026-08-03T02:00:00Z');
  await world.close();
  const before = await allStatements(world.deps);
  accepted(await world.set(28));
  world.at('2026-08-28T02:00:00Z');
  expect(await world.close()).toBe(0);
  expect(await allStatements(world.deps)).toEqual(before);
});

test('two admins who lay it down at the same time both are heard, one after the other', async () => {
  const { set, laidDown, bea, deps } = await aProgrammeThatSettles();
  expect(tally(await Promise.all([set(5), set(6, bea)]))).toEqual({ accepted: 2 });
  const [last] = await laidDown();
  expect([5, 6]).toContain(last);
  expect(await audited(deps)).toEqual(['setSettlementDay', 'setSettlementDay']);
});
