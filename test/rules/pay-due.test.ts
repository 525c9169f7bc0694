import { expect, test } from 'vitest';
import { newId } from '../../src/platform/ids.ts';
import { points } from '../../src/platform/points.ts';
import { payDue } from '../../src/rules/pay-due.ts';
import { payWaiting } from '../../src/rules/pay-waiting.ts';
import { raiseBudget } from '../../src/rules/raise-budget.ts';
import { accepted, aWorld, fixed } from './world.ts';

const noProgress = async () => {};
const WEEK = { ...fixed(300), noticeDays: 7 };

test('an award with a notice period is pending, and is paid when that is over, once', async () => {
  const { deps, memberIds, publish, event, earn, balance, states, count } = await aWorld();
  const [ann] = memberIds as [string];
  deps.clock.set('2026-08-03T04:00:00.000Z');
  await publish('分会荣誉', 'honour', WEEK);
  const eventIds = await earn(event(ann, 'honour', { occurredOn: '2026-08-01' }));
  expect(await states(eventIds)).toEqual(['pending']);
  expect(await balance(ann)).toBe(0);
  deps.clock.set('2026-08-09T15:59:59.000Z');
  await payDue(deps, noProgress);
  expect(await states(eventIds)).toEqual(['pending']);
  deps.clock.set('2026-08-09T16:00:00.000Z');
  await Promise.all(Array.from({ length: 10 }, () => payDue(deps, noProgress)));
  expect(await states(eventIds)).toEqual(['paid']);
  expect(await balance(ann)).toBe(300);
  expect(await count("transfer WHERE kind = 'accrual'")).toBe(1);
  // The points live from the day on which they were paid.
  expect(await deps.db.query('SELECT expires_at FROM lot')).toEqual([{ expires_at: new Date('2027-08-09T16:00:00Z') }]);
  await expect(deps).toHaveCoherentLedger();
});

test('an event with a rule that pays at once and one that waits is pending until both have paid', async () => {
  const { deps, memberIds, publish, event, earn, balance, states } = await aWorld();
  await publish('分会荣誉', 'honour', WEEK);
  await publish('荣誉附加', 'honour', fixed(10));
  const eventIds = await earn(event(memberIds[0]!, 'honour'));
  expect(await states(eventIds)).toEqual(['pending']);
  expect(await balance(memberIds[0]!)).toBe(10);
  deps.clock.advance({ days: 8 });
  await payDue(deps, noProgress);
  expect(await states(eventIds)).toEqual(['paid']);
  expect(await balance(memberIds[0]!)).toBe(310);
});

test('what is due while the budget is short stays pending and is paid when that is raised', async () => {
  const world = await aWorld({ memberCount: 3, budget: 700 });
  const { deps, caller, programmeId, memberIds, publish, event, earn, balance, states } = world;
  await publish('分会荣誉', 'honour', WEEK);
  const eventIds = await earn(...memberIds.map((id) => event(id, 'honour')));
  deps.clock.advance({ days: 8 });
  await payDue(deps, noProgress);
  expect((await states(eventIds)).sort()).toEqual(['paid', 'paid', 'pending']);
  accepted(await raiseBudget(deps, caller, newId(), { programmeId, budget: points(900) }));
  await payWaiting(deps, programmeId, noProgress);
  for (const id of memberIds) expect(await balance(id)).toBe(300);
  await expect(deps).toHaveCoherentLedger();
});

test('points live as the rule says: so many days, or to the end of a year', async () => {
  const { deps, memberIds, publish, event, earn } = await aWorld();
  deps.clock.set('2026-08-03T04:00:00.000Z');
  const lives = [
    { kind: 'days' as const, days: 10 },
    { kind: 'year_end' as const, yearsAhead: 0 },
    { kind: 'year_end' as const, yearsAhead: 1 },
  ];
  for (const [i, life] of lives.entries()) await publish(`荣誉${i}`, 'honour', { ...fixed(i + 1), life });
  await earn(event(memberIds[0]!, 'honour', { occurredOn: '2026-08-01' }));
  const lots: { expires_at: Date }[] = await deps.db.query('SELECT expires_at FROM lot ORDER BY points');
  expect(lots.map((lot) => lot.expires_at.toISOString())).toEqual([
    '2026-08-12T16:00:00.000Z',
    '2026-12-31T16:00:00.000Z',
    '2027-12-31T16:00:00.000Z',
  ]);
});

test('an event that waits for the budget of one rule stays pending by the other until that has paid', async () => {
  const { deps, programmeId, memberIds, publish, publishNext, event, earn, balance, states } = await aWorld();
  await publish('分会荣誉', 'honour', WEEK);
  const ruleId = await publish('荣誉附加', 'honour', { ...fixed(100), budget: { total: 50, branches: [] } });
  const eventIds = await earn(event(memberIds[0]!, 'honour'));
  expect(await states(eventIds)).toEqual(['over_budget']);
  accepted(await publishNext(ruleId, { ...fixed(100), budget: { total: 500, branches: [] } }));
  await payWaiting(deps, programmeId, noProgress);
  expect(await states(eventIds)).toEqual(['pending']);
  expect(await balance(memberIds[0]!)).toBe(100);
  deps.clock.advance({ days: 8 });
  await payDue(deps, noProgress);
  expect(await states(eventIds)).toEqual(['paid']);
  expect(await balance(memberIds[0]!)).toBe(400);
  await expect(deps).toHaveCoherentLedger();
});
