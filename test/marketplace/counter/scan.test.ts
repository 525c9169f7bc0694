import { expect, test } from 'vitest';
import { newId } from '../../../src/platform/ids.ts';
import { accepted, tally } from '../../support/market.ts';
import { rowsIn } from '../support.ts';
import { aCounter, refused } from './world.ts';

test('a scan records the use of the discount that is agreed, with the bill where it is given', async () => {
  const counter = await aCounter();
  const { deps, merchantId, outletId, programmeId, cashier, memberIds, cardOf } = counter;
  const [ann, bob] = memberIds as [string, string];
  await counter.agree({ discount: '全单九五折', discount_percent: 5 });
  const id = accepted(await counter.scan(ann, { billFen: 8890 }));
  await counter.agree({ discount_percent: null, discount: '送饮料一杯' });
  const second = accepted(await counter.scan(bob));
  const rows = await deps.db.query('SELECT * FROM card_scan ORDER BY id');
  expect(rows).toMatchObject([
    {
      id,
      programme_id: programmeId,
      merchant_id: merchantId,
      outlet_id: outletId,
      operator_id: cashier.operatorId,
      card_id: cardOf(ann),
      member_id: ann,
      discount: '全单九五折',
      discount_percent: 5,
      bill_fen: 8890,
      discount_given_fen: 444,
    },
    {
      id: second,
      member_id: bob,
      discount: '送饮料一杯',
      discount_percent: null,
      bill_fen: null,
      discount_given_fen: null,
    },
  ]);
});

test('the same request number gives the same scan for ever, and with other input it is refused', async () => {
  const counter = await aCounter();
  const [ann, bob] = counter.memberIds as [string, string];
  const code = await counter.cardCode(ann);
  const asked = { requestNumber: 'till-1-00042', code };
  const outcomes = await Promise.all([1, 2, 3, 4].map(() => counter.scan(ann, asked)));
  expect(new Set(outcomes.map(accepted)).size).toBe(1);
  counter.deps.clock.advance({ days: 400 });
  expect(await counter.scan(ann, { ...asked, caller: counter.colleague })).toEqual(outcomes[0]);
  const before = await counter.everything();
  for (const other of [{ billFen: 100 }, { code: await counter.cardCode(bob) }, { outletId: counter.otherOutletId }]) {
    expect(await counter.scan(ann, { ...asked, ...other })).toMatchObject(refused('REQUEST_NUMBER_REUSED'));
  }
  expect(await counter.scan(ann, { requestNumber: 'no good' })).toMatchObject(refused('REQUEST_NUMBER_MALFORMED'));
  expect(await counter.everything()).toEqual(before);
});

test('a code that twenty tills read at once is accepted once', async () => {
  const counter = await aCounter();
  const code = await counter.cardCode(counter.memberIds[0]!);
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => counter.scan('', { code })));
  expect(tally(outcomes)).toEqual({ accepted: 1, CARD_CODE_USED: 19 });
  expect(await rowsIn(counter.deps, 'card_scan')).toBe(1);
});

test('refuses expired, skewed, forged and replayed codes, and records nothing', async () => {
  const counter = await aCounter();
  const [ann] = counter.memberIds as [string];
  const code = await counter.cardCode(ann);
  accepted(await counter.scan(ann, { code }));
  const forged = `${code.slice(0, 20)}${code[20] === 'A' ? 'B' : 'A'}${code.slice(21)}`;
  const before = await counter.everything();
  expect(await counter.scan(ann, { code })).toMatchObject(refused('CARD_CODE_USED'));
  expect(await counter.scan(ann, { code: forged })).toMatchObject(refused('CARD_CODE_REFUSED'));
  expect(await counter.scan(ann, { code: await counter.cardCode(ann, 31) })).toMatchObject(refused('CLOCK_SKEW'));
  const late = await counter.cardCode(ann);
  counter.deps.clock.advance({ seconds: 61 });
  expect(await counter.scan(ann, { code: late })).toMatchObject(refused('CARD_CODE_EXPIRED'));
  expect(await counter.everything()).toEqual(before);
});

test('refuses outlets that are not the cashier’s, bills of nothing, a frozen member, a contract that has ended and a suspended merchant; the code stays good', async () => {
  const counter = await aCounter();
  const { deps, cashier, otherOutletId, memberIds, merchantId } = counter;
  const [ann] = memberIds as [string];
  const code = await counter.cardCode(ann);
  const before = await counter.everything();
  const elsewhere = { ...cashier, outletId: otherOutletId };
  const stranger = { ...cashier, merchantId: newId() };
  expect(await counter.scan(ann, { code, caller: elsewhere })).toMatchObject(refused('OUTLET_NOT_YOURS'));
  expect(await counter.scan(ann, { code, caller: stranger })).toMatchObject(refused('OUTLET_NOT_YOURS'));
  expect(await counter.scan(ann, { code, billFen: 0 })).toMatchObject(refused('BILL_OUT_OF_RANGE'));
  await deps.db.query("UPDATE member SET state = 'frozen' WHERE id = ?", [ann]);
  expect(await counter.scan(ann, { code })).toMatchObject(refused('MEMBER_NOT_ACTIVE'));
  await deps.db.query("UPDATE member SET state = 'active' WHERE id = ?", [ann]);
  await counter.agree({ until_day: '2026-08-02' });
  expect(await counter.scan(ann, { code })).toMatchObject(refused('CONTRACT_NOT_IN_FORCE'));
  await counter.agree({ until_day: '2026-08-03' });
  await deps.db.query("UPDATE merchant SET state = 'suspended' WHERE id = ?", [merchantId]);
  expect(await counter.scan(ann, { code })).toMatchObject(refused('MERCHANT_NOT_ACTIVE'));
  await deps.db.query("UPDATE merchant SET state = 'active' WHERE id = ?", [merchantId]);
  expect(await counter.everything()).toEqual(before);
  accepted(await counter.scan(ann, { code }));
});
