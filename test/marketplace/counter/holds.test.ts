import { expect, test } from 'vitest';
import { lapseHolds } from '../../../src/marketplace/counter/lapse-holds.ts';
import { newId } from '../../../src/platform/ids.ts';
import { accepted, tally } from '../../support/market.ts';
import { aCounter, refused } from './world.ts';

/** A charge of 600 points, above the usual limit, that waits for its member. */
async function aHold() {
  const counter = await aCounter();
  const [ann, bob] = counter.memberIds as [string, string];
  const chargeId = await counter.pay(ann, 600);
  return { counter, ann, bob, chargeId };
}

test('a charge above the usual 500 points waits and moves nothing until the member confirms it', async () => {
  const { counter, ann, chargeId } = await aHold();
  expect(await counter.stored(chargeId)).toMatchObject({ state: 'held', transfer_id: null });
  expect([await counter.balance(ann), await counter.moved('merchant')]).toEqual([1000, 0]);
  accepted(await counter.confirm(ann, chargeId));
  expect(await counter.stored(chargeId)).toMatchObject({ state: 'posted', points: 600 });
  expect([await counter.balance(ann), await counter.moved('merchant')]).toEqual([400, 600]);
  const [transfer] = await counter.deps.db.query('SELECT kind, cause_id FROM transfer ORDER BY id DESC LIMIT 1');
  expect(transfer).toEqual({ kind: 'charge', cause_id: chargeId });
  await expect(counter.deps).toHaveCoherentLedger();
});

test('the member’s own limit decides: up to it at once, above it with her word, and 0 asks every time', async () => {
  const counter = await aCounter();
  const [ann, bob] = counter.memberIds as [string, string];
  const stateOf = async (memberId: string, amount: number) =>
    (await counter.stored(await counter.pay(memberId, amount))).state;
  expect([await stateOf(ann, 500), await stateOf(ann, 1)]).toEqual(['posted', 'posted']);
  accepted(await counter.limit(ann, 20));
  expect([await stateOf(ann, 20), await stateOf(ann, 21)]).toEqual(['posted', 'held']);
  accepted(await counter.limit(ann, 0));
  expect([await stateOf(ann, 1), await stateOf(bob, 500)]).toEqual(['held', 'posted']);
  expect(await counter.limit(ann, -1)).toMatchObject(refused('LIMIT_OUT_OF_RANGE'));
  expect(await counter.limit(ann, 10_000_001)).toMatchObject(refused('LIMIT_OUT_OF_RANGE'));
  await expect(counter.deps).toHaveCoherentLedger();
});

test('a declined charge moves nothing and cannot be confirmed any more; nor can the scan be charged again', async () => {
  const { counter, ann, chargeId } = await aHold();
  accepted(await counter.decline(ann, chargeId));
  expect(await counter.confirm(ann, chargeId)).toMatchObject(refused('CHARGE_DECLINED'));
  expect(await counter.decline(ann, chargeId)).toMatchObject(refused('CHARGE_DECLINED'));
  const [{ scan_id }] = await counter.deps.db.query('SELECT scan_id FROM charge');
  expect(await counter.charge(scan_id, { points: 500 })).toMatchObject(refused('SCAN_USED'));
  expect([await counter.balance(ann), await counter.moved('merchant')]).toEqual([1000, 0]);
  await expect(counter.deps).toHaveCoherentLedger();
});

test('after two minutes a hold has lapsed by the clock alone; the sweep only writes it down', async () => {
  const { counter, ann, chargeId } = await aHold();
  const { deps } = counter;
  deps.clock.advance({ minutes: 2 });
  expect(await counter.confirm(ann, chargeId)).toMatchObject(refused('HOLD_LAPSED'));
  expect(await counter.decline(ann, chargeId)).toMatchObject(refused('HOLD_LAPSED'));
  expect((await counter.stored(chargeId)).state).toBe('held');
  expect([await lapseHolds(deps), await lapseHolds(deps)]).toEqual([1, 0]);
  expect((await counter.stored(chargeId)).state).toBe('lapsed');
  expect(await counter.confirm(ann, chargeId)).toMatchObject(refused('HOLD_LAPSED'));
  expect(await counter.balance(ann)).toBe(1000);
  await expect(deps).toHaveCoherentLedger();
});

test('in its last instant a hold can still be confirmed, and the sweep leaves it alone', async () => {
  const { counter, ann, chargeId } = await aHold();
  counter.deps.clock.set(new Date(counter.deps.clock.now().getTime() + 119_999).toISOString());
  expect(await lapseHolds(counter.deps)).toBe(0);
  accepted(await counter.confirm(ann, chargeId));
});

test('a hold reserves nothing: what was spent meanwhile is missed when it is confirmed, and the hold goes on waiting', async () => {
  const { counter, ann, chargeId } = await aHold();
  await counter.pay(ann, 500);
  expect(await counter.confirm(ann, chargeId)).toMatchObject(refused('NOT_ENOUGH_POINTS'));
  expect((await counter.stored(chargeId)).state).toBe('held');
  await counter.credit([ann], 100);
  accepted(await counter.confirm(ann, chargeId));
  expect([await counter.balance(ann), await counter.moved('merchant')]).toEqual([0, 1100]);
  await expect(counter.deps).toHaveCoherentLedger();
});

test('confirming is refused once the merchant is suspended or its contract has ended', async () => {
  const { counter, ann, chargeId } = await aHold();
  const { deps, merchantId } = counter;
  await counter.agree({ until_day: '2026-08-02' });
  expect(await counter.confirm(ann, chargeId)).toMatchObject(refused('CONTRACT_NOT_IN_FORCE'));
  await counter.agree({ until_day: null });
  await deps.db.query("UPDATE merchant SET state = 'suspended' WHERE id = ?", [merchantId]);
  expect(await counter.confirm(ann, chargeId)).toMatchObject(refused('MERCHANT_NOT_ACTIVE'));
  expect([await counter.balance(ann), (await counter.stored(chargeId)).state]).toEqual([1000, 'held']);
});

test('nobody speaks on another member’s charge, nor on one that does not exist', async () => {
  const { counter, ann, bob, chargeId } = await aHold();
  for (const [memberId, id] of [
    [bob, chargeId],
    [ann, newId()],
  ] as const) {
    expect(await counter.confirm(memberId, id)).toMatchObject(refused('CHARGE_UNKNOWN'));
    expect(await counter.decline(memberId, id)).toMatchObject(refused('CHARGE_UNKNOWN'));
  }
  const small = await counter.pay(ann, 10);
  expect(await counter.confirm(ann, small)).toMatchObject(refused('CHARGE_POSTED'));
  expect(await counter.decline(ann, small)).toMatchObject(refused('CHARGE_POSTED'));
  expect([await counter.balance(ann), (await counter.stored(chargeId)).state]).toEqual([990, 'held']);
});

test('confirmed ten times at once, with one key or with ten, its points move once', async () => {
  const { counter, ann, chargeId } = await aHold();
  const key = newId();
  const outcomes = await Promise.all([
    ...Array.from({ length: 5 }, () => counter.confirm(ann, chargeId, key)),
    ...Array.from({ length: 5 }, () => counter.confirm(ann, chargeId)),
  ]);
  const { accepted: done, CHARGE_POSTED: late } = tally(outcomes);
  expect([done === 1 || done === 5, (done ?? 0) + (late ?? 0)]).toEqual([true, 10]);
  expect([await counter.balance(ann), await counter.moved('merchant')]).toEqual([400, 600]);
  await expect(counter.deps).toHaveCoherentLedger();
});

test('of confirming, declining and lapsing at the same time exactly one happens', async () => {
  const counter = await aCounter({ memberCount: 1, earned: 100_000 });
  const { deps } = counter;
  const [ann] = counter.memberIds as [string];
  let posted = 0;
  for (let round = 0; round < 12; round++) {
    const chargeId = await counter.pay(ann, 600);
    const start = deps.clock.now().getTime();
    // The member's words see the clock in the last instant of the hold, the sweep sees it over.
    const at = <T>(milliseconds: number, act: () => Promise<T>) => {
      deps.clock.set(new Date(start + milliseconds).toISOString());
      return act();
    };
    const acts = [
      () => at(119_999, async () => (await counter.confirm(ann, chargeId)).ok),
      () => at(119_999, async () => (await counter.decline(ann, chargeId)).ok),
      () => at(120_000, async () => (await lapseHolds(deps)) === 1),
    ];
    const outcomes = await Promise.all([0, 1, 2].map((i) => acts[(round + i) % 3]!()));
    expect(outcomes.filter((happened) => happened)).toHaveLength(1);
    const { state } = await counter.stored(chargeId);
    const happened = outcomes.indexOf(true);
    expect(state).toBe(['posted', 'declined', 'lapsed'][(round + happened) % 3]);
    if (state === 'posted') posted += 1;
    expect(await counter.moved('merchant')).toBe(posted * 600);
  }
  await expect(deps).toHaveCoherentLedger();
}, 30_000);
