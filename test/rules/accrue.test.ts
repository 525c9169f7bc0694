import { expect, test } from 'vitest';
import { newId } from '../../src/platform/ids.ts';
import { points } from '../../src/platform/points.ts';
import { accrue } from '../../src/rules/accrue.ts';
import { payWaiting } from '../../src/rules/pay-waiting.ts';
import { raiseBudget } from '../../src/rules/raise-budget.ts';
import { retireRule } from '../../src/rules/retire-rule.ts';
import { accrueWork } from '../../workers/jobs/accrue.ts';
import { payWaitingWork } from '../../workers/jobs/pay-waiting.ts';
import { countQueries } from '../support/count-queries.ts';
import { accepted, adminOf, aWorld, DEGREE, fixed } from './world.ts';

const noProgress = async () => {};

test('twenty runs over the same events at once pay each of them once', async () => {
  const { deps, memberIds, publish, event, record, balance, states, count } = await aWorld({ memberCount: 20 });
  await publish('分会荣誉', 'honour', fixed(1000));
  await publish('荣誉附加', 'honour', fixed(10, { kind: 'ever' }));
  const { eventIds } = await record(...memberIds.map((id) => event(id, 'honour')));
  await Promise.all(
    Array.from({ length: 20 }, (_, i) => accrue(deps, i % 2 === 0 ? eventIds : [...eventIds].reverse())),
  );
  for (const id of memberIds) expect(await balance(id)).toBe(1010);
  expect(await count('accrual')).toBe(40);
  expect(await count("transfer WHERE kind = 'accrual'")).toBe(40);
  expect(new Set(await states(eventIds))).toEqual(new Set(['paid']));
  await expect(deps).toHaveCoherentLedger();
});

test('twenty different events of one degree, paid by twenty runs at once, pay once', async () => {
  const { deps, memberIds, publish, event, record, balance, states, count } = await aWorld();
  const [ann] = memberIds as [string];
  await publish('学历提升', 'degree', DEGREE);
  const days = Array.from({ length: 20 }, (_, i) => `2026-01-${String(i + 1).padStart(2, '0')}`);
  const { eventIds } = await record(
    ...days.map((occurredOn) => event(ann, 'degree', { attributes: { 学历层次: '硕士' }, occurredOn })),
  );
  await Promise.all(eventIds.map((id) => accrue(deps, [id])));
  expect(await balance(ann)).toBe(2000);
  expect(await count('accrual')).toBe(1);
  expect((await states(eventIds)).sort()).toEqual(['paid', ...Array(19).fill('repeated')]);
  await expect(deps).toHaveCoherentLedger();
});

test('running the job again pays nothing more', async () => {
  const { deps, memberIds, publish, event, record, balance, count } = await aWorld();
  await publish('分会荣誉', 'honour', fixed(1000));
  const { eventIds } = await record(event(memberIds[0]!, 'honour'));
  for (let run = 0; run < 3; run++) await accrueWork.run(deps, { eventIds }, noProgress);
  expect(await balance(memberIds[0]!)).toBe(1000);
  expect(await count('transfer')).toBe(1);
});

test('an event is paid by the rule that was in force when it was recorded, though the clock that judges is behind', async () => {
  const { deps, memberIds, publish, event, record, balance, states } = await aWorld();
  await publish('分会荣誉', 'honour', fixed(1000));
  const { eventIds } = await record(event(memberIds[0]!, 'honour'));
  const recordedAt = deps.clock.now();
  deps.clock.set(new Date(recordedAt.getTime() - 3_600_000).toISOString());
  await accrue(deps, eventIds);
  expect(await states(eventIds)).toEqual(['paid']);
  expect(await balance(memberIds[0]!)).toBe(1000);
  deps.clock.set(recordedAt.toISOString());
  await expect(deps).toHaveCoherentLedger();
});

test('a new version pays by its own points and never the same degree again', async () => {
  const {
    deps,
    memberIds,
    publish,
    publishNext,
    event,
    earn,
    balance,
    states,
    deps: { db },
  } = await aWorld();
  const [ann] = memberIds as [string];
  const ruleId = await publish('学历提升', 'degree', DEGREE);
  await earn(event(ann, 'degree', { attributes: { 学历层次: '本科' } }));
  const tiers = ['本科', '硕士'].map((value) => ({ value, points: 3000 }));
  accepted(await publishNext(ruleId, { ...DEGREE, award: { kind: 'tiered', attribute: '学历层次', tiers } }));
  const eventIds = await earn(
    event(ann, 'degree', { attributes: { 学历层次: '本科' }, occurredOn: '2026-01-01' }),
    event(ann, 'degree', { attributes: { 学历层次: '硕士' } }),
  );
  expect(await states(eventIds)).toEqual(['repeated', 'paid']);
  expect(await balance(ann)).toBe(2000 + 3000);
  const used: { number: number; points: number }[] = await db.query(
    `SELECT v.number, t.points FROM transfer t JOIN rule_version v ON v.id = t.rule_version_id ORDER BY t.id`,
  );
  expect(used).toEqual([
    { number: 1, points: 2000 },
    { number: 2, points: 3000 },
  ]);
  await expect(deps).toHaveCoherentLedger();
});

test('an event that no rule in force pays ends without an award', async () => {
  const { deps, caller, memberIds, publish, event, record, balance, states } = await aWorld();
  const ruleId = await publish('分会荣誉', 'honour', fixed(1000));
  const { eventIds } = await record(event(memberIds[0]!, 'honour'));
  accepted(await retireRule(deps, caller, newId(), { ruleId }));
  await accrue(deps, eventIds);
  expect(await states(eventIds)).toEqual(['no_award']);
  expect(await balance(memberIds[0]!)).toBe(0);
});

test('what is over budget waits, and is paid once the budget is raised', async () => {
  const world = await aWorld({ memberCount: 3, budget: 2500 });
  const { deps, caller, programmeId, memberIds, publish, event, earn, balance, states, outbox } = world;
  await publish('分会荣誉', 'honour', fixed(1000));
  const eventIds = await earn(...memberIds.map((id) => event(id, 'honour')));
  expect((await states(eventIds)).sort()).toEqual(['over_budget', 'paid', 'paid']);
  await accrue(deps, eventIds);
  expect((await states(eventIds)).sort()).toEqual(['over_budget', 'paid', 'paid']);

  accepted(await raiseBudget(deps, caller, newId(), { programmeId, budget: points(3000) }));
  const job = (await outbox()).at(-1);
  expect(job).toEqual({ job: payWaitingWork.definition.name, payload: { programmeId } });
  await payWaitingWork.run(deps, { programmeId }, noProgress);
  expect(await states(eventIds)).toEqual(['paid', 'paid', 'paid']);
  for (const id of memberIds) expect(await balance(id)).toBe(1000);
  await expect(deps).toHaveCoherentLedger();
});

test('an event over budget by one of its rules keeps what the other paid and gets the rest later', async () => {
  const world = await aWorld({ budget: 1000 });
  const { deps, caller, programmeId, memberIds, publish, event, earn, balance, states } = world;
  await publish('分会荣誉', 'honour', fixed(600));
  await publish('荣誉附加', 'honour', fixed(500));
  const eventIds = await earn(event(memberIds[0]!, 'honour'));
  expect(await states(eventIds)).toEqual(['over_budget']);
  expect(await balance(memberIds[0]!)).toBe(600);
  accepted(await raiseBudget(deps, caller, newId(), { programmeId, budget: points(5000) }));
  await payWaiting(deps, programmeId, noProgress);
  expect(await states(eventIds)).toEqual(['paid']);
  expect(await balance(memberIds[0]!)).toBe(1100);
  await expect(deps).toHaveCoherentLedger();
});

test('two events of one occurrence over budget both wait; then one is paid and the other is a repetition', async () => {
  const world = await aWorld({ budget: 100 });
  const { deps, caller, programmeId, memberIds, publish, event, earn, balance, states } = world;
  await publish('学历提升', 'degree', DEGREE);
  const degree = (occurredOn: string) =>
    event(memberIds[0]!, 'degree', { attributes: { 学历层次: '博士' }, occurredOn });
  const eventIds = await earn(degree('2026-01-01'), degree('2026-02-01'));
  expect(await states(eventIds)).toEqual(['over_budget', 'over_budget']);
  accepted(await raiseBudget(deps, caller, newId(), { programmeId, budget: points(5000) }));
  await payWaiting(deps, programmeId, noProgress);
  expect(await states(eventIds)).toEqual(['paid', 'repeated']);
  expect(await balance(memberIds[0]!)).toBe(2000);
});

test('a raise of the budget while events are being paid leaves nobody waiting', async () => {
  const world = await aWorld({ memberCount: 40, budget: 1 });
  const { deps, caller, programmeId, memberIds, publish, event, record, states } = world;
  await publish('分会荣誉', 'honour', fixed(1000));
  const { eventIds } = await record(...memberIds.map((id) => event(id, 'honour')));
  const raised = raiseBudget(deps, caller, newId(), { programmeId, budget: points(40_000) });
  const paying = Promise.all(eventIds.map((id) => accrue(deps, [id])));
  accepted(await raised);
  await Promise.all([payWaiting(deps, programmeId, noProgress), paying]);
  expect(new Set(await states(eventIds))).toEqual(new Set(['paid']));
  await expect(deps).toHaveCoherentLedger();
});

test('an event that was judged by the old budget, but not yet marked, when the budget rose is paid all the same', async () => {
  const world = await aWorld({ budget: 1 });
  const { deps, caller, programmeId, memberIds, publish, event, record, states } = world;
  await publish('分会荣誉', 'honour', fixed(1000));
  const { eventIds } = await record(event(memberIds[0]!, 'honour'));
  const judging = deps.db.createQueryRunner();
  await judging.startTransaction();
  await judging.query("UPDATE activity_event SET state = 'over_budget' WHERE id = ?", [eventIds[0]]);
  accepted(await raiseBudget(deps, caller, newId(), { programmeId, budget: points(1000) }));
  // The other run commits between the moment at which paying looks for events and the moment at which it locks them.
  const db: typeof deps.db = Object.create(deps.db, {
    query: {
      value: async (sql: string, values: unknown[]) => {
        const rows = await deps.db.query(sql, values);
        if (judging.isTransactionActive) await judging.commitTransaction();
        return rows;
      },
    },
  });
  await payWaiting({ ...deps, db }, programmeId, noProgress);
  await judging.release();
  expect(await states(eventIds)).toEqual(['paid']);
});

test('the budget of a programme outside the branch cannot be set, and nothing changes', async () => {
  const { deps, programmeId, count, outbox } = await aWorld({ budget: 5 });
  const input = { programmeId, budget: points(500) };
  for (const caller of [adminOf(`/${newId()}/`), adminOf('/', ['events:record'])]) {
    expect(await raiseBudget(deps, caller, newId(), input)).toMatchObject({ refusal: { code: 'PROGRAMME_UNKNOWN' } });
  }
  expect(await deps.db.query('SELECT budget FROM programme_budget')).toEqual([{ budget: 5 }]);
  expect(await outbox()).toEqual([]);
  expect(await count('audit_record')).toBe(0);
});

test('a budget below what was issued is refused, and nothing changes', async () => {
  const { deps, caller, programmeId, memberIds, publish, event, earn, outbox } = await aWorld({ budget: 2000 });
  await publish('分会荣誉', 'honour', fixed(1000));
  await earn(event(memberIds[0]!, 'honour'));
  const jobs = (await outbox()).length;
  const set = await raiseBudget(deps, caller, newId(), { programmeId, budget: points(999) });
  expect(set).toMatchObject({ ok: false, refusal: { code: 'BUDGET_BELOW_ISSUED' } });
  expect(await deps.db.query('SELECT budget FROM programme_budget')).toEqual([{ budget: 2000 }]);
  expect(await outbox()).toHaveLength(jobs);
});

test('points live for so many days in Beijing, the day on which they were given being the first', async () => {
  const { deps, memberIds, publish, event, earn } = await aWorld();
  await publish('分会荣誉', 'honour', fixed(1000));
  deps.clock.set('2026-08-03T17:00:00.000Z');
  await earn(event(memberIds[0]!, 'honour', { occurredOn: '2026-08-01' }));
  // Given on August 4th in Beijing: the 365th day is August 3rd of the next year, which ends at 16:00 UTC.
  expect(await deps.db.query('SELECT expires_at FROM lot')).toEqual([
    { expires_at: new Date('2027-08-03T16:00:00.000Z') },
  ]);
});

test('paying 500 events takes as many statements as paying five', async () => {
  const { deps, memberIds, publish, event, record, balance } = await aWorld({ memberCount: 500, budget: 10_000_000 });
  await publish('分会荣誉', 'honour', fixed(1000));
  await publish('荣誉附加', 'honour', fixed(10, { kind: 'ever' }));
  const honours = (members: readonly string[], occurredOn: string) =>
    record(...members.map((id) => event(id, 'honour', { occurredOn })));
  const few = await honours(memberIds.slice(0, 5), '2026-07-01');
  const many = await honours(memberIds, '2026-07-02');
  const forFew = await countQueries(deps.db, () => accrue(deps, few.eventIds));
  const forMany = await countQueries(deps.db, () => accrue(deps, many.eventIds));
  expect(forMany).toBe(forFew);
  expect(forMany).toBeLessThan(30);
  expect(await balance(memberIds[0]!)).toBe(2010);
  expect(await balance(memberIds[499]!)).toBe(1010);
  await expect(deps).toHaveCoherentLedger();
});
