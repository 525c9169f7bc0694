import { expect, test } from 'vitest';
import { newId } from '../../src/platform/ids.ts';
import { accepted, aMarket, tally } from '../support/market.ts';

const refusal = (code: string) => ({ ok: false, refusal: { code } });

async function aVoucher(fields = {}) {
  const market = await aMarket();
  const offerId = await market.offer({ price: 120, ...fields });
  const id = accepted(await market.buy(market.memberIds[0]!, offerId));
  return { market, offerId, id };
}

test('verification uses the voucher and moves its points to the merchant', async () => {
  const { market, id } = await aVoucher();
  accepted(await market.verify(id));
  expect(await market.voucherState(id)).toBe('used');
  expect([await market.moved('vouchers'), await market.moved('merchant')]).toEqual([0, 120]);
  await expect(market.deps).toHaveCoherentLedger();
});

test('the code may be typed as people type: small letters, blanks, no dashes', async () => {
  const { market, id } = await aVoucher();
  const code = market.code(id).toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l');
  accepted(await market.verify(id, { code }));
});

test('a retry with the same request number gets the first answer, a second request number is refused as used', async () => {
  const { market, id } = await aVoucher();
  const outcomes = await Promise.all([1, 2, 3].map(() => market.verify(id, { requestNumber: 'till-1-00042' })));
  expect(new Set(outcomes.map(accepted)).size).toBe(1);
  expect(await market.verify(id, { requestNumber: 'till-1-00043' })).toMatchObject(refusal('VOUCHER_USED'));
  expect(await market.moved('merchant')).toBe(120);
});

test('a request number that is ill-formed, or was used for another act of the firm, is refused as the counter refuses it', async () => {
  const { market, id } = await aVoucher();
  expect(await market.verify(id, { requestNumber: 'no good' })).toMatchObject(refusal('REQUEST_NUMBER_MALFORMED'));
  const verification = accepted(await market.verify(id, { requestNumber: 'till-1-00042' }));
  expect(await market.undo(verification, market.cashier, 'no good')).toMatchObject(refusal('REQUEST_NUMBER_MALFORMED'));
  const reused = refusal('REQUEST_NUMBER_REUSED');
  expect(await market.undo(verification, market.cashier, 'till-1-00042')).toMatchObject(reused);
  expect(await market.verify(id, { requestNumber: 'till-1-00042', code: 'another' })).toMatchObject(reused);
  expect(await market.voucherState(id)).toBe('used');
  const colleague = { ...market.cashier, operatorId: newId(), actor: `operator:${newId()}` };
  accepted(await market.undo(verification, market.cashier, 'till-1-00043'));
  expect(await market.undo(verification, colleague, 'till-1-00043')).toEqual({ ok: true, value: verification });
});

test('twenty cashiers with one voucher: one verification', async () => {
  const { market, id } = await aVoucher();
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => market.verify(id)));
  expect(tally(outcomes)).toEqual({ accepted: 1, VOUCHER_USED: 19 });
  expect(await market.moved('merchant')).toBe(120);
});

test('refuses a wrong outlet, an outlet that is not the cashier’s, another merchant’s voucher and a guessed code, and changes nothing', async () => {
  const { market, id } = await aVoucher();
  const { cashier, otherOutletId } = market;
  expect(await market.verify(id, { outletId: otherOutletId })).toMatchObject(refusal('WRONG_OUTLET'));
  expect(await market.verify(id, { caller: { ...cashier, outletId: otherOutletId } })).toMatchObject(
    refusal('OUTLET_NOT_YOURS'),
  );
  expect(await market.verify(id, { caller: { ...cashier, merchantId: newId() } })).toMatchObject(
    refusal('VOUCHER_UNKNOWN'),
  );
  expect(await market.verify(id, { code: 'ABCD-EFGH-JKMN' })).toMatchObject(refusal('VOUCHER_UNKNOWN'));
  expect(await market.voucherState(id)).toBe('unused');
  expect(await market.moved('merchant')).toBe(0);
});

test('refuses a cancelled and a lapsed voucher', async () => {
  const { market, offerId, id } = await aVoucher({ use_days: 1 });
  const [ann] = market.memberIds as [string];
  accepted(await market.cancel(ann, id));
  expect(await market.verify(id)).toMatchObject(refusal('VOUCHER_CANCELLED'));
  const second = accepted(await market.buy(ann, offerId));
  market.deps.clock.set('2026-08-03T16:00:00.000Z');
  expect(await market.verify(second)).toMatchObject(refusal('VOUCHER_LAPSED'));
});

test('a mistaken verification can be undone within the window, once, by its own merchant, and the voucher used again', async () => {
  const { market, id } = await aVoucher();
  const verification = accepted(await market.verify(id));
  expect(await market.undo(verification, { ...market.cashier, merchantId: newId() })).toMatchObject(
    refusal('VERIFICATION_UNKNOWN'),
  );
  const outcomes = await Promise.all([market.undo(verification), market.undo(verification)]);
  expect(tally(outcomes)).toEqual({ accepted: 1, VERIFICATION_UNDONE: 1 });
  expect([await market.moved('vouchers'), await market.moved('merchant')]).toEqual([120, 0]);
  accepted(await market.verify(id));
  expect(await market.moved('merchant')).toBe(120);
  await expect(market.deps).toHaveCoherentLedger();
});

test('after the window a verification stays', async () => {
  const { market, id } = await aVoucher();
  const verification = accepted(await market.verify(id));
  market.deps.clock.advance({ minutes: 10, seconds: 1 });
  expect(await market.undo(verification)).toMatchObject(refusal('UNDO_TOO_LATE'));
  expect(await market.voucherState(id)).toBe('used');
});

test('the database itself refuses a second active verification of a voucher', async () => {
  const { market, id } = await aVoucher();
  accepted(await market.verify(id));
  await expect(
    market.deps.db.query(
      `INSERT INTO verification (id, voucher_id, merchant_id, outlet_id, operator_id, request_number, verified_at)
       SELECT ?, voucher_id, merchant_id, outlet_id, operator_id, 'another', verified_at FROM verification`,
      [newId()],
    ),
  ).rejects.toThrow(/Duplicate entry.*verification_once/);
});
