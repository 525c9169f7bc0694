import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { StaffCaller } from '../../../src/identity/caller.ts';
import { findCharges } from '../../../src/marketplace/counter/charge-queries.ts';
import { newId } from '../../../src/platform/ids.ts';
import { accepted } from '../../support/market.ts';
import { aCounter, refused } from './world.ts';

/** A cashier of another firm. */
function aStranger({ cashier }: Awaited<ReturnType<typeof aCounter>>): StaffCaller {
  const operatorId = newId();
  return { ...cashier, actor: `operator:${operatorId}`, operatorId, merchantId: newId() };
}

test('to another firm and to another outlet a scan or a charge that is there looks like one that is not', async () => {
  const counter = await aCounter();
  const [ann] = counter.memberIds as [string];
  const scanId = accepted(await counter.scan(ann));
  const chargeId = await counter.pay(ann, 100);
  const before = await counter.everything();
  for (const caller of [aStranger(counter), { ...counter.colleague, outletId: counter.otherOutletId }]) {
    const charged = await counter.charge(scanId, { points: 1, caller });
    expect(charged).toMatchObject(refused('SCAN_UNKNOWN'));
    expect(await counter.charge(newId(), { points: 1, caller })).toEqual(charged);
    const refunded = await counter.refund(chargeId, { caller });
    expect(refunded).toMatchObject(refused('CHARGE_UNKNOWN'));
    expect(await counter.refund(newId(), { caller })).toEqual(refunded);
  }
  expect(await counter.everything()).toEqual(before);
});

test('whose request number is used again for something else learns nothing by it and changes nothing', async () => {
  const counter = await aCounter();
  const [ann, bob] = counter.memberIds as [string, string];
  const requestNumber = 'till-1-00042';
  const scanId = accepted(await counter.scan(ann));
  const chargeId = accepted(await counter.charge(scanId, { points: 100, requestNumber }));
  const bobsCode = await counter.cardCode(bob);
  const before = await counter.everything();
  const caller = counter.colleague;
  const tries = [
    await counter.scan(bob, { code: bobsCode, requestNumber, caller }),
    await counter.charge(scanId, { points: 99, requestNumber, caller }),
    await counter.charge(newId(), { points: 100, requestNumber, caller }),
    await counter.refund(chargeId, { requestNumber, caller: counter.owner }),
  ];
  for (const one of tries) expect(one).toMatchObject(refused('REQUEST_NUMBER_REUSED'));
  // Firms number their requests apart: the same number of another firm is nothing but a number.
  const stranger = aStranger(counter);
  const theirs = await counter.charge(scanId, { points: 100, requestNumber, caller: stranger });
  expect(theirs).toMatchObject(refused('SCAN_UNKNOWN'));
  expect(await counter.everything()).toEqual(before);
  accepted(await counter.scan(bob, { code: bobsCode }));
});

test('a code is not tried out by scans that are refused for their outlet or their bill', async () => {
  const counter = await aCounter();
  const code = await counter.cardCode(counter.memberIds[0]!);
  const forged = `${code.slice(0, -2)}${code.endsWith('AA') ? 'BA' : 'AA'}`;
  for (const asked of [{ caller: aStranger(counter) }, { outletId: newId() }, { billFen: -1 }]) {
    expect(await counter.scan('', { code: forged, ...asked })).toEqual(await counter.scan('', { code, ...asked }));
  }
});

test('no amount, however large, small or odd, moves more points than a charge may, or gives back more than it took', async () => {
  const counter = await aCounter({ memberCount: 1, earned: 1000 });
  const [ann] = counter.memberIds as [string];
  await counter.limit(ann, 10_000_000);
  const edges = [-Number.MAX_SAFE_INTEGER, -1, 0, 100_000_001, 2 ** 31, Number.MAX_SAFE_INTEGER];
  const amount = fc.oneof(fc.constantFrom(...edges), fc.integer({ min: 1, max: 12_000 }), fc.maxSafeInteger());
  const asked = fc.record({ what: fc.constantFrom('points', 'billFen', 'refund'), amount });
  let left = 1000;
  let scanId = accepted(await counter.scan(ann));
  const charges: { id: string; left: number }[] = [];
  await fc.assert(
    fc.asyncProperty(asked, async ({ what, amount: given }) => {
      if (what === 'refund') {
        const charge = charges.at(-1);
        if (!charge) return;
        const outcome = await counter.refund(charge.id, { points: given });
        expect(outcome.ok).toBe(given >= 1 && given <= charge.left);
        if (!outcome.ok) return;
        charge.left -= given;
        left += given;
      } else {
        const outcome = await counter.charge(scanId, { [what]: given });
        const cost = what === 'points' ? given : Math.ceil(given / 10);
        expect(outcome.ok).toBe(given >= 1 && cost <= left);
        if (!outcome.ok) return;
        charges.push({ id: outcome.value, left: cost });
        left -= cost;
        scanId = accepted(await counter.scan(ann));
      }
      expect(await counter.balance(ann)).toBe(left);
    }),
    { numRuns: 40 },
  );
  const stored = await findCharges(
    counter.deps.db.manager,
    charges.map(({ id }) => id),
  );
  for (const { id, left: of } of charges) expect(stored.get(id)!.points - stored.get(id)!.refunded).toBe(of);
  await expect(counter.deps).toHaveCoherentLedger();
});

test('a bill beyond its bounds is refused before anything is read of it, at the scan as at the charge', async () => {
  const counter = await aCounter();
  const [ann] = counter.memberIds as [string];
  const scanId = accepted(await counter.scan(ann));
  const code = await counter.cardCode(ann);
  for (const billFen of [-1, 0, 100_000_001, Number.MAX_SAFE_INTEGER]) {
    expect(await counter.scan(ann, { code, billFen })).toMatchObject(refused('BILL_OUT_OF_RANGE'));
    expect(await counter.charge(scanId, { billFen })).toMatchObject(refused('BILL_OUT_OF_RANGE'));
  }
  // The largest bill at the lowest price of a point would be more points than one charge may take.
  await counter.agree({ point_price_fen: 1 });
  expect(await counter.charge(scanId, { billFen: 100_000_000 })).toMatchObject(refused('POINTS_OUT_OF_RANGE'));
  accepted(await counter.scan(ann, { code }));
});
