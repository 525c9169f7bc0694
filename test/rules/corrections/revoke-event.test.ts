import { expect, test } from 'vitest';
import { newId } from '../../../src/platform/ids.ts';
import { accrue } from '../../../src/rules/accrue.ts';
import { revokeEvent } from '../../../src/rules/corrections/revoke-event.ts';
import { payDue } from '../../../src/rules/pay-due.ts';
import { accepted, adminOf, DEGREE, fixed } from '../world.ts';
import { aCorrectableWorld, noProgress } from './world.ts';

const CAPPED = { ...fixed(10), caps: [{ of: 'count' as const, period: 'month' as const, most: 2 }] };

test('a revoked event gives back what every rule paid for it, once, and says so in the audit trail', async () => {
  const { deps, memberIds, publish, event, earn, tryRevoke, balance, states, issued, count } =
    await aCorrectableWorld();
  await publish('分会荣誉', 'honour', fixed(1000));
  await publish('荣誉附加', 'honour', fixed(10, { kind: 'ever' }));
  const [eventId] = (await earn(event(memberIds[0]!, 'honour'), event(memberIds[1]!, 'honour'))) as [string];
  expect(await tryRevoke(eventId, { reason: '  证书系伪造 ' })).toEqual({ ok: true, value: eventId });
  expect([await balance(memberIds[0]!), await balance(memberIds[1]!)]).toEqual([0, 1010]);
  expect(await states([eventId])).toEqual(['revoked']);
  expect(await issued()).toBe(1010);
  expect(await deps.db.query('SELECT event_id, member_id, reason, revoked_at FROM revocation')).toEqual([
    { event_id: eventId, member_id: memberIds[0], reason: '证书系伪造', revoked_at: deps.clock.now() },
  ]);
  const [audit] = await deps.db.query(
    "SELECT target_id, value_before, value_after FROM audit_record WHERE action = 'revokeEvent'",
  );
  expect(audit.target_id).toBe(eventId);
  expect(JSON.parse(audit.value_before)).toEqual({ state: 'paid' });
  expect(JSON.parse(audit.value_after)).toEqual({
    state: 'revoked',
    reason: '证书系伪造',
    reversed: 1010,
    fallenAway: 0,
  });

  expect(await tryRevoke(eventId)).toMatchObject({ refusal: { code: 'EVENT_REVOKED' } });
  expect(await count("transfer WHERE kind = 'reversal'")).toBe(2);
  await expect(deps).toHaveCoherentLedger();
});

test('twenty admins who revoke one event at once take it back once', async () => {
  const { deps, memberIds, publish, event, earn, tryRevoke, balance, count } = await aCorrectableWorld();
  await publish('分会荣誉', 'honour', fixed(1000));
  const [eventId] = (await earn(event(memberIds[0]!, 'honour'))) as [string];
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => tryRevoke(eventId)));
  expect(outcomes.filter((one) => one.ok)).toHaveLength(1);
  expect(outcomes.filter((one) => !one.ok && one.refusal.code === 'EVENT_REVOKED')).toHaveLength(19);
  expect([await balance(memberIds[0]!), await count('revocation'), await count('transfer')]).toEqual([0, 1, 2]);
  await expect(deps).toHaveCoherentLedger();
});

test('the same key revokes once and gives the same answer again', async () => {
  const { memberIds, publish, event, earn, tryRevoke, count } = await aCorrectableWorld();
  await publish('分会荣誉', 'honour', fixed(1000));
  const [eventId] = (await earn(event(memberIds[0]!, 'honour'))) as [string];
  const key = newId();
  for (let i = 0; i < 2; i++) expect(await tryRevoke(eventId, { key })).toEqual({ ok: true, value: eventId });
  expect(await count('revocation')).toBe(1);
});

test('what the member has spent is owed, and new points pay it off first', async () => {
  const world = await aCorrectableWorld();
  const { deps, memberIds, publish, event, earn, revoke, spend, balance, owed, kinds } = world;
  const [ann] = memberIds as [string];
  await publish('分会荣誉', 'honour', fixed(1000));
  const [eventId] = (await earn(event(ann, 'honour'))) as [string];
  accepted(await spend(ann, 700));
  await revoke(eventId);
  expect([await balance(ann), await owed(ann)]).toEqual([0, 700]);
  await earn(event(ann, 'honour', { occurredOn: '2026-07-01' }));
  expect([await balance(ann), await owed(ann)]).toEqual([300, 0]);
  expect(await kinds()).toEqual({ accrual: 2, redemption: 1, owing: 1, reversal: 1, repayment: 1 });
  await expect(deps).toHaveCoherentLedger();
});

test('what the member has spent is written off where the programme says so', async () => {
  const world = await aCorrectableWorld();
  const { deps, memberIds, publish, event, earn, revoke, spend, balance, owed, policy, kinds } = world;
  const [ann] = memberIds as [string];
  await policy({ overspent: 'write_off' });
  await publish('分会荣誉', 'honour', fixed(1000));
  const [eventId] = (await earn(event(ann, 'honour'))) as [string];
  accepted(await spend(ann, 700));
  await revoke(eventId);
  expect([await balance(ann), await owed(ann)]).toEqual([0, 0]);
  expect(await kinds()).toEqual({ accrual: 1, redemption: 1, write_off: 1, reversal: 1 });
  await earn(event(ann, 'honour', { occurredOn: '2026-07-01' }));
  expect(await balance(ann)).toBe(1000);
  await expect(deps).toHaveCoherentLedger();
});

test('points that are pending fall away and are never paid', async () => {
  const { deps, memberIds, publish, event, earn, revoke, balance, states, count } = await aCorrectableWorld();
  const [ann] = memberIds as [string];
  await publish('公示荣誉', 'honour', { ...fixed(1000), noticeDays: 5 });
  const [eventId] = (await earn(event(ann, 'honour'))) as [string];
  expect(await states([eventId])).toEqual(['pending']);
  await revoke(eventId);
  deps.clock.advance({ days: 10 });
  await payDue(deps, noProgress);
  expect([await balance(ann), await count('transfer')]).toEqual([0, 0]);
  expect(await states([eventId])).toEqual(['revoked']);
});

test('an award is paid or taken back, never both, when its notice ends while it is revoked', async () => {
  const { deps, memberIds, publish, event, earn, tryRevoke, balance, states } = await aCorrectableWorld({
    memberCount: 20,
  });
  await publish('公示荣誉', 'honour', { ...fixed(1000), noticeDays: 1 });
  const eventIds = await earn(...memberIds.map((id) => event(id, 'honour')));
  deps.clock.advance({ days: 2 });
  const outcomes = await Promise.all([payDue(deps, noProgress), ...eventIds.map((id) => tryRevoke(id))]);
  for (const outcome of outcomes.slice(1)) expect(outcome).toMatchObject({ ok: true });
  await payDue(deps, noProgress);
  for (const id of memberIds) expect(await balance(id)).toBe(0);
  expect(new Set(await states(eventIds))).toEqual(new Set(['revoked']));
  await expect(deps).toHaveCoherentLedger();
});

test('an event that nobody judged yet is revoked before it earns anything', async () => {
  const { deps, memberIds, publish, event, record, revoke, balance, states, count } = await aCorrectableWorld();
  await publish('分会荣誉', 'honour', fixed(1000));
  const { eventIds } = await record(event(memberIds[0]!, 'honour'));
  await revoke(eventIds[0]!);
  await accrue(deps, eventIds);
  expect(await states(eventIds)).toEqual(['revoked']);
  expect([await balance(memberIds[0]!), await count('transfer')]).toEqual([0, 0]);
});

test('judging and revoking the same event at once leaves it revoked and without points', async () => {
  const { deps, memberIds, publish, event, record, tryRevoke, balance, states } = await aCorrectableWorld({
    memberCount: 20,
  });
  await publish('分会荣誉', 'honour', fixed(1000));
  const { eventIds } = await record(...memberIds.map((id) => event(id, 'honour')));
  const revoked = await Promise.all([
    ...eventIds.map((id) => tryRevoke(id)),
    ...eventIds.map((id) => accrue(deps, [id])),
  ]);
  for (const outcome of revoked.slice(0, eventIds.length)) expect(outcome).toMatchObject({ ok: true });
  expect(new Set(await states(eventIds))).toEqual(new Set(['revoked']));
  for (const id of memberIds) expect(await balance(id)).toBe(0);
  await expect(deps).toHaveCoherentLedger();
});

test('a revoked event can be recorded anew, and earns again', async () => {
  const { deps, memberIds, publish, event, earn, revoke, balance, states } = await aCorrectableWorld();
  await publish('分会荣誉', 'honour', fixed(1000, { kind: 'ever' }));
  const honour = event(memberIds[0]!, 'honour');
  const [first] = (await earn(honour)) as [string];
  await revoke(first);
  const [second] = (await earn(honour)) as [string];
  expect(await states([first, second])).toEqual(['revoked', 'paid']);
  expect(await balance(memberIds[0]!)).toBe(1000);
  await expect(deps).toHaveCoherentLedger();
});

test('the degree that a revoked event had earned goes to the event that repeated it', async () => {
  const { deps, memberIds, publish, event, earn, revoke, settle, balance, states } = await aCorrectableWorld();
  const [ann, bob] = memberIds as [string, string];
  await publish('学历提升', 'degree', DEGREE);
  const degree = (memberId: string, occurredOn: string) =>
    event(memberId, 'degree', { attributes: { 学历层次: '硕士' }, occurredOn });
  const eventIds = await earn(degree(ann, '2026-01-01'), degree(ann, '2026-02-01'), degree(ann, '2026-03-01'));
  await earn(degree(bob, '2026-01-01'), degree(bob, '2026-02-01'));
  expect(await states(eventIds)).toEqual(['paid', 'repeated', 'repeated']);
  await settle();
  await revoke(eventIds[0]!);
  expect(await states(eventIds)).toEqual(['revoked', 'recorded', 'recorded']);
  expect(await balance(ann)).toBe(0);
  await settle();
  expect(await states(eventIds)).toEqual(['revoked', 'paid', 'repeated']);
  expect([await balance(ann), await balance(bob)]).toEqual([2000, 2000]);
  await expect(deps).toHaveCoherentLedger();
});

test('a pending award that is revoked leaves its occurrence to the event that repeated it', async () => {
  const { memberIds, publish, event, earn, revoke, settle, states } = await aCorrectableWorld();
  await publish('公示学历', 'degree', { ...DEGREE, noticeDays: 5 });
  const degree = (occurredOn: string) =>
    event(memberIds[0]!, 'degree', { attributes: { 学历层次: '硕士' }, occurredOn });
  const eventIds = await earn(degree('2026-01-01'), degree('2026-02-01'));
  await settle();
  await revoke(eventIds[0]!);
  await settle();
  expect(await states(eventIds)).toEqual(['revoked', 'pending']);
});

test('the room that a revoked event leaves below a cap goes to the oldest event that the cap stopped', async () => {
  const { deps, memberIds, publish, event, earn, revoke, settle, balance, states } = await aCorrectableWorld();
  await publish('每月两次', 'honour', CAPPED);
  const days = ['2026-07-01', '2026-07-02', '2026-07-03', '2026-07-04'];
  const eventIds = await earn(...days.map((occurredOn) => event(memberIds[0]!, 'honour', { occurredOn })));
  const sorted = [...eventIds].sort();
  expect(await states(sorted)).toEqual(['paid', 'paid', 'capped', 'capped']);
  await settle();
  await revoke(sorted[1]!);
  await settle();
  expect(await states(sorted)).toEqual(['paid', 'revoked', 'paid', 'capped']);
  expect(await balance(memberIds[0]!)).toBe(20);
  await expect(deps).toHaveCoherentLedger();
});

test('however revoking and judging a repetition fall together, the occurrence is paid once in the end', async () => {
  const world = await aCorrectableWorld({ memberCount: 15 });
  const { deps, memberIds, publish, event, earn, record, tryRevoke, settle, balance, states } = world;
  await publish('学历提升', 'degree', DEGREE);
  const degree = (memberId: string, occurredOn: string) =>
    event(memberId, 'degree', { attributes: { 学历层次: '博士' }, occurredOn });
  const first = await earn(...memberIds.map((id) => degree(id, '2026-01-01')));
  const second = (await record(...memberIds.map((id) => degree(id, '2026-02-01')))).eventIds;
  await Promise.all([...second.map((id) => accrue(deps, [id])), ...first.map((id) => tryRevoke(id))]);
  await settle();
  expect(new Set(await states(first))).toEqual(new Set(['revoked']));
  expect(new Set(await states(second))).toEqual(new Set(['paid']));
  for (const id of memberIds) expect(await balance(id)).toBe(2000);
  await expect(deps).toHaveCoherentLedger();
});

test('a repetition that is judged after the event was locked, and before the member is, is not left behind', async () => {
  const { deps, caller, memberIds, publish, event, earn, record, settle, balance, states } = await aCorrectableWorld();
  const [ann] = memberIds as [string];
  await publish('学历提升', 'degree', DEGREE);
  const degree = (occurredOn: string) => event(ann, 'degree', { attributes: { 学历层次: '博士' }, occurredOn });
  const [first] = (await earn(degree('2026-01-01'))) as [string];
  const [second] = (await record(degree('2026-02-01'))).eventIds as [string];
  // The other run judges and commits once the revocation holds its own event and is about to lock the rules.
  let judged = false;
  const openSession = () => {
    const session = deps.db.createQueryRunner();
    const query = session.manager.query.bind(session.manager);
    session.manager.query = async (sql: string, values?: unknown[]) => {
      if (sql.startsWith('SELECT id, retired_at FROM rule') && !judged) {
        judged = true;
        await accrue(deps, [second]);
      }
      return query(sql, values);
    };
    return session;
  };
  const db: typeof deps.db = Object.create(deps.db, { createQueryRunner: { value: openSession } });
  accepted(await revokeEvent({ ...deps, db }, caller, newId(), { eventId: first, reason: '材料有误' }));
  expect(judged).toBe(true);
  await settle();
  expect(await states([first, second])).toEqual(['revoked', 'paid']);
  expect(await balance(ann)).toBe(2000);
});

test('the budgets that a revoked event had used are open again, and what waited for them is paid', async () => {
  const world = await aCorrectableWorld({ memberCount: 2, budget: 100_000 });
  const { deps, unionId, memberIds, publish, event, earn, revoke, settle, balance, states } = world;
  await publish('有预算', 'honour', {
    ...fixed(1000),
    budget: { total: 1500, branches: [{ unionId, points: 1200 }] },
  });
  const [first] = (await earn(event(memberIds[0]!, 'honour'))) as [string];
  const [second] = (await earn(event(memberIds[1]!, 'honour'))) as [string];
  expect(await states([first, second])).toEqual(['paid', 'over_budget']);
  await settle();
  await revoke(first);
  expect(await deps.db.query('SELECT awarded FROM rule_budget')).toEqual([{ awarded: 0 }, { awarded: 0 }]);
  await settle();
  expect(await states([first, second])).toEqual(['revoked', 'paid']);
  expect(await balance(memberIds[1]!)).toBe(1000);
  await expect(deps).toHaveCoherentLedger();
});

test('the programme’s budget that a revoked event had used pays an event that waited for it', async () => {
  const world = await aCorrectableWorld({ memberCount: 2, budget: 1500 });
  const { deps, memberIds, publish, event, earn, revoke, settle, balance, states } = world;
  await publish('分会荣誉', 'honour', fixed(1000));
  const [first] = (await earn(event(memberIds[0]!, 'honour'))) as [string];
  const [second] = (await earn(event(memberIds[1]!, 'honour'))) as [string];
  await revoke(first);
  await settle();
  expect(await states([first, second])).toEqual(['revoked', 'paid']);
  expect(await balance(memberIds[1]!)).toBe(1000);
  await expect(deps).toHaveCoherentLedger();
});

test.each([
  ['an empty one', ' '],
  ['one of 301 characters', '错'.repeat(301)],
  ['one of two lines', '第一行\n第二行'],
])('a reason is wanted, and %s is none', async (_, reason) => {
  const { memberIds, publish, event, earn, tryRevoke, balance, count } = await aCorrectableWorld();
  await publish('分会荣誉', 'honour', fixed(1000));
  const [eventId] = (await earn(event(memberIds[0]!, 'honour'))) as [string];
  expect(await tryRevoke(eventId, { reason })).toMatchObject({ refusal: { code: 'REASON_MALFORMED', at: 'reason' } });
  expect([await balance(memberIds[0]!), await count('revocation')]).toEqual([1000, 0]);
});

test('an event of another branch, and one that is not there, cannot be revoked; both answer alike', async () => {
  const { memberIds, publish, event, earn, tryRevoke, balance, count } = await aCorrectableWorld();
  await publish('分会荣誉', 'honour', fixed(1000));
  const [eventId] = (await earn(event(memberIds[0]!, 'honour'))) as [string];
  const audited = await count('audit_record');
  const answers = [
    await tryRevoke(eventId, { by: adminOf(`/${newId()}/`) }),
    await tryRevoke(eventId, { by: adminOf('/', ['events:read', 'events:record']) }),
    await tryRevoke(newId()),
  ];
  for (const answer of answers) expect(answer).toEqual(answers[0]);
  expect(answers[0]).toMatchObject({ refusal: { code: 'EVENT_UNKNOWN' } });
  expect([await balance(memberIds[0]!), await count('audit_record')]).toEqual([1000, audited]);
});

test('nobody revokes her own event', async () => {
  const { memberIds, publish, event, earn, tryRevoke, balance, anAdmin } = await aCorrectableWorld();
  const [ann, bob] = memberIds as [string, string];
  await publish('分会荣誉', 'honour', fixed(1000));
  const [own] = (await earn(event(ann, 'honour'))) as [string];
  const [other] = (await earn(event(bob, 'honour'))) as [string];
  const by = await anAdmin(ann);
  expect(await tryRevoke(own, { by })).toMatchObject({ refusal: { code: 'OWN_ACCOUNT' } });
  expect(await tryRevoke(other, { by })).toMatchObject({ ok: true });
  expect([await balance(ann), await balance(bob)]).toEqual([1000, 0]);
});
