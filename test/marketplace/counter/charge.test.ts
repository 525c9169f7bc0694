import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newId } from '../../../src/platform/ids.ts';
import { accepted, tally } from '../../support/market.ts';
import { statements } from '../support.ts';
import { aCounter, refused } from './world.ts';

test('a charge moves the points to the merchant and remembers the rate', async () => {
  const counter = await aCounter();
  const { deps, memberIds, balance, moved } = counter;
  const [ann] = memberIds as [string];
  const id = accepted(await counter.charge(accepted(await counter.scan(ann)), { points: 120 }));
  const [row] = await deps.db.query('SELECT * FROM charge');
  expect(row).toMatchObject({ id, points: 120, bill_fen: null, rate_fen: 10, state: 'posted', refunded: 0 });
  const [transfer] = await deps.db.query('SELECT id, kind, cause_id FROM transfer ORDER BY id DESC LIMIT 1');
  expect(transfer).toEqual({ id: row.transfer_id, kind: 'charge', cause_id: id });
  expect([await balance(ann), await moved('merchant')]).toEqual([880, 120]);
  await expect(deps).toHaveCoherentLedger();
});

test('a bill is charged in the fewest whole points that are worth it, at the merchant’s own rate', async () => {
  const counter = await aCounter({ memberCount: 1, earned: 1_000_000 });
  const [ann] = counter.memberIds as [string];
  await counter.limit(ann, 1_000_000);
  const bills = fc.record({ billFen: fc.integer({ min: 1, max: 50_000 }), rate: fc.integer({ min: 1, max: 150 }) });
  await fc.assert(
    fc.asyncProperty(bills, async ({ billFen, rate }) => {
      await counter.agree({ point_price_fen: rate });
      const id = accepted(await counter.charge(accepted(await counter.scan(ann)), { billFen }));
      const { points, state } = await counter.stored(id);
      expect(state).toBe('posted');
      expect(points * rate).toBeGreaterThanOrEqual(billFen);
      expect((points - 1) * rate).toBeLessThan(billFen);
    }),
    {
      numRuns: 20,
      examples: [[{ billFen: 100, rate: 10 }], [{ billFen: 101, rate: 10 }], [{ billFen: 1, rate: 150 }]],
    },
  );
  await expect(counter.deps).toHaveCoherentLedger();
});

test('asks for either points or a bill, within bounds, and for a rate where there is a bill', async () => {
  const counter = await aCounter();
  const scanId = accepted(await counter.scan(counter.memberIds[0]!));
  const before = await counter.everything();
  const ask = (asked: { points?: number; billFen?: number }) => counter.charge(scanId, asked);
  expect(await ask({})).toMatchObject(refused('AMOUNT_UNCLEAR'));
  expect(await ask({ points: 1, billFen: 10 })).toMatchObject(refused('AMOUNT_UNCLEAR'));
  expect(await ask({ points: 0 })).toMatchObject(refused('POINTS_OUT_OF_RANGE'));
  expect(await ask({ points: -5 })).toMatchObject(refused('POINTS_OUT_OF_RANGE'));
  expect(await ask({ points: 10_000_001 })).toMatchObject(refused('POINTS_OUT_OF_RANGE'));
  expect(await ask({ billFen: 0 })).toMatchObject(refused('BILL_OUT_OF_RANGE'));
  expect(await ask({ billFen: 100_000_001 })).toMatchObject(refused('BILL_OUT_OF_RANGE'));
  await counter.agree({ point_price_fen: 0 });
  expect(await ask({ billFen: 100 })).toMatchObject(refused('RATE_MISSING'));
  expect(await counter.everything()).toEqual(before);
});

test('a card that was reported lost after it was scanned pays nothing', async () => {
  const counter = await aCounter();
  const scanId = accepted(await counter.scan(counter.memberIds[0]!));
  await counter.deps.db.query("UPDATE card SET state = 'lost'");
  const before = await counter.everything();
  expect(await counter.charge(scanId, { points: 10 })).toMatchObject(refused('CARD_NOT_ACTIVE'));
  expect(await counter.everything()).toEqual(before);
});

test('needs a scan of the same merchant and outlet that is at most five minutes old and not used', async () => {
  const counter = await aCounter();
  const { deps, cashier, colleague, otherOutletId, outletId, memberIds } = counter;
  const [ann, bob] = memberIds as [string, string];
  const scanId = accepted(await counter.scan(ann));
  const old = accepted(await counter.scan(bob));
  const before = await counter.everything();
  const by = (caller: typeof cashier) => counter.charge(scanId, { points: 10, caller });
  expect(await by({ ...cashier, merchantId: newId() })).toMatchObject(refused('SCAN_UNKNOWN'));
  expect(await by({ ...cashier, outletId: otherOutletId })).toMatchObject(refused('SCAN_UNKNOWN'));
  expect(await counter.charge(newId())).toMatchObject(refused('SCAN_UNKNOWN'));
  deps.clock.advance({ minutes: 5 });
  expect(await counter.everything()).toEqual(before);
  accepted(await by({ ...colleague, outletId }));
  expect(await by(cashier)).toMatchObject(refused('SCAN_USED'));
  deps.clock.advance({ seconds: 1 });
  expect(await counter.charge(old)).toMatchObject(refused('SCAN_TOO_OLD'));
  expect([await counter.balance(ann), await counter.balance(bob)]).toEqual([990, 1000]);
  await expect(deps).toHaveCoherentLedger();
});

test('a card that was shown once pays once, however many tills charge it at the same time', async () => {
  const counter = await aCounter();
  const [ann] = counter.memberIds as [string];
  const scanId = accepted(await counter.scan(ann));
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => counter.charge(scanId)));
  expect(tally(outcomes)).toEqual({ accepted: 1, SCAN_USED: 19 });
  expect(await counter.balance(ann)).toBe(900);
  await expect(counter.deps).toHaveCoherentLedger();
});

test('the same request number gives the same charge for ever, and with other input it is refused', async () => {
  const counter = await aCounter();
  const [ann, bob] = counter.memberIds as [string, string];
  const scanId = accepted(await counter.scan(ann));
  const asked = { points: 70, requestNumber: 'till-1-00042' };
  const outcomes = await Promise.all([1, 2, 3, 4].map(() => counter.charge(scanId, asked)));
  expect(new Set(outcomes.map(accepted)).size).toBe(1);
  counter.deps.clock.advance({ days: 400 });
  expect(await counter.charge(scanId, { ...asked, caller: counter.owner })).toEqual(outcomes[0]);
  expect(await counter.charge(scanId, { ...asked, points: 71 })).toMatchObject(refused('REQUEST_NUMBER_REUSED'));
  const other = accepted(await counter.scan(bob));
  expect(await counter.charge(other, asked)).toMatchObject(refused('REQUEST_NUMBER_REUSED'));
  expect(await counter.charge(other, { points: 1, requestNumber: '?' })).toMatchObject(
    refused('REQUEST_NUMBER_MALFORMED'),
  );
  expect([await counter.moved('merchant'), await counter.balance(bob)]).toEqual([70, 1000]);
});

test('a frozen member, a contract that has ended and a suspended merchant are refused, and nothing changes', async () => {
  const counter = await aCounter();
  const { deps, memberIds, merchantId } = counter;
  const [ann] = memberIds as [string];
  const scanId = accepted(await counter.scan(ann));
  const before = await counter.everything();
  await deps.db.query("UPDATE member SET state = 'frozen' WHERE id = ?", [ann]);
  expect(await counter.charge(scanId)).toMatchObject(refused('MEMBER_NOT_ACTIVE'));
  await deps.db.query("UPDATE member SET state = 'active' WHERE id = ?", [ann]);
  await counter.agree({ until_day: '2026-08-02' });
  expect(await counter.charge(scanId)).toMatchObject(refused('CONTRACT_NOT_IN_FORCE'));
  await counter.agree({ until_day: null });
  await deps.db.query("UPDATE merchant SET state = 'suspended' WHERE id = ?", [merchantId]);
  expect(await counter.charge(scanId)).toMatchObject(refused('MERCHANT_NOT_ACTIVE'));
  expect(await counter.everything()).toEqual(before);
  await expect(deps).toHaveCoherentLedger();
});

test('a member without the points is refused in words that do not say what she has, and a smaller charge goes through', async () => {
  const counter = await aCounter({ memberCount: 1, earned: 137 });
  const [ann] = counter.memberIds as [string];
  const scanId = accepted(await counter.scan(ann));
  for (const points of [138, 5000]) {
    const outcome = await counter.charge(scanId, { points });
    expect(outcome).toMatchObject(refused('NOT_ENOUGH_POINTS'));
    expect(JSON.stringify(outcome)).not.toContain('137');
  }
  accepted(await counter.charge(scanId, { points: 137 }));
  expect(await counter.balance(ann)).toBe(0);
  await expect(counter.deps).toHaveCoherentLedger();
});

test('fifty charges of one member at once spend exactly what is there', async () => {
  const counter = await aCounter({ memberCount: 1, earned: 1000 });
  const [ann] = counter.memberIds as [string];
  const scans: string[] = [];
  for (let i = 0; i < 50; i++) scans.push(accepted(await counter.scan(ann)));
  const outcomes = await Promise.all(scans.map((scanId) => counter.charge(scanId, { points: 30 })));
  expect(tally(outcomes)).toEqual({ accepted: 33, NOT_ENOUGH_POINTS: 17 });
  expect([await counter.balance(ann), await counter.moved('merchant')]).toEqual([10, 990]);
  await expect(counter.deps).toHaveCoherentLedger();
}, 30_000);

test('a batch takes the same statements for thirty charges as for two, held ones among them', async () => {
  const counter = await aCounter({ memberCount: 32 });
  const chargeOf = async (memberIds: string[]) => {
    const scans: string[] = [];
    for (const memberId of memberIds) scans.push(accepted(await counter.scan(memberId)));
    const amount = (i: number) => (i % 2 === 0 ? 100 : 600);
    return statements(counter.deps, () =>
      Promise.all(scans.map((scanId, i) => counter.charge(scanId, { points: amount(i) }))),
    );
  };
  accepted(await counter.charge(accepted(await counter.scan(counter.memberIds[0]!))));
  const few = await chargeOf(counter.memberIds.slice(0, 2));
  const many = await chargeOf(counter.memberIds.slice(2, 32));
  expect(many).toEqual(few.map(() => expect.any(String)));
  await expect(counter.deps).toHaveCoherentLedger();
});
