import { describe, expect, test } from 'vitest';
import { type ContractTerms, openTerms } from '../../../src/marketplace/contracts/contract-terms.ts';
import {
  contractCovers,
  contractOn,
  contractsOf,
  servedKey,
  settledBy,
} from '../../../src/marketplace/contracts/contracts.ts';
import { endContract } from '../../../src/marketplace/contracts/end-contract.ts';
import { signContract } from '../../../src/marketplace/contracts/sign-contract.ts';
import { joinProgramme } from '../../../src/marketplace/join-programme.ts';
import { addDays, startOfDay } from '../../../src/platform/clock.ts';
import { insertRows } from '../../../src/platform/db/sql.ts';
import { inTransaction } from '../../../src/platform/db/transaction.ts';
import { newId } from '../../../src/platform/ids.ts';
import { countQueries } from '../../support/count-queries.ts';
import { accepted } from '../../support/market.ts';
import { aCity, aMerchant, audited, refusal, rowsIn, statements } from '../support.ts';

const TODAY = '2026-08-03';

/** A merchant whose first contract ends with today, and a shorthand for signing more. */
async function aSigned() {
  const city = await aCity();
  const { deps, eastAdmin, eastProgrammeId: programmeId } = city;
  const { merchantId } = await aMerchant(deps, eastAdmin, programmeId);
  const pair = { programmeId, merchantId };
  const [first] = (await contractsOf(deps.db.manager, [pair])).get(servedKey(pair))!;
  const end = (contractId = first!.id, untilDay = TODAY, admin = eastAdmin) =>
    endContract(deps, admin, newId(), { contractId, untilDay, reason: '双方协商' });
  const sign = (terms: Partial<ContractTerms> = {}, admin = eastAdmin) =>
    signContract(deps, admin, newId(), { ...pair, contract: { ...openTerms(TODAY), ...terms } });
  const on = async (day: string) => (await contractOn(deps.db.manager, [pair], day)).get(servedKey(pair));
  return { ...city, ...pair, pair, first: first!, end, sign, on };
}

describe('a merchant that is added by one act', () => {
  test('is under contract from that day on without end, at the programme’s price of a point', async () => {
    const { first, on } = await aSigned();
    expect(first).toMatchObject({ fromDay: TODAY, untilDay: null, pointPriceFen: null, rateFen: 10 });
    expect(first).toMatchObject({ settlement: 'postpaid', discount: null, discountPercent: null, alertBelowFen: null });
    expect(await on(addDays(TODAY, -1))).toBeUndefined();
    expect((await on(TODAY))!.id).toBe(first.id);
    expect((await on('2099-12-31'))!.id).toBe(first.id);
  });

  test('has a contract of its own in each further programme', async () => {
    const { deps, cityAdmin, merchantId, westProgrammeId, pair } = await aSigned();
    const contract = { ...openTerms(TODAY), pointPriceFen: 8, discount: '九折', discountPercent: 10 };
    accepted(await joinProgramme(deps, cityAdmin, newId(), { merchantId, programmeId: westProgrammeId, contract }));
    const west = { programmeId: westProgrammeId, merchantId };
    const found = await contractOn(deps.db.manager, [pair, west], TODAY);
    expect([found.get(servedKey(pair))!.rateFen, found.get(servedKey(west))!.rateFen]).toEqual([10, 8]);
    expect(found.get(servedKey(west))!).toMatchObject({ discount: '九折', discountPercent: 10 });
  });
});

describe('contracts of one pair', () => {
  test('follow one another with their own terms and never cover one day twice', async () => {
    const { deps, pair, first, end, sign, on } = await aSigned();
    const next = addDays(TODAY, 1);
    expect(refusal(await sign({ fromDay: next }))).toBe('CONTRACT_OVERLAPS at contract.fromDay');
    accepted(await end());
    const second = accepted(
      await sign({ fromDay: next, untilDay: '2026-12-31', settlement: 'prepaid', alertBelowFen: 1_500_000_000 }),
    );
    const third = accepted(await sign({ fromDay: '2027-02-01', pointPriceFen: 9, number: '工会-2027-03' }));
    expect(refusal(await sign({ fromDay: '2026-12-31', untilDay: '2027-01-10' }))).toMatch('CONTRACT_OVERLAPS');
    expect(refusal(await sign({ fromDay: '2027-01-01', untilDay: '2027-02-01' }))).toMatch('CONTRACT_OVERLAPS');
    expect((await on(TODAY))!.id).toBe(first.id);
    expect(await on(next)).toMatchObject({ id: second, settlement: 'prepaid', alertBelowFen: 1_500_000_000 });
    expect(await on('2027-01-15')).toBeUndefined();
    expect(await on('2027-02-01')).toMatchObject({ id: third, number: '工会-2027-03', rateFen: 9 });
    const all = (await contractsOf(deps.db.manager, [pair])).get(servedKey(pair))!;
    expect(all.map(({ id }) => id)).toEqual([first.id, second, third]);
    const settling = ['2026-08-02', TODAY, '2027-01-15', '2027-02-01'].map((day) => settledBy(all, day)?.id);
    expect(settling).toEqual([undefined, first.id, second, third]);
  });

  test('signed by two admins at the same moment for the same days come down to one', async () => {
    const { deps, end, sign, cityAdmin, eastAdmin } = await aSigned();
    accepted(await end());
    const fromDay = addDays(TODAY, 1);
    const outcomes = await Promise.all(
      [cityAdmin, eastAdmin, cityAdmin, eastAdmin].map((admin, i) => sign({ fromDay: addDays(fromDay, i) }, admin)),
    );
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(outcomes.filter(({ ok }) => !ok).map(refusal)).toEqual(
      Array(3).fill('CONTRACT_OVERLAPS at contract.fromDay'),
    );
    expect(await rowsIn(deps, 'contract')).toBe(2);
  });
});

describe('ending a contract', () => {
  test('puts its last day earlier, never into the past and never later', async () => {
    const { deps, end, first, westAdmin, on } = await aSigned();
    expect(refusal(await end(first.id, TODAY, westAdmin))).toBe('CONTRACT_UNKNOWN at contractId');
    expect(refusal(await end(newId()))).toBe('CONTRACT_UNKNOWN at contractId');
    expect(refusal(await end(first.id, addDays(TODAY, -1)))).toBe('CONTRACT_END_IN_PAST at untilDay');
    accepted(await end(first.id, '2026-08-31'));
    expect(refusal(await end(first.id, '2026-09-01'))).toBe('CONTRACT_END_LATER at untilDay');
    accepted(await end(first.id, '2026-08-20'));
    expect(await on('2026-08-20')).toBeDefined();
    expect(await on('2026-08-21')).toBeUndefined();
    expect((await audited(deps)).filter((action) => action === 'endContract')).toHaveLength(2);
  });
});

test('a contract with terms that cannot be is refused with the place, and nothing is written', async () => {
  const { deps, end, sign, westAdmin, programmeId, merchantId, westProgrammeId, cityAdmin } = await aSigned();
  accepted(await end());
  const fromDay = addDays(TODAY, 1);
  accepted(await sign({ fromDay: '2030-01-01', number: '甲-1' }));
  const told = async (terms: Partial<ContractTerms>) => refusal(await sign({ fromDay, untilDay: fromDay, ...terms }));
  expect(await told({ untilDay: TODAY })).toBe('CONTRACT_DAYS at contract.untilDay');
  expect(await told({ fromDay: '1999-12-31' })).toBe('CONTRACT_DAYS at contract.fromDay');
  expect(await told({ number: ' 乙' })).toBe('TEXT_LENGTH at contract.number');
  expect(await told({ number: '甲-1' })).toBe('CONTRACT_NUMBER_TAKEN at contract.number');
  expect(await told({ discount: '折'.repeat(101) })).toBe('TEXT_LENGTH at contract.discount');
  expect(await told({ discountPercent: 10 })).toBe('DISCOUNT_WITHOUT_WORDS at contract.discount');
  for (const discountPercent of [0, 100, 9.5])
    expect(await told({ discount: '九折', discountPercent })).toBe('TERM_OUT_OF_RANGE at contract.discountPercent');
  expect(await told({ pointPriceFen: -1 })).toBe('TERM_OUT_OF_RANGE at contract.pointPriceFen');
  expect(await told({ pointPriceFen: 1.5 })).toBe('TERM_OUT_OF_RANGE at contract.pointPriceFen');
  expect(await told({ alertBelowFen: 1 })).toBe('ALERT_NOT_PREPAID at contract.alertBelowFen');
  expect(await told({ settlement: 'prepaid', alertBelowFen: -1 })).toBe('TERM_OUT_OF_RANGE at contract.alertBelowFen');
  expect(refusal(await sign({ fromDay }, westAdmin))).toBe('PROGRAMME_UNKNOWN at programmeId');
  const elsewhere = { programmeId: westProgrammeId, merchantId, contract: openTerms(TODAY) };
  expect(refusal(await signContract(deps, cityAdmin, newId(), elsewhere))).toBe('MERCHANT_NOT_SERVING at merchantId');
  const stranger = { programmeId, merchantId: newId(), contract: openTerms(TODAY) };
  expect(refusal(await signContract(deps, cityAdmin, newId(), stranger))).toBe('MERCHANT_UNKNOWN at merchantId');
  expect(await rowsIn(deps, 'contract')).toBe(2);
});

describe('asking for the contracts of a day', () => {
  test('takes one statement, however many pairs, and none for none', async () => {
    const { deps, pair } = await aSigned();
    const pairs = [pair, ...Array.from({ length: 20 }, () => ({ ...pair, merchantId: newId() }))];
    expect(await countQueries(deps.db, () => contractOn(deps.db.manager, pairs, TODAY))).toBe(1);
    expect(await countQueries(deps.db, () => contractOn(deps.db.manager, [], TODAY))).toBe(0);
    expect((await contractOn(deps.db.manager, pairs, TODAY)).size).toBe(1);
  });

  test('walks an index, also as a condition of other statements, never all contracts', async () => {
    const { deps, pair, programmeId } = await aSigned();
    const now = deps.clock.now();
    const ids = Array.from({ length: 1_000 }, newId);
    await inTransaction(deps.db, async (tx) => {
      const columns = ['id', 'name', 'category', 'state', 'created_at'];
      await insertRows(
        tx,
        'merchant',
        columns,
        ids.map((id) => [id, id, 'dining', 'active', now]),
      );
      await insertRows(
        tx,
        'programme_merchant',
        ['programme_id', 'merchant_id'],
        ids.map((id) => [programmeId, id]),
      );
      await insertRows(
        tx,
        'contract',
        ['id', 'programme_id', 'merchant_id', 'number', 'from_day', 'settlement', 'signed_by', 'signed_at'],
        ids.map((id) => [id, programmeId, id, id, TODAY, 'postpaid', 'system', now]),
      );
    });
    await deps.db.query('ANALYZE TABLE contract, programme_merchant, merchant');
    const pairs = [pair, ...ids.slice(0, 20).map((merchantId) => ({ programmeId, merchantId }))];
    const asked = await statements(deps, () => contractOn(deps.db.manager, pairs, TODAY));
    const { sql, values } = contractCovers('served.programme_id', 'served.merchant_id', now);
    const some = `SELECT merchant_id FROM programme_merchant served WHERE served.merchant_id IN (?) AND ${sql}`;
    const plans = [
      await deps.db.query(`EXPLAIN ${asked[0]}`, [pairs.map((one) => [one.programmeId, one.merchantId]), TODAY, TODAY]),
      await deps.db.query(`EXPLAIN ${some}`, [ids.slice(0, 20), ...values]),
    ];
    for (const plan of plans) {
      const step = plan.find(({ table }: { table: string }) => ['c', 'contract'].includes(table));
      expect(step.key).toMatch(/^contract_(period|of_merchant)$/);
      expect(step.type).toMatch(/^(range|ref)$/);
      expect(Number(step.rows)).toBeLessThan(100);
    }
  });

  test('says the same as the condition for other statements', async () => {
    const { deps, end } = await aSigned();
    accepted(await end());
    const covered = async (day: string) => {
      const { sql, values } = contractCovers('served.programme_id', 'served.merchant_id', startOfDay(day));
      return (await deps.db.query(`SELECT 1 FROM programme_merchant served WHERE ${sql}`, values)).length === 1;
    };
    const days = [-1, 0, 1].map((days) => addDays(TODAY, days));
    expect(await Promise.all(days.map(covered))).toEqual([false, true, false]);
  });
});
