import fc from 'fast-check';
import { expect, test } from 'vitest';
import { beijingDay } from '../../../src/platform/clock.ts';
import { newId } from '../../../src/platform/ids.ts';
import { accrue } from '../../../src/rules/accrue.ts';
import { Backtest } from '../../../src/rules/backtest/backtest.entity.ts';
import type { BacktestResult } from '../../../src/rules/backtest/report.ts';
import { requestBacktest } from '../../../src/rules/backtest/request-backtest.ts';
import { runBacktest } from '../../../src/rules/backtest/run-backtest.ts';
import { revokeEvent } from '../../../src/rules/corrections/revoke-event.ts';
import { saveDraft } from '../../../src/rules/save-draft.ts';
import { accepted, adminOf, aWorld, DEGREE, fixed } from '../world.ts';

const noProgress = async () => {};
const VOLUNTEERING = {
  award: { kind: 'per_unit' as const, attribute: '时长小时', points: 10, most: 40 },
  occurrence: { kind: 'event' as const },
  caps: [
    { of: 'points' as const, period: 'month' as const, most: 70 },
    { of: 'count' as const, period: 'year' as const, most: 4 },
  ],
};

async function aPast(options: Parameters<typeof aWorld>[0] = { memberCount: 4 }) {
  const world = await aWorld(options);
  const { deps, caller, programmeId } = world;
  const today = () => beijingDay(deps.clock.now());
  const ask = (draftIds: string[] = [], from = today(), until = today()) =>
    requestBacktest(deps, caller, newId(), { programmeId, from, until, draftIds });
  const run = async (...asked: Parameters<typeof ask>): Promise<BacktestResult> => {
    const id = accepted(await ask(...asked));
    await runBacktest(deps, id, noProgress);
    const { result } = await deps.db.manager.findOneByOrFail(Backtest, { id });
    return result!;
  };
  return { ...world, ask, run };
}

test('the rules in force, replayed over their own past, give to the point what was paid', async () => {
  const { deps, caller, memberIds, publish, event, record, run } = await aPast({ memberCount: 5, budget: 10_000_000 });
  await publish('志愿服务', 'volunteering', VOLUNTEERING);
  await publish('志愿之星', 'volunteering', {
    ...fixed(50, { kind: 'ever' }),
    exclusive: { group: '甲', priority: 2 },
  });
  await publish('社区风险', 'volunteering', {
    ...fixed(15),
    exclusive: { group: '甲', priority: 1 },
    condition: { kind: 'attribute', attribute: '类别', is: 'equal', values: ['社区风险隐患'] },
    noticeDays: 3,
  });
  await publish('学历提升', 'degree', DEGREE);
  const volunteering = fc.record({
    member: fc.constantFrom(...memberIds),
    type: fc.constant('volunteering'),
    attributes: fc.record({
      类别: fc.constantFrom('社区风险隐患', '卫生问题'),
      时长小时: fc.integer({ min: 0, max: 6 }),
    }),
    occurredOn: fc.constantFrom('2025-11-30', '2025-12-01', '2025-12-15', '2026-01-01'),
  });
  const degree = fc.record({
    member: fc.constantFrom(...memberIds),
    type: fc.constant('degree'),
    attributes: fc.record({ 学历层次: fc.constantFrom('大专', '本科') }),
    occurredOn: fc.constantFrom('2024-07-01', '2025-07-01'),
  });
  const history = fc.array(fc.tuple(fc.oneof(volunteering, degree), fc.integer({ min: 0, max: 5 })), {
    minLength: 1,
    maxLength: 30,
  });
  await fc.assert(
    fc.asyncProperty(history, async (steps) => {
      const standing: string[] = [];
      for (const [{ member, type, attributes, occurredOn }, what] of steps) {
        const { eventIds } = await record(event(member, type, { attributes, occurredOn, reference: newId() }));
        await accrue(deps, eventIds);
        standing.push(...eventIds);
        if (what === 0) {
          const eventId = standing.splice(standing.length >> 1, 1)[0]!;
          accepted(await revokeEvent(deps, caller, newId(), { eventId, reason: '登记有误' }));
          await accrue(deps, standing);
        }
      }
      const [row] = await deps.db.query(
        "SELECT IFNULL(SUM(points), 0) AS points FROM accrual WHERE revocation_id = ''",
      );
      const result = await run();
      expect(result.points).toBe(Number(row.points));
      expect(result.paid).toBe(Number(row.points));
      expect(result.rules.map((rule) => rule.points)).toEqual(result.rules.map((rule) => rule.paid));
    }),
    { numRuns: 8 },
  );
  await expect(deps).toHaveCoherentLedger();
}, 120_000);

test('a draft in the place of its rule shows what it would have given, beside what was paid; nothing is written', async () => {
  const { deps, caller, memberIds, publish, event, earn, balance, count, run } = await aPast();
  const [ann, bob] = memberIds as [string, string];
  const ruleId = await publish('分会荣誉', 'honour', fixed(100));
  await earn(event(ann, 'honour'), event(bob, 'honour'), event(ann, 'honour', { occurredOn: '2025-12-01' }));
  const draftId = accepted(
    await saveDraft(deps, caller, newId(), {
      ruleId,
      definition: { ...fixed(250), caps: [{ of: 'count', period: 'ever', most: 1 }] },
    }),
  );
  const newDraft = accepted(
    await saveDraft(deps, caller, newId(), {
      newRule: {
        programmeId: (await deps.db.query('SELECT id FROM programme'))[0].id,
        name: '附加',
        eventType: 'honour',
      },
      definition: fixed(7),
    }),
  );
  const before = [await count('transfer'), await count('accrual'), await balance(ann)];
  expect(await run([draftId, newDraft])).toMatchObject({
    events: 3,
    members: 2,
    membersPaid: 2,
    points: 500 + 21,
    paid: 300,
    rules: [
      { ruleId, isDraft: true, awards: 2, points: 500, paid: 300 },
      { ruleId: newDraft, name: '附加', isDraft: true, awards: 3, points: 21, paid: 0 },
    ],
    winners: [
      { memberId: ann, points: 264, paid: 200 },
      { memberId: bob, points: 257, paid: 100 },
    ],
  });
  expect([await count('transfer'), await count('accrual'), await balance(ann)]).toEqual(before);
});

test('what was given before the period counts: an occurrence is not given again, a cap is not given anew', async () => {
  const { deps, memberIds, publish, event, earn, run } = await aPast();
  const [ann] = memberIds as [string];
  deps.clock.set('2026-02-01T04:00:00Z');
  await publish('学历提升', 'degree', DEGREE);
  await publish('分会荣誉', 'honour', { ...fixed(100), caps: [{ of: 'points', period: 'year', most: 150 }] });
  deps.clock.set('2026-03-01T04:00:00Z');
  await earn(
    event(ann, 'degree', { attributes: { 学历层次: '本科' }, occurredOn: '2025-07-01' }),
    event(ann, 'honour', { occurredOn: '2026-02-01' }),
  );
  deps.clock.set('2026-04-01T04:00:00Z');
  await earn(
    event(ann, 'degree', { attributes: { 学历层次: '本科' }, occurredOn: '2025-08-01' }),
    event(ann, 'honour', { occurredOn: '2026-03-01' }),
  );
  expect(await run()).toMatchObject({ events: 2, points: 50, paid: 50 });
  expect(await run([], '2026-03-01', '2026-04-01')).toMatchObject({ events: 4, points: 2150, paid: 2150 });
});

test('a budget that would not have held is told with the day on which it was used up', async () => {
  const { deps, caller, memberIds, publish, event, earn, run } = await aPast();
  deps.clock.set('2026-02-01T04:00:00Z');
  const ruleId = await publish('分会荣誉', 'honour', fixed(100));
  deps.clock.set('2026-03-01T04:00:00Z');
  await earn(event(memberIds[0]!, 'honour', { occurredOn: '2026-02-01' }));
  deps.clock.set('2026-03-02T04:00:00Z');
  await earn(event(memberIds[1]!, 'honour', { occurredOn: '2026-02-01' }));
  const definition = { ...fixed(100), budget: { total: 150, branches: [] } };
  const draftId = accepted(await saveDraft(deps, caller, newId(), { ruleId, definition }));
  expect((await run([draftId], '2026-03-01', '2026-03-02')).budgets).toEqual([
    { ruleId, branchId: null, budget: 150, needed: 200, usedUpOn: '2026-03-02' },
  ]);
});

test('a back-test is done once, and again only finds the same', async () => {
  const { deps, memberIds, publish, event, earn, ask } = await aPast();
  await publish('分会荣誉', 'honour', fixed(100));
  await earn(event(memberIds[0]!, 'honour'));
  const id = accepted(await ask());
  // A run that was cut off leaves the row as it is here.
  await deps.db.query("UPDATE backtest SET state = 'running', events_done = 1 WHERE id = ?", [id]);
  await Promise.all([runBacktest(deps, id, noProgress), runBacktest(deps, id, noProgress)]);
  const { state, eventsDone, eventsOf, result } = await deps.db.manager.findOneByOrFail(Backtest, { id });
  expect({ state, eventsDone, eventsOf, points: result?.points }).toEqual({
    state: 'done',
    eventsDone: 1,
    eventsOf: 1,
    points: 100,
  });
});

test.each([
  ['of days in disorder', { from: '2026-02-02', until: '2026-02-01' }, 'PERIOD_MALFORMED'],
  ['into the future', { until: '2099-01-01' }, 'PERIOD_MALFORMED'],
  ['of more than two years', { from: '2020-01-01' }, 'PERIOD_MALFORMED'],
  ['of an impossible day', { from: '2025-02-30' }, 'PERIOD_MALFORMED'],
  ['with a draft of nobody', { draftIds: [newId()] }, 'DRAFT_UNKNOWN'],
])('a back-test %s is refused, and nothing is asked', async (_, change, code) => {
  const { deps, caller, programmeId, count } = await aPast();
  const today = beijingDay(deps.clock.now());
  const input = { programmeId, from: today, until: today, draftIds: [], ...change };
  expect(await requestBacktest(deps, caller, newId(), input)).toMatchObject({ ok: false, refusal: { code } });
  expect(await count('backtest')).toBe(0);
});

test('nobody asks for a back-test outside of her branch, and a programme has five open at the most', async () => {
  const { deps, programmeId, ask, count } = await aPast();
  const today = beijingDay(deps.clock.now());
  const input = { programmeId, from: today, until: today, draftIds: [] };
  const foreign = await requestBacktest(deps, adminOf(`/${newId()}/`), newId(), input);
  expect(foreign).toMatchObject({ refusal: { code: 'PROGRAMME_UNKNOWN' } });
  for (let i = 0; i < 5; i++) accepted(await ask());
  expect(await ask()).toMatchObject({ refusal: { code: 'BACKTESTS_TOO_MANY' } });
  expect(await count('backtest')).toBe(5);
});
