import 'reflect-metadata';
import { type GraphQLSchema, graphql } from 'graphql';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildDoorSchema } from '../../../src/doors.ts';
import type { AdminCaller, MemberCaller } from '../../../src/identity/caller.ts';
import { createTreatPlan } from '../../../src/marketplace/treats/create-treat-plan.ts';
import { putUpTreats } from '../../../src/marketplace/treats/put-up-treats.ts';
import { newId } from '../../../src/platform/ids.ts';
import { countQueries } from '../../support/count-queries.ts';
import type { TestDeps } from '../../support/deps.ts';
import { accepted } from '../../support/market.ts';
import { adminOf, audited, contextOf, memberCaller, rowsIn } from '../support.ts';
import { aTreat, OPENS } from './world.ts';

const schemas = {} as Record<'member' | 'admin', GraphQLSchema>;
beforeAll(async () => {
  for (const door of ['member', 'admin'] as const) schemas[door] = await buildDoorSchema(door, { production: true });
});

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape.
async function data(deps: TestDeps, caller: MemberCaller | AdminCaller, source: string, variables = {}): Promise<any> {
  const answer = await graphql({
    schema: schemas[caller.door],
    source,
    contextValue: contextOf(deps, caller),
    variableValues: variables,
  });
  expect(answer.errors).toBeUndefined();
  return answer.data;
}

const PLAN = `id programmeId name dayOfMonth whenRest opens daysAhead state changedBy nextDay
  lines { what quantity merchant { id } outlet { id name } }`;
const CREATE = `mutation ($key: String!, $programmeId: Id!, $plan: TreatPlanInput!) {
  createTreatPlan(key: $key, programmeId: $programmeId, plan: $plan) {
    ... on TreatPlan { ${PLAN} } ... on Refusal { code at }
  }
}`;
const CHANGE = `mutation ($key: String!, $planId: Id!, $plan: TreatPlanInput!) {
  changeTreatPlan(key: $key, planId: $planId, plan: $plan) {
    ... on TreatPlan { ${PLAN} } ... on Refusal { code at }
  }
}`;
const PAUSE = `mutation ($key: String!, $planId: Id!) {
  pauseTreatPlan(key: $key, planId: $planId) { ... on TreatPlan { state nextDay } ... on Refusal { code at } }
}`;
const ROUNDS = `query ($planId: Id!) {
  treatRounds(planId: $planId, first: 20) {
    nodes { id month day opensAt closesAt lines {
      what quantity offerId leftOut offerState given verified left outlet { name } merchant { name }
    } }
    pageInfo { hasNextPage endCursor }
  }
}`;
const TREATS = `query ($first: Int, $after: String) {
  treats(first: $first, after: $after) {
    nodes { id name day opensAt closesAt
      offers { id title remaining saleFrom outlets { name } }
      taken { id offer { title } voucher { code state } } }
    pageInfo { hasNextPage endCursor }
  }
}`;

describe('the admin door', () => {
  test('plans a treat, changes it, pauses it, and each is audited', async () => {
    const { deps, admin, programmeId, outletId } = await aTreat();
    const line = { outletId, what: '午餐一份', quantity: 500 };
    const plan = { name: '午餐日', dayOfMonth: 15, whenRest: 'WORKDAY_BEFORE', opens: '09:30', lines: [line] };
    const { createTreatPlan: made } = await data(deps, admin, CREATE, { key: newId(), programmeId, plan });
    expect(made).toMatchObject({
      name: '午餐日',
      whenRest: 'WORKDAY_BEFORE',
      daysAhead: 5,
      state: 'ACTIVE',
      changedBy: admin.actor,
      nextDay: '2026-08-14',
      lines: [{ what: '午餐一份', quantity: 500, outlet: { id: outletId, name: '一店' } }],
    });
    const changed = { ...plan, opens: '11:00', dayOfMonth: 20, whenRest: 'ON_THE_DAY' };
    const answer = await data(deps, admin, CHANGE, { key: newId(), planId: made.id, plan: changed });
    expect(answer.changeTreatPlan).toMatchObject({ opens: '11:00', nextDay: '2026-08-20' });
    const { pauseTreatPlan } = await data(deps, admin, PAUSE, { key: newId(), planId: made.id });
    expect(pauseTreatPlan).toEqual({ state: 'PAUSED', nextDay: null });
    expect((await audited(deps)).slice(1)).toEqual(['createTreatPlan', 'changeTreatPlan', 'pauseTreatPlan']);
  });

  test('refuses what cannot be, names its place, and makes no plan of it', async () => {
    const { deps, admin, programmeId, outletId, plan } = await aTreat();
    const line = { outletId, what: '茶', quantity: 1 };
    const wrong: [code: string, at: string, terms: object][] = [
      ['TEXT_LENGTH', 'plan.name', { name: ' 礼' }],
      ['TERM_OUT_OF_RANGE', 'plan.dayOfMonth', { dayOfMonth: 29 }],
      ['TERM_OUT_OF_RANGE', 'plan.daysAhead', { daysAhead: 21 }],
      ['TREAT_TIME_MALFORMED', 'plan.opens', { opens: '24:00' }],
      ['TREAT_LINES_OUT_OF_RANGE', 'plan.lines', { lines: [] }],
      ['TREAT_LINES_OUT_OF_RANGE', 'plan.lines', { lines: Array.from({ length: 51 }, () => line) }],
      ['TEXT_LENGTH', 'plan.lines.1.what', { lines: [line, { ...line, what: '' }] }],
      ['TERM_OUT_OF_RANGE', 'plan.lines.0.quantity', { lines: [{ ...line, quantity: 0 }] }],
      ['OUTLET_UNKNOWN', 'plan.lines.1.outletId', { lines: [line, { ...line, outletId: newId() }] }],
    ];
    for (const [code, at, terms] of wrong) {
      const variables = { key: newId(), programmeId, plan: { ...plan, whenRest: 'ON_THE_DAY', ...terms } };
      expect((await data(deps, admin, CREATE, variables)).createTreatPlan).toEqual({ code, at });
    }
    expect(await rowsIn(deps, 'treat_plan')).toBe(1);
  });

  test('knows no plan of another branch, and shows none', async () => {
    const { deps, planId, programmeId, plan } = await aTreat();
    const stranger = adminOf('/elsewhere/');
    const outletId = plan.lines[0]!.outletId;
    const input = { ...plan, whenRest: 'ON_THE_DAY', lines: [{ outletId, what: '茶', quantity: 1 }] };
    const refused = await data(deps, stranger, CHANGE, { key: newId(), planId, plan: input });
    expect(refused.changeTreatPlan).toEqual({ code: 'TREAT_PLAN_UNKNOWN', at: 'planId' });
    const unknown = await data(deps, stranger, CREATE, { key: newId(), programmeId, plan: input });
    expect(unknown.createTreatPlan).toEqual({ code: 'PROGRAMME_UNKNOWN', at: 'programmeId' });
    expect((await data(deps, stranger, ROUNDS, { planId })).treatRounds.nodes).toEqual([]);
    const lists = `{ treatPlans(programmeId: "${programmeId}") { nodes { id } } treatPlan(id: "${planId}") { id } }`;
    expect(await data(deps, stranger, lists)).toEqual({ treatPlans: { nodes: [] }, treatPlan: null });
  });

  test('counts what was given, used and left of a round, in as many statements for six rounds as for one', async () => {
    const { deps, admin, planId, memberIds, buy, cancel, verify, rounds } = await aTreat();
    const [ann, bob, cid] = memberIds as [string, string, string];
    deps.clock.set(OPENS);
    await putUpTreats(deps);
    const [{ lines }] = (await rounds()) as [Awaited<ReturnType<typeof rounds>>[number]];
    const [tea, coffee] = lines.map((line) => line.offerId!) as [string, string];
    accepted(await verify(accepted(await buy(ann, tea))));
    accepted(await buy(bob, tea));
    accepted(await cancel(cid, accepted(await buy(cid, coffee))));
    const look = () => data(deps, admin, ROUNDS, { planId });
    const few = await countQueries(deps.db, look);
    for (const month of ['09', '10', '11', '12']) {
      deps.clock.set(`2026-${month}-15T03:00:00.000Z`);
      await putUpTreats(deps);
    }
    await deps.db.query("UPDATE merchant SET state = 'suspended'");
    deps.clock.set('2027-01-15T03:00:00.000Z');
    await putUpTreats(deps);
    expect(await countQueries(deps.db, look)).toBe(few);
    const { nodes } = (await look()).treatRounds;
    expect(nodes.map(({ month }: { month: string }) => month)).toEqual([
      '2027-01',
      '2026-12',
      '2026-11',
      '2026-10',
      '2026-09',
      '2026-08',
    ]);
    expect(nodes[0].lines[0]).toMatchObject({
      offerId: null,
      leftOut: 'MERCHANT_NOT_ACTIVE',
      offerState: null,
      left: 0,
    });
    expect(nodes[5]).toMatchObject({ day: '2026-08-15', opensAt: OPENS, closesAt: '2026-08-15T16:00:00.000Z' });
    expect(nodes[5].lines).toMatchObject([
      { what: '奶茶一杯', quantity: 3, given: 2, verified: 1, left: 1, leftOut: null, offerState: 'ON_SALE' },
      { what: '咖啡一杯', quantity: 2, given: 0, verified: 0, left: 2, outlet: { name: '二店' } },
    ]);
  });
});

interface Page {
  nodes: { day: string }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

describe('the member door', () => {
  test('shows the treat before it opens, what is left, and what she took; and nothing of it the day after', async () => {
    const { deps, memberIds, buy, offers } = await aTreat();
    const caller = memberCaller(memberIds[0]!);
    deps.clock.set('2026-08-12T00:00:00.000Z');
    await putUpTreats(deps);
    const [round] = (await data(deps, caller, TREATS)).treats.nodes;
    expect(round).toMatchObject({ name: '八月礼', day: '2026-08-15', opensAt: OPENS, taken: null });
    expect(round.offers).toMatchObject([
      { title: '奶茶一杯', remaining: 3, saleFrom: OPENS, outlets: [{ name: '一店' }] },
      { title: '咖啡一杯', remaining: 2, outlets: [{ name: '二店' }] },
    ]);
    deps.clock.set(OPENS);
    const [, coffee] = (await offers()) as [string, string];
    const id = accepted(await buy(caller.memberId, coffee));
    const [after] = (await data(deps, caller, TREATS)).treats.nodes;
    expect(after.taken).toMatchObject({ id, offer: { title: '咖啡一杯' }, voucher: { state: 'UNUSED' } });
    expect(after.offers[1].remaining).toBe(1);
    deps.clock.set('2026-08-15T16:00:00.000Z');
    expect((await data(deps, caller, TREATS)).treats.nodes).toEqual([]);
  });

  test('shows no treat of another programme, and none of which all is still in review', async () => {
    const { deps, memberIds } = await aTreat();
    deps.clock.set('2026-08-12T00:00:00.000Z');
    await putUpTreats(deps);
    const caller = memberCaller(memberIds[0]!);
    const shown = async () => (await data(deps, caller, TREATS)).treats.nodes.length;
    expect(await shown()).toBe(1);
    await deps.db.query("UPDATE offer SET state = 'in_review', submitted_by = 'system', submitted_at = NOW()");
    expect(await shown()).toBe(0);
    await deps.db.query("UPDATE offer SET state = 'on_sale'");
    const elsewhere = newId();
    await deps.db.query(
      "INSERT INTO union_node (id, name, kind, path, created_at) VALUES (?, '别处', 'district', ?, NOW())",
      [elsewhere, `/${elsewhere}/`],
    );
    await deps.db.query('UPDATE member SET union_id = ? WHERE id = ?', [elsewhere, caller.memberId]);
    expect(await shown()).toBe(0);
  });

  test('is walked whole, the next day first, in as many statements for many rounds as for one', async () => {
    const { deps, admin, memberIds, plan, programmeId } = await aTreat();
    const caller = memberCaller(memberIds[0]!);
    deps.clock.set('2026-08-15T03:00:00.000Z');
    await putUpTreats(deps);
    const few = await countQueries(deps.db, () => data(deps, caller, TREATS));
    for (const dayOfMonth of [18, 16, 17, 16])
      accepted(await createTreatPlan(deps, admin, newId(), { programmeId, plan: { ...plan, dayOfMonth } }));
    await putUpTreats(deps);
    expect(await countQueries(deps.db, () => data(deps, caller, TREATS))).toBe(few);
    const days: string[] = [];
    for (let after: string | null = null; ; ) {
      const { nodes, pageInfo }: Page = (await data(deps, caller, TREATS, { first: 2, after })).treats;
      days.push(...nodes.map(({ day }) => day.slice(-2)));
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor;
    }
    expect(days).toEqual(['15', '16', '16', '17', '18']);
  });
});
