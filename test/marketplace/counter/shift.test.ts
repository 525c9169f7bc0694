import { expect, test } from 'vitest';
import { timeCursor } from '../../../src/marketplace/counter/cursor.ts';
import { type ShiftLine, shiftLines } from '../../../src/marketplace/counter/shift-lines.ts';
import { shiftTotals, totalsCursor } from '../../../src/marketplace/counter/shift-totals.ts';
import { startOfDay } from '../../../src/platform/clock.ts';
import { accepted } from '../../support/market.ts';
import { walk } from '../support.ts';
import { aCounter, plansOf } from './world.ts';

const DAY = '2026-08-03';

/** A day at two outlets: vouchers, charges, a hold, a refund. */
async function aDay() {
  const counter = await aCounter({ memberCount: 2, earned: 10_000 });
  const { deps, merchantId, outletId, otherOutletId, colleague, cashier, owner } = counter;
  const [ann, bob] = counter.memberIds as [string, string];
  const elsewhere = await counter.staff('收银丙', 'cashier', otherOutletId);
  const offerId = await counter.offer({ price: 120 });
  const tick = () => deps.clock.advance({ seconds: 10 });
  const voucher = async (caller: typeof cashier) =>
    accepted(await counter.verify(accepted(await counter.buy(ann, offerId)), { caller }));
  const vouchers = [await voucher(cashier), await voucher(cashier)];
  tick();
  const charges = [await counter.pay(ann, 100), await counter.pay(bob, 200)];
  tick();
  const other = await counter.pay(bob, 50, elsewhere);
  const held = await counter.pay(ann, 900, colleague);
  tick();
  const refund = accepted(await counter.refund(charges[1]!, { points: 30, caller: owner }));
  accepted(await counter.undo(vouchers[1]!, cashier));
  const of = (outlet: string | null, day = DAY) => ({ merchantId, outletId: outlet, day });
  const lines = (outlet: string | null, day = DAY) =>
    shiftLines(deps.db.manager, of(outlet, day), { first: 50, after: undefined }, deps.clock.now());
  const totals = (outlet: string | null, day = DAY) =>
    shiftTotals(deps.db.manager, of(outlet, day), { first: 50, after: undefined });
  return { counter, outletId, otherOutletId, elsewhere, vouchers, charges, other, held, refund, of, lines, totals };
}

test('the list of a day has vouchers, charges and refunds, newest first, with what became of them', async () => {
  const { counter, outletId, vouchers, charges, other, held, refund, lines } = await aDay();
  const { items } = await lines(null);
  const short = ({ kind, id, points, chargeState }: ShiftLine) => [kind, id, points, chargeState];
  expect(items.map(short)).toEqual([
    ['refund', refund, 30, null],
    ['charge', held, 900, 'held'],
    ['charge', other, 50, 'posted'],
    ['charge', charges[1], 200, 'posted'],
    ['charge', charges[0], 100, 'posted'],
    ['voucher', vouchers[1], 120, null],
    ['voucher', vouchers[0], 120, null],
  ]);
  expect(items[0]).toMatchObject({ chargeId: charges[1], operatorId: counter.owner.operatorId, outletId });
  expect(items.slice(5).map((line) => [line.offerTitle, line.undoneAt !== null])).toEqual([
    ['奶茶', true],
    ['奶茶', false],
  ]);
  counter.deps.clock.advance({ minutes: 2 });
  expect((await lines(null)).items[1]).toMatchObject({ id: held, chargeState: 'lapsed' });
});

test('a list or totals of one outlet, another day or another merchant hold only what belongs there', async () => {
  const { counter, otherOutletId, other, of, lines, totals, elsewhere } = await aDay();
  expect((await lines(otherOutletId)).items.map((line) => line.id)).toEqual([other]);
  expect((await totals(otherOutletId)).items.map((one) => one.operatorId)).toEqual([elsewhere.operatorId]);
  for (const day of ['2026-08-02', '2026-08-04']) {
    expect([(await lines(null, day)).items, (await totals(null, day)).items]).toEqual([[], []]);
  }
  const stranger = { ...of(null), merchantId: elsewhere.operatorId };
  const page = { first: 50, after: undefined };
  expect((await shiftLines(counter.deps.db.manager, stranger, page, counter.deps.clock.now())).items).toEqual([]);
  expect((await shiftTotals(counter.deps.db.manager, stranger, page)).items).toEqual([]);
});

test('totals are those of each cashier at each outlet: what was undone or is held does not count, a refund is its own', async () => {
  const { counter, outletId, otherOutletId, elsewhere, totals } = await aDay();
  const nothing = { scans: 0, vouchers: 0, voucherPoints: 0, charges: 0, chargePoints: 0, refunds: 0, refundPoints: 0 };
  const of = (outlet: string, { operatorId }: { operatorId: string }, fields: object) => ({
    ...nothing,
    outletId: outlet,
    operatorId,
    ...fields,
  });
  const expected = [
    of(outletId, counter.cashier, { scans: 2, vouchers: 1, voucherPoints: 120, charges: 2, chargePoints: 300 }),
    of(outletId, counter.colleague, { scans: 1 }),
    of(outletId, counter.owner, { refunds: 1, refundPoints: 30 }),
    of(otherOutletId, elsewhere, { scans: 1, charges: 1, chargePoints: 50 }),
  ];
  const { items } = await totals(null);
  expect(items).toHaveLength(4);
  expect(items).toEqual(expect.arrayContaining(expected));
  const sum = items.reduce((all, one) => all + one.voucherPoints + one.chargePoints - one.refundPoints, 0);
  expect(sum).toBe(await counter.moved('merchant'));
  await expect(counter.deps).toHaveCoherentLedger();
});

test('both lists show each line once, page by page, while new lines come in', async () => {
  const { counter, of } = await aDay();
  const { db, clock } = counter.deps;
  const all = (await shiftLines(db.manager, of(null), { first: 50, after: undefined }, clock.now())).items;
  const seen = await walk(
    2,
    (page) => shiftLines(db.manager, of(null), page, clock.now()),
    timeCursor,
    async () => {
      clock.advance({ seconds: 1 });
      await counter.pay(counter.memberIds[1]!, 1);
    },
  );
  expect(seen).toEqual(all.map(timeCursor));
  const totals = (await shiftTotals(db.manager, of(null), { first: 50, after: undefined })).items;
  const walked = await walk(1, (page) => shiftTotals(db.manager, of(null), page), totalsCursor);
  expect(walked).toEqual(totals.map(totalsCursor));
  for (const after of ['nonsense', '9007199254740991-X', `-1-${counter.merchantId}`]) {
    expect((await shiftLines(db.manager, of(null), { first: 10, after }, clock.now())).items).toEqual([]);
  }
});

test.each(['merchant', 'outlet'] as const)(
  'a day is read by the index of the %s, and no table from its beginning',
  async (whose) => {
    const { counter, of, outletId } = await aDay();
    const { db, clock } = counter.deps;
    const asked = of(whose === 'merchant' ? null : outletId);
    // The page after this cursor is empty, so that only the statement which finds the lines reads these tables.
    const after = `${startOfDay(DAY).getTime()}-${counter.merchantId}`;
    const lists = await plansOf(counter.deps, ['verification', 'charge', 'charge_refund'], () =>
      shiftLines(db.manager, asked, { first: 20, after }, clock.now()),
    );
    expect(lists.map(({ key }) => key).sort()).toEqual(
      ['charge', 'charge_refund', 'verification'].map((table) => `${table}_of_${whose}`),
    );
    const totals = await plansOf(counter.deps, ['act'], () =>
      shiftTotals(db.manager, asked, { first: 20, after: undefined }),
    );
    expect(totals.map(({ key }) => key).sort()).toEqual(
      ['card_scan', 'charge', 'charge_refund', 'verification'].map((table) => `${table}_of_${whose}`),
    );
    expect([...lists, ...totals].filter(({ type }) => type === 'ALL' || type === 'index')).toEqual([]);
  },
);
