import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newId } from '../../../src/platform/ids.ts';
import { accepted, tally } from '../../support/market.ts';
import { aCounter, refused } from './world.ts';

async function aCharge(amount = 300) {
  const counter = await aCounter();
  const [ann, bob] = counter.memberIds as [string, string];
  return { counter, ann, bob, chargeId: await counter.pay(ann, amount) };
}

test('a charge is refunded in parts or whole, to the lots that it took from', async () => {
  const { counter, ann, chargeId } = await aCharge();
  const { deps } = counter;
  const part = accepted(await counter.refund(chargeId, { points: 50 }));
  expect([await counter.balance(ann), await counter.moved('merchant')]).toEqual([750, 250]);
  accepted(await counter.refund(chargeId));
  expect(await counter.stored(chargeId)).toMatchObject({ refunded: 300, state: 'posted' });
  expect([await counter.balance(ann), await counter.moved('merchant')]).toEqual([1000, 0]);
  const rows = await deps.db.query('SELECT id, charge_id, points, transfer_id FROM charge_refund ORDER BY id');
  expect(rows).toMatchObject([
    { id: part, charge_id: chargeId, points: 50 },
    { charge_id: chargeId, points: 250 },
  ]);
  const transfers = await deps.db.query("SELECT id, cause_id FROM transfer WHERE kind = 'refund' ORDER BY id");
  expect(transfers).toEqual(
    rows.map((row: { id: string; transfer_id: string }) => ({ id: row.transfer_id, cause_id: row.id })),
  );
  const lots = await deps.db.query('SELECT COUNT(*) AS n FROM lot');
  expect(Number(lots[0].n)).toBe(2);
  await expect(deps).toHaveCoherentLedger();
});

test('however a charge is refunded, part by part, no more than the charge comes back', async () => {
  const parts = fc.array(fc.option(fc.integer({ min: -1, max: 60 }), { nil: null }), { minLength: 1, maxLength: 6 });
  const counter = await aCounter({ memberCount: 1, earned: 10_000 });
  const [ann] = counter.memberIds as [string];
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 100 }), parts, async (amount, wanted) => {
      const before = await counter.balance(ann);
      const chargeId = await counter.pay(ann, amount);
      let left = amount;
      for (const points of wanted) {
        const outcome = await counter.refund(chargeId, { points });
        const asked = points ?? left;
        if (left === 0 || asked > left) expect(outcome).toMatchObject(refused('REFUND_TOO_LARGE'));
        else if (asked < 1) expect(outcome).toMatchObject(refused('POINTS_OUT_OF_RANGE'));
        else left -= accepted(outcome) ? asked : 0;
      }
      expect(await counter.balance(ann)).toBe(before - left);
      expect((await counter.stored(chargeId)).refunded).toBe(amount - left);
    }),
    { numRuns: 12 },
  );
  await expect(counter.deps).toHaveCoherentLedger();
}, 60_000);

test('thirty refunds at once never give back more than the charge', async () => {
  const { counter, ann, chargeId } = await aCharge(100);
  const outcomes = await Promise.all(Array.from({ length: 30 }, () => counter.refund(chargeId, { points: 7 })));
  expect(tally(outcomes)).toEqual({ accepted: 14, REFUND_TOO_LARGE: 16 });
  expect([await counter.balance(ann), (await counter.stored(chargeId)).refunded]).toEqual([998, 98]);
  await expect(counter.deps).toHaveCoherentLedger();
}, 30_000);

test('the same request number refunds once, whatever is sent how often, and with other input it is refused', async () => {
  const { counter, ann, chargeId } = await aCharge();
  const asked = { points: 40, requestNumber: 'till-1-00099' };
  const outcomes = await Promise.all([1, 2, 3, 4].map(() => counter.refund(chargeId, asked)));
  expect(new Set(outcomes.map(accepted)).size).toBe(1);
  counter.deps.clock.advance({ days: 400 });
  expect(await counter.refund(chargeId, { ...asked, caller: counter.owner })).toEqual(outcomes[0]);
  expect(await counter.refund(chargeId, { ...asked, points: 41 })).toMatchObject(refused('REQUEST_NUMBER_REUSED'));
  expect(await counter.refund(newId(), asked)).toMatchObject(refused('REQUEST_NUMBER_REUSED'));
  expect(await counter.balance(ann)).toBe(740);
});

test('a refund larger than what is left changes nothing', async () => {
  const { counter, chargeId } = await aCharge();
  accepted(await counter.refund(chargeId, { points: 299 }));
  const before = await counter.everything();
  expect(await counter.refund(chargeId, { points: 2 })).toMatchObject(refused('REFUND_TOO_LARGE'));
  expect(await counter.everything()).toEqual(before);
  expect((await counter.stored(chargeId)).refunded).toBe(299);
});

test('the cashier who charged and the owner may refund; a colleague, another outlet and another merchant may not', async () => {
  const { counter, chargeId } = await aCharge();
  const { cashier, colleague, owner, otherOutletId, outletId } = counter;
  const before = await counter.everything();
  const by = (caller: typeof cashier) => counter.refund(chargeId, { points: 10, caller });
  expect(await by(colleague)).toMatchObject(refused('CHARGE_NOT_YOURS'));
  expect(await by({ ...cashier, outletId: otherOutletId })).toMatchObject(refused('CHARGE_UNKNOWN'));
  expect(await by({ ...owner, outletId: otherOutletId })).toMatchObject(refused('CHARGE_UNKNOWN'));
  expect(await by({ ...owner, merchantId: newId() })).toMatchObject(refused('CHARGE_UNKNOWN'));
  expect(await counter.everything()).toEqual(before);
  accepted(await by({ ...owner, outletId }));
  accepted(await by(cashier));
});

test('what moved no points is not refunded', async () => {
  const { counter, ann } = await aCharge();
  const held = await counter.pay(ann, 600);
  expect(await counter.refund(held)).toMatchObject(refused('CHARGE_NOT_POSTED'));
  accepted(await counter.decline(ann, held));
  expect(await counter.refund(held)).toMatchObject(refused('CHARGE_NOT_POSTED'));
  expect(await counter.balance(ann)).toBe(700);
});

test('a refund needs no contract that is in force and no active member', async () => {
  const { counter, ann, chargeId } = await aCharge();
  await counter.agree({ until_day: '2026-08-02' });
  await counter.deps.db.query("UPDATE member SET state = 'frozen' WHERE id = ?", [ann]);
  accepted(await counter.refund(chargeId));
  expect(await counter.balance(ann)).toBe(1000);
});

test('points that are refunded after their day expire at once', async () => {
  const counter = await aCounter({ memberCount: 1, earned: 100, livesDays: 5 });
  const [ann] = counter.memberIds as [string];
  const chargeId = await counter.pay(ann, 80);
  counter.deps.clock.advance({ days: 5 });
  accepted(await counter.refund(chargeId, { points: 30 }));
  expect([await counter.balance(ann), await counter.moved('breakage')]).toEqual([0, 50]);
  await expect(counter.deps).toHaveCoherentLedger();
});
