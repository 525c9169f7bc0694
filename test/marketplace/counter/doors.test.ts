import { type GraphQLSchema, graphql } from 'graphql';
import { expect, test } from 'vitest';
import { buildDoorSchema } from '../../../src/doors.ts';
import type { Caller } from '../../../src/identity/caller.ts';
import { createLimits, type Limits } from '../../../src/identity/limits.ts';
import { newId } from '../../../src/platform/ids.ts';
import { countQueries } from '../../support/count-queries.ts';
import { accepted } from '../../support/market.ts';
import { contextOf, memberCaller } from '../support.ts';
import { aCounter, plansOf } from './world.ts';

const schemas = new Map<string, Promise<GraphQLSchema>>();

type Counter = Awaited<ReturnType<typeof aCounter>>;

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape.
async function ask(counter: Counter, caller: Caller, source: string, variables = {}, limits?: Limits): Promise<any> {
  const { door } = caller;
  if (!schemas.has(door)) schemas.set(door, buildDoorSchema(door, { production: true }));
  const contextValue = contextOf(counter.deps, caller, limits);
  const answer = await graphql({ schema: await schemas.get(door)!, source, contextValue, variableValues: variables });
  expect(answer.errors).toBeUndefined();
  return answer.data;
}

const SCAN = `mutation ($n: String!, $outlet: Id!, $code: String!, $bill: Fen) {
  scanCard(requestNumber: $n, outletId: $outlet, code: $code, billFen: $bill) {
    ... on CardScan { id memberName discount discountPercent rateFen billFen discountGivenFen scannedAt chargeUntil } ... on Refusal { code message } } }`;
const CHARGE = `mutation ($n: String!, $scan: Id!, $points: Points, $bill: Fen) {
  chargeCard(requestNumber: $n, scanId: $scan, points: $points, billFen: $bill) {
    ... on Charge { id state memberName points billFen refunded outletName operatorName holdUntil }
    ... on Refusal { code message } } }`;
const REFUND = `mutation ($n: String!, $charge: Id!, $points: Points) {
  refundCharge(requestNumber: $n, chargeId: $charge, points: $points) {
    ... on ChargeRefund { points refundedAt charge { id refunded } } ... on Refusal { code } } }`;
const PENDING = '{ pendingCharges { id merchantName outletName points billFen state holdUntil } }';
const CHARGES = '{ charges(first: 10) { nodes { id merchantName outletName points refunded state decidedAt } } }';

test('the counter sees a masked name and the agreed terms, charges a bill, waits for the member and refunds', async () => {
  const counter = await aCounter();
  const { cashier, outletId, memberIds } = counter;
  const [ann] = memberIds as [string];
  await counter.agree({ discount: '全单九折', discount_percent: 10, point_price_fen: 12 });
  const code = await counter.cardCode(ann);
  const { scanCard } = await ask(counter, cashier, SCAN, { n: newId(), outlet: outletId, code, bill: 8800 });
  expect(scanCard).toEqual({
    id: expect.any(String),
    memberName: '测*员',
    discount: '全单九折',
    discountPercent: 10,
    rateFen: 12,
    billFen: 8800,
    discountGivenFen: 880,
    scannedAt: '2026-08-03T02:00:00.000Z',
    chargeUntil: '2026-08-03T02:05:00.000Z',
  });
  const { chargeCard } = await ask(counter, cashier, CHARGE, { n: newId(), scan: scanCard.id, bill: 8800 });
  expect(chargeCard).toMatchObject({
    state: 'HELD',
    points: 734,
    billFen: 8800,
    memberName: '测*员',
    outletName: '一店',
    operatorName: '收银甲',
    holdUntil: '2026-08-03T02:02:00.000Z',
  });
  const member = memberCaller(ann);
  const { pendingCharges } = await ask(counter, member, PENDING);
  expect(pendingCharges).toMatchObject([{ id: chargeCard.id, points: 734, outletName: '一店', state: 'HELD' }]);
  const confirm = `mutation ($key: String!, $id: Id!) { confirmCharge(key: $key, chargeId: $id) {
    ... on Charge { state decidedAt } ... on Refusal { code } } }`;
  const { confirmCharge } = await ask(counter, member, confirm, { key: newId(), id: chargeCard.id });
  expect(confirmCharge).toEqual({ state: 'POSTED', decidedAt: '2026-08-03T02:00:00.000Z' });
  const state = 'query ($id: Id!) { charge(id: $id) { state } }';
  expect(await ask(counter, cashier, state, { id: chargeCard.id })).toEqual({ charge: { state: 'POSTED' } });
  expect(await ask(counter, { ...cashier, merchantId: newId() }, state, { id: chargeCard.id })).toEqual({
    charge: null,
  });
  const { refundCharge } = await ask(counter, cashier, REFUND, { n: newId(), charge: chargeCard.id, points: 34 });
  expect(refundCharge).toMatchObject({ points: 34, charge: { id: chargeCard.id, refunded: 34 } });
  const { charges } = await ask(counter, member, CHARGES);
  expect(charges.nodes).toMatchObject([{ id: chargeCard.id, points: 734, refunded: 34, state: 'POSTED' }]);
  expect((await ask(counter, memberCaller(memberIds[1]!), CHARGES)).charges.nodes).toEqual([]);
  await expect(counter.deps).toHaveCoherentLedger();
});

test('asking for what waits costs a member one statement, whether nothing waits or several charges', async () => {
  const counter = await aCounter();
  const [ann, bob] = counter.memberIds as [string, string];
  const member = memberCaller(ann);
  const cost = () => countQueries(counter.deps.db, () => ask(counter, member, PENDING));
  expect(await cost()).toBe(1);
  await counter.pay(bob, 700);
  const first = await counter.pay(ann, 700);
  counter.deps.clock.advance({ seconds: 30 });
  const second = await counter.pay(ann, 600);
  expect(await cost()).toBe(1);
  const ids = async () => (await ask(counter, member, PENDING)).pendingCharges.map((one: { id: string }) => one.id);
  expect(await ids()).toEqual([first, second]);
  counter.deps.clock.advance({ seconds: 90 });
  expect(await ids()).toEqual([second]);
  const { charges } = await ask(counter, member, CHARGES);
  expect(charges.nodes.map((one: { state: string }) => one.state)).toEqual(['HELD', 'LAPSED']);
  expect(await countQueries(counter.deps.db, () => ask(counter, member, CHARGES))).toBe(1);
});

test('what waits and what was charged are found by the member’s own index', async () => {
  const counter = await aCounter();
  for (let i = 0; i < 5; i++) await counter.pay(counter.memberIds[0]!, 600);
  const member = memberCaller(counter.memberIds[0]!);
  const plan = async (list: string) =>
    (await plansOf(counter.deps, ['charge'], () => ask(counter, member, list))).map(({ key, type }) => [key, type]);
  expect(await plan(PENDING)).toEqual([['charge_held', expect.stringMatching(/^(range|ref)$/)]]);
  expect(await plan(CHARGES)).toEqual([['charge_of_member', 'ref']]);
});

test('both doors show what was given back of a charge and what still can be, in as many statements for twelve as for two', async () => {
  const counter = await aCounter({ earned: 5000 });
  const { deps, owner } = counter;
  const [ann] = counter.memberIds as [string];
  const member = memberCaller(ann);
  const OWN = '{ charges(first: 50) { nodes { id points refunded refundable refunds { points refundedAt } } } }';
  const SHIFT = `{ shiftLines(day: "2026-08-03", first: 50) { nodes {
    kind id charge { id refunded refundable refunds { points operatorName } } } } }`;
  const work = async (times: number) => {
    for (let i = 0; i < times; i++) accepted(await counter.refund(await counter.pay(ann, 10), { points: 1 }));
  };
  const cost = async () => [
    await countQueries(deps.db, () => ask(counter, member, OWN)),
    await countQueries(deps.db, () => ask(counter, owner, SHIFT)),
  ];
  const held = await counter.pay(ann, 600);
  const charge = await counter.pay(ann, 100);
  accepted(await counter.refund(charge, { points: 30 }));
  deps.clock.advance({ seconds: 1 });
  const refund = accepted(await counter.refund(charge, { points: 20, caller: owner }));
  const { charges } = await ask(counter, member, OWN);
  const at = (second: number) => `2026-08-03T02:00:0${second}.000Z`;
  expect(charges.nodes).toEqual([
    {
      id: charge,
      points: 100,
      refunded: 50,
      refundable: 50,
      refunds: [
        { points: 20, refundedAt: at(1) },
        { points: 30, refundedAt: at(0) },
      ],
    },
    { id: held, points: 600, refunded: 0, refundable: 0, refunds: [] },
  ]);
  const { shiftLines } = await ask(counter, owner, SHIFT);
  const shown = {
    id: charge,
    refunded: 50,
    refundable: 50,
    refunds: [
      { points: 20, operatorName: '店主' },
      { points: 30, operatorName: '收银甲' },
    ],
  };
  expect(shiftLines.nodes[0]).toEqual({ kind: 'REFUND', id: refund, charge: shown });
  expect(shiftLines.nodes.slice(2).map((line: { charge: object }) => line.charge)).toEqual([
    shown,
    { id: held, refunded: 0, refundable: 0, refunds: [] },
  ]);
  const few = await cost();
  await work(10);
  expect(await cost()).toEqual(few);
});

test('a member sets and reads the own limit', async () => {
  const counter = await aCounter();
  const member = memberCaller(counter.memberIds[0]!);
  const set = `mutation ($key: String!, $points: Points!) { setChargeLimit(key: $key, points: $points) {
    ... on ChargeLimit { points } ... on Refusal { code } } }`;
  const read = '{ chargeLimit { points } }';
  expect(await ask(counter, member, read)).toEqual({ chargeLimit: { points: 500 } });
  expect(await ask(counter, member, set, { key: newId(), points: 20 })).toEqual({ setChargeLimit: { points: 20 } });
  expect(await ask(counter, member, read)).toEqual({ chargeLimit: { points: 20 } });
  const beyond = await ask(counter, member, set, { key: newId(), points: -1 });
  expect(beyond).toEqual({ setChargeLimit: { code: 'LIMIT_OUT_OF_RANGE' } });
});

test('after twenty codes that are no card’s an operator is stopped, whatever comes next; real codes never count', async () => {
  const counter = await aCounter();
  const limits = createLimits(undefined);
  const [ann] = counter.memberIds as [string];
  const scan = async (code: string, caller = counter.cashier) =>
    (await ask(counter, caller, SCAN, { n: newId(), outlet: counter.outletId, code }, limits)).scanCard;
  const used = await counter.cardCode(ann);
  accepted(await counter.scan(ann, { code: used }));
  for (let i = 0; i < 25; i++) expect((await scan(used)).code).toBe('CARD_CODE_USED');
  for (let i = 0; i < 20; i++) expect((await scan('AAAA')).code).toBe('CARD_CODE_REFUSED');
  const stopped = await scan(await counter.cardCode(ann));
  expect(stopped.code).toBe('TOO_MANY_ATTEMPTS');
  expect(stopped.message).toMatch(/try again in \d+ seconds/);
  expect((await scan(await counter.cardCode(ann), counter.colleague)).memberName).toBe('测*员');
});

test('the shift is shown with names of outlets and cashiers, in as many statements for twelve lines as for two', async () => {
  const counter = await aCounter({ memberCount: 2, earned: 10_000 });
  const [ann] = counter.memberIds as [string];
  const SHIFT = `query ($day: Day!, $outlet: Id) {
    shiftLines(day: $day, outletId: $outlet, first: 50) { nodes { kind id points memberName outletName operatorName chargeState } }
    shiftTotals(day: $day, outletId: $outlet) { nodes { outletName operatorName scans charges chargePoints refunds refundPoints vouchers voucherPoints } } }`;
  const offerId = await counter.offer();
  const work = async (times: number) => {
    for (let i = 0; i < times; i++) {
      accepted(await counter.refund(await counter.pay(ann, 10), { points: 4 }));
      accepted(await counter.verify(accepted(await counter.buy(ann, offerId)), { caller: counter.cashier }));
    }
  };
  const day = { day: '2026-08-03' };
  await work(1);
  const few = await countQueries(counter.deps.db, () => ask(counter, counter.owner, SHIFT, day));
  await work(4);
  expect(await countQueries(counter.deps.db, () => ask(counter, counter.owner, SHIFT, day))).toBe(few);
  const shown = await ask(counter, counter.owner, SHIFT, day);
  expect(shown.shiftLines.nodes).toHaveLength(15);
  expect(shown.shiftLines.nodes[0]).toMatchObject({ memberName: '测*员', outletName: '一店', operatorName: '收银甲' });
  expect(shown.shiftTotals.nodes).toEqual([
    {
      outletName: '一店',
      operatorName: '收银甲',
      scans: 5,
      charges: 5,
      chargePoints: 50,
      refunds: 5,
      refundPoints: 20,
      vouchers: 5,
      voucherPoints: 500,
    },
  ]);
  const elsewhere = { ...counter.cashier, outletId: counter.otherOutletId };
  const nothing = { shiftLines: { nodes: [] }, shiftTotals: { nodes: [] } };
  expect(await ask(counter, elsewhere, SHIFT, day)).toEqual(nothing);
  expect(await ask(counter, elsewhere, SHIFT, { ...day, outlet: counter.outletId })).toEqual(nothing);
  expect(await ask(counter, { ...counter.owner, merchantId: newId() }, SHIFT, day)).toEqual(nothing);
});
