import { type GraphQLSchema, graphql } from 'graphql';
import { buildSchema } from 'type-graphql';
import { expect, test } from 'vitest';
import type { AdminCaller } from '../../../src/identity/caller.ts';
import { AdminCounterResolver } from '../../../src/marketplace/counter/graphql/admin.ts';
import { countQueries } from '../../support/count-queries.ts';
import { accepted } from '../../support/market.ts';
import { adminOf, contextOf } from '../support.ts';
import { aCounter, plansOf } from './world.ts';

let schema: Promise<GraphQLSchema> | undefined;

type Counter = Awaited<ReturnType<typeof aCounter>>;

const CHARGES = `query ($programme: Id!, $merchant: Id, $member: Id, $state: ChargeState, $from: Day, $to: Day, $first: Int, $after: String) {
  charges(programmeId: $programme, merchantId: $merchant, memberId: $member, state: $state, fromDay: $from, toDay: $to, first: $first, after: $after) {
    nodes {
      id state merchantId merchantName outletName operatorName memberName points billFen rateFen refunded refundable
      refunds { points operatorName } requestNumber chargedAt decidedAt
    }
    pageInfo { hasNextPage endCursor }
  } }`;

async function charges(counter: Counter, variables: Record<string, unknown> = {}, caller = ofUnion(counter)) {
  schema ??= buildSchema({
    resolvers: [AdminCounterResolver],
    validate: false,
    authChecker: ({ context }, [permission]) => context.caller.permissions.has(permission),
  });
  const variableValues = { programme: counter.programmeId, ...variables };
  const contextValue = contextOf(counter.deps, caller);
  const answer = await graphql({ schema: await schema, source: CHARGES, contextValue, variableValues });
  expect(answer.errors).toBeUndefined();
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape.
  return (answer.data as any).charges;
}

function ofUnion({ unionId }: Counter, permissions = ['ledger:read']): AdminCaller {
  return adminOf(`/${unionId}/`, permissions);
}

async function ids(counter: Counter, variables: Record<string, unknown> = {}): Promise<string[]> {
  const { nodes } = await charges(counter, variables);
  return nodes.map((charge: { id: string }) => charge.id);
}

test('a union sees what counters charged in its programme, with masked names and what was given back', async () => {
  const counter = await aCounter();
  const [ann] = counter.memberIds as [string];
  const scanId = accepted(await counter.scan(ann));
  const id = accepted(await counter.charge(scanId, { billFen: 995, requestNumber: 'till-1-00042' }));
  accepted(await counter.refund(id, { points: 30 }));
  accepted(await counter.refund(id, { points: 5, caller: counter.owner }));
  const { nodes } = await charges(counter);
  expect(nodes).toEqual([
    {
      id,
      state: 'POSTED',
      merchantId: counter.merchantId,
      merchantName: `商户${counter.merchantId}`,
      outletName: '一店',
      operatorName: '收银甲',
      memberName: '测*员',
      points: 100,
      billFen: 995,
      rateFen: 10,
      refunded: 35,
      refundable: 65,
      refunds: [
        { points: 5, operatorName: '店主' },
        { points: 30, operatorName: '收银甲' },
      ],
      requestNumber: 'till-1-00042',
      chargedAt: '2026-08-03T02:00:00.000Z',
      decidedAt: '2026-08-03T02:00:00.000Z',
    },
  ]);
});

test('an admin of another branch, one without the permission there, and a foreign programme see nothing', async () => {
  const counter = await aCounter();
  await counter.pay(counter.memberIds[0]!, 10);
  const elsewhere = adminOf(`/${counter.merchantId}/`, ['ledger:read']);
  expect((await charges(counter, {}, elsewhere)).nodes).toEqual([]);
  const unpermitted = { ...ofUnion(counter, ['members:read']), permissions: new Set(['ledger:read']) };
  expect((await charges(counter, {}, unpermitted)).nodes).toEqual([]);
  expect(await ids(counter, { programme: counter.merchantId })).toEqual([]);
});

test('charges are asked for by merchant, member, days and state; a hold has lapsed by the clock', async () => {
  const counter = await aCounter({ earned: 5000 });
  const { deps, merchantId } = counter;
  const [ann, bob] = counter.memberIds as [string, string];
  const early = await counter.pay(ann, 10);
  const lapsed = await counter.pay(ann, 900);
  const declined = await counter.pay(bob, 900);
  accepted(await counter.decline(bob, declined));
  // The day ends in Beijing.
  deps.clock.set('2026-08-03T15:59:59.999Z');
  const late = await counter.pay(bob, 20);
  deps.clock.set('2026-08-03T16:00:00.000Z');
  const next = await counter.pay(ann, 30);
  const held = await counter.pay(bob, 800);
  expect(await ids(counter)).toEqual([held, next, late, declined, lapsed, early]);
  expect(await ids(counter, { member: ann })).toEqual([next, lapsed, early]);
  expect(await ids(counter, { merchant: merchantId, member: bob })).toEqual([held, late, declined]);
  expect(await ids(counter, { merchant: bob })).toEqual([]);
  expect(await ids(counter, { from: '2026-08-04' })).toEqual([held, next]);
  expect(await ids(counter, { merchant: merchantId, to: '2026-08-03' })).toEqual([late, declined, lapsed, early]);
  expect(await ids(counter, { from: '2026-08-03', to: '2026-08-03', member: bob })).toEqual([late, declined]);
  expect(await ids(counter, { from: '2026-08-04', to: '2026-08-03' })).toEqual([]);
  expect(await ids(counter, { state: 'HELD' })).toEqual([held]);
  expect(await ids(counter, { state: 'LAPSED' })).toEqual([lapsed]);
  expect(await ids(counter, { state: 'DECLINED', merchant: merchantId })).toEqual([declined]);
  expect(await ids(counter, { state: 'POSTED', member: ann })).toEqual([next, early]);
});

test('the list shows each charge once, page by page, though many were made in one instant', async () => {
  const counter = await aCounter({ earned: 5000 });
  const all: string[] = [];
  for (let i = 0; i < 7; i++) {
    all.unshift(await counter.pay(counter.memberIds[i % 2]!, 10));
    if (i === 4) counter.deps.clock.advance({ seconds: 1 });
  }
  const seen: string[] = [];
  for (let after: string | null = null; ; ) {
    const { nodes, pageInfo } = await charges(counter, { first: 2, after });
    seen.push(...nodes.map((charge: { id: string }) => charge.id));
    after = pageInfo.endCursor;
    if (!pageInfo.hasNextPage) break;
    await counter.pay(counter.memberIds[0]!, 1);
  }
  expect(seen).toEqual(all);
  expect(await ids(counter, { after: 'no-cursor-of-this-list' })).toEqual([]);
});

test('the list costs as many statements for twelve charges as for two, refunds among them', async () => {
  const counter = await aCounter({ earned: 5000 });
  const work = async (count: number) => {
    for (let i = 0; i < count; i++)
      accepted(await counter.refund(await counter.pay(counter.memberIds[0]!, 10), { points: 1 }));
  };
  await work(2);
  const few = await countQueries(counter.deps.db, () => charges(counter));
  await work(10);
  expect(await countQueries(counter.deps.db, () => charges(counter))).toBe(few);
});

test.each([
  ['charge_of_programme', () => ({})],
  ['charge_of_programme', () => ({ state: 'DECLINED', from: '2026-08-01', to: '2026-08-31' })],
  ['charge_of_merchant', ({ merchantId }: Counter) => ({ merchant: merchantId, from: '2026-08-01' })],
  ['charge_of_member', ({ memberIds }: Counter) => ({ member: memberIds[0] })],
])('charges are found by %s, and none are sorted but those of one member', async (index, asked) => {
  const counter = await aCounter({ earned: 5000 });
  for (let i = 0; i < 5; i++) await counter.pay(counter.memberIds[i % 2]!, 10);
  const steps = await plansOf(counter.deps, ['charge'], () => charges(counter, asked(counter)));
  const found = steps.find(({ key }) => key === index);
  expect(found?.type).toMatch(/^(ref|range)$/);
  expect(/filesort|temporary/.test(found?.Extra ?? '')).toBe(index === 'charge_of_member');
});

test('of many refunds of a charge the twenty newest are shown, found by the charge’s index', async () => {
  const counter = await aCounter({ earned: 5000 });
  const id = await counter.pay(counter.memberIds[0]!, 100);
  for (let i = 0; i < 22; i++) accepted(await counter.refund(id, { points: i < 3 ? i + 1 : 1 }));
  const { nodes } = await charges(counter);
  const given = nodes[0].refunds.map((refund: { points: number }) => refund.points);
  expect(given).toEqual([...Array.from({ length: 19 }, () => 1), 3]);
  expect(nodes[0]).toMatchObject({ refunded: 25, refundable: 75 });
  const [step] = await plansOf(counter.deps, ['charge_refund'], () => charges(counter));
  expect(step?.key).toBe('charge_refund_of_charge');
});
