import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newId } from '../../src/platform/ids.ts';
import { accrue } from '../../src/rules/accrue.ts';
import { payWaiting } from '../../src/rules/pay-waiting.ts';
import { accepted, aWorld, fixed } from './world.ts';

const noProgress = async () => {};
const hours = (value: number, kind = '卫生问题') => ({ 类别: kind, 时长小时: value });
const VOLUNTEERING = {
  award: { kind: 'per_unit' as const, attribute: '时长小时', points: 10, most: 40 },
  occurrence: { kind: 'event' as const },
};

test('forty parallel runs over events of one member never pass a cap together', async () => {
  const { deps, memberIds, publish, event, record, balance, states } = await aWorld();
  const [ann] = memberIds as [string];
  await publish('志愿服务', 'volunteering', { ...VOLUNTEERING, caps: [{ of: 'points', period: 'month', most: 130 }] });
  const { eventIds } = await record(
    ...Array.from({ length: 40 }, (_, i) =>
      event(ann, 'volunteering', { attributes: hours(3), occurredOn: '2026-01-10', reference: `R${i}` }),
    ),
  );
  await Promise.all(eventIds.map((id) => accrue(deps, [id])));
  expect(await balance(ann)).toBe(130);
  // Four whole awards of 30, one cut to 10, and nothing for the others.
  expect((await states(eventIds)).filter((state) => state === 'paid')).toHaveLength(5);
  expect((await states(eventIds)).filter((state) => state === 'capped')).toHaveLength(35);
  await expect(deps).toHaveCoherentLedger();
});

test('a cap of the count holds for parallel runs too, and counts each period by itself', async () => {
  const { deps, memberIds, publish, event, record, balance } = await aWorld();
  const [ann, bob] = memberIds as [string, string];
  await publish('分会荣誉', 'honour', { ...fixed(100), caps: [{ of: 'count', period: 'quarter', most: 2 }] });
  const days = ['2025-10-01', '2025-11-01', '2025-12-31', '2026-01-01'];
  const { eventIds } = await record(
    ...days.flatMap((occurredOn) => [event(ann, 'honour', { occurredOn }), event(bob, 'honour', { occurredOn })]),
  );
  await Promise.all(eventIds.map((id) => accrue(deps, [id])));
  expect(await balance(ann)).toBe(300);
  expect(await balance(bob)).toBe(300);
  await expect(deps).toHaveCoherentLedger();
});

test('caps of points give the same, whatever the order and the batches in which events are judged', async () => {
  const { deps, memberIds, publish, event, record, balance } = await aWorld({ memberCount: 12 });
  await publish('志愿服务', 'volunteering', {
    ...VOLUNTEERING,
    caps: [
      { of: 'points', period: 'day', most: 50 },
      { of: 'points', period: 'month', most: 120 },
    ],
  });
  let next = 0;
  const day = fc.constantFrom('2026-01-05', '2026-01-06', '2026-01-07', '2025-12-31');
  const events = fc.array(fc.record({ value: fc.integer({ min: 1, max: 6 }), day }), { minLength: 1, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(events, fc.integer({ min: 1, max: 4 }), async (some, batches) => {
      const member = memberIds[next++ % memberIds.length]!;
      const before = await balance(member);
      if (before > 0) return;
      const { eventIds } = await record(
        ...some.map((one) =>
          event(member, 'volunteering', { attributes: hours(one.value), occurredOn: one.day, reference: newId() }),
        ),
      );
      const groups = Array.from({ length: batches }, (_, i) => eventIds.filter((__, j) => j % batches === i));
      await Promise.all(groups.filter((group) => group.length > 0).map((group) => accrue(deps, group)));
      const byDay = new Map<string, number>();
      for (const one of some) byDay.set(one.day, (byDay.get(one.day) ?? 0) + Math.min(one.value * 10, 40));
      const capped = [...byDay].map(([of, sum]) => [of, Math.min(sum, 50)] as const);
      const inMonth = (month: string) =>
        capped.filter(([of]) => of.startsWith(month)).reduce((sum, [, n]) => sum + n, 0);
      expect(await balance(member)).toBe(Math.min(inMonth('2026-01'), 120) + Math.min(inMonth('2025-12'), 120));
    }),
    { numRuns: 12 },
  );
  await expect(deps).toHaveCoherentLedger();
});

test('the budget of a rule holds for parallel runs; beyond it events wait until a version raises it', async () => {
  const world = await aWorld({ memberCount: 20 });
  const { deps, programmeId, memberIds, publish, publishNext, event, record, balance, states } = world;
  const ruleId = await publish('分会荣誉', 'honour', { ...fixed(100), budget: { total: 750, branches: [] } });
  const { eventIds } = await record(...memberIds.map((id) => event(id, 'honour')));
  await Promise.all(eventIds.map((id) => accrue(deps, [id])));
  expect((await states(eventIds)).filter((state) => state === 'paid')).toHaveLength(7);
  expect((await states(eventIds)).filter((state) => state === 'over_budget')).toHaveLength(13);
  accepted(await publishNext(ruleId, { ...fixed(100), budget: { total: 2000, branches: [] } }));
  await payWaiting(deps, programmeId, noProgress);
  for (const id of memberIds) expect(await balance(id)).toBe(100);
  expect(await deps.db.query('SELECT branch_id, awarded FROM rule_budget')).toEqual([{ branch_id: '', awarded: 2000 }]);
  await expect(deps).toHaveCoherentLedger();
});

test('a branch with a budget of its own does not use more than that', async () => {
  const { unionId, memberIds, publish, event, earn, balance } = await aWorld({ memberCount: 3 });
  await publish('分会荣誉', 'honour', {
    ...fixed(100),
    budget: { total: null, branches: [{ unionId, points: 200 }] },
  });
  await earn(...memberIds.map((id) => event(id, 'honour')));
  const balances = await Promise.all(memberIds.map(balance));
  expect(balances.sort()).toEqual([0, 100, 100]);
});

test('a budget that comes with a later version reckons with what the rule gave before', async () => {
  const { memberIds, publish, publishNext, event, earn, states } = await aWorld({ memberCount: 3 });
  const ruleId = await publish('分会荣誉', 'honour', fixed(100));
  await earn(event(memberIds[0]!, 'honour'), event(memberIds[1]!, 'honour'));
  accepted(await publishNext(ruleId, { ...fixed(100), budget: { total: 250, branches: [] } }));
  expect(await states(await earn(event(memberIds[2]!, 'honour')))).toEqual(['over_budget']);
});
