import { describe, expect, test } from 'vitest';
import { addStock } from '../../../src/marketplace/add-stock.ts';
import { changeOffer } from '../../../src/marketplace/change-offer.ts';
import { importCodes } from '../../../src/marketplace/code-pools/import-codes.ts';
import { createOffer } from '../../../src/marketplace/create-offer.ts';
import { lapseVouchers } from '../../../src/marketplace/lapse-vouchers.ts';
import { redeem } from '../../../src/marketplace/redeem.ts';
import { newId } from '../../../src/platform/ids.ts';
import { countQueries } from '../../support/count-queries.ts';
import { accepted, aMarket, tally } from '../../support/market.ts';
import { aCity, adminOf, aMerchant, audited, data, memberCaller, offerInput, refusal, rowsIn } from '../support.ts';

const batch = (from: number, count: number) => Array.from({ length: count }, (_, i) => `QR-${from + i}`);

/** A market with an offer whose codes the merchant brings. */
async function aPool({ memberCount = 2, codes = [] as string[] } = {}) {
  const market = await aMarket({ memberCount });
  const { deps, unionId } = market;
  const admin = adminOf(`/${unionId}/`);
  const offerId = await market.offer({ code_source: 'pool', lapse_policy: 'forfeit', stock: 0, price: 10 });
  const bring = (lines: readonly string[], key = newId(), by = admin) =>
    importCodes(deps, by, key, { offerId, codes: lines });
  if (codes.length > 0) accepted(await bring(codes));
  /** The merchant's own code of a redemption, as its member sees it. */
  const codeOf = async (memberId: string, redemptionId: string): Promise<string | null> =>
    (await data(deps, memberCaller(memberId), `{ voucher(id: "${redemptionId}") { merchantCode } }`)).voucher
      .merchantCode;
  return { ...market, admin, offerId, bring, codeOf };
}

describe('bringing codes', () => {
  test('adds a piece for each, all calls together or none of a call, and the audit trail tells how many', async () => {
    const { deps, bring, stock, offerId } = await aPool();
    accepted(await bring(batch(0, 500)));
    accepted(await bring(batch(500, 3)));
    expect(await stock(offerId)).toBe(503);
    const [{ least, most, n }] = await deps.db.query(
      'SELECT MIN(number) AS least, MAX(number) AS most, COUNT(*) AS n FROM offer_code',
    );
    expect([least, most, Number(n)]).toEqual([1, 503, 503]);
    expect(await audited(deps)).toEqual(['importOfferCodes', 'importOfferCodes']);
    const [record] = await deps.db.query('SELECT value_after FROM audit_record ORDER BY number');
    expect(JSON.parse(record.value_after)).toEqual({ imported: 500 });
  });

  test.each<[string, string[]]>([
    ['CODES_OUT_OF_RANGE at codes', []],
    ['CODES_OUT_OF_RANGE at codes', batch(100, 501)],
    ['CODE_MALFORMED at codes.1', ['A', '', 'B']],
    ['CODE_MALFORMED at codes.0', [' A']],
    ['CODE_MALFORMED at codes.0', ['A\nB']],
    ['CODE_MALFORMED at codes.0', ['长'.repeat(101)]],
    ['CODE_DUPLICATE at codes.2', ['A', 'B', 'A']],
    ['CODE_DUPLICATE at codes.1', ['A', 'QR-1']],
  ])('refuses %s with the line, and nothing is imported: case %#', async (expected, lines) => {
    const { deps, bring, stock, offerId } = await aPool({ codes: batch(0, 2) });
    expect(refusal(await bring(lines))).toBe(expected);
    expect(await stock(offerId)).toBe(2);
    expect(await rowsIn(deps, 'offer_code')).toBe(2);
  });

  test('takes the same code for another offer, and letters that differ in case for another code', async () => {
    const { deps, admin, bring, offer } = await aPool({ codes: ['abc'] });
    accepted(await bring(['ABC']));
    const other = await offer({ code_source: 'pool', lapse_policy: 'forfeit', stock: 0 });
    accepted(await importCodes(deps, admin, newId(), { offerId: other, codes: ['abc'] }));
    expect(await rowsIn(deps, 'offer_code')).toBe(3);
  });

  test('sent twice at once is done once; brought by ten at once, each code is in the pool once', async () => {
    const { deps, bring, stock, offerId } = await aPool();
    const same = await Promise.all(Array.from({ length: 4 }, () => bring(batch(0, 5), 'key-of-one-act')));
    expect(tally(same)).toEqual({ accepted: 4 });
    const rival = await Promise.all(Array.from({ length: 10 }, (_, i) => bring([...batch(5 + i, 1), 'HOT'])));
    expect(tally(rival)).toEqual({ accepted: 1, CODE_DUPLICATE: 9 });
    expect(await stock(offerId)).toBe(7);
    expect(await rowsIn(deps, 'offer_code')).toBe(7);
  });

  test('leaves no code to be read in the tables, the key records or the audit trail', async () => {
    const { deps } = await aPool({ codes: ['SECRET-0001'] });
    for (const table of ['offer_code', 'idempotency', 'audit_record']) {
      const rows = await deps.db.query(`SELECT * FROM ${table}`);
      expect(rows.length).toBeGreaterThan(0);
      for (const value of rows.flatMap((row: object) => Object.values(row)))
        expect(Buffer.from(Buffer.isBuffer(value) ? value : String(value)).includes('SECRET-0001')).toBe(false);
    }
  });

  test('is refused beside the branch, for an ended offer and for one whose codes are made here', async () => {
    const { deps, admin, bring, offer, offerId } = await aPool();
    expect(refusal(await bring(['A'], newId(), adminOf(`/${newId()}/`)))).toBe('OFFER_UNKNOWN at offerId');
    const made = await offer();
    expect(refusal(await importCodes(deps, admin, newId(), { offerId: made, codes: ['A'] }))).toBe(
      'NO_POOL at offerId',
    );
    expect(refusal(await addStock(deps, admin, newId(), { offerId, count: 1 }))).toBe('STOCK_OF_POOL at offerId');
    await deps.db.query("UPDATE offer SET state = 'ended' WHERE id = ?", [offerId]);
    expect(refusal(await bring(['A']))).toBe('OFFER_ENDED at offerId');
  });
});

describe('an offer with a pool', () => {
  test('begins with no stock and forfeits what is not used', async () => {
    const { deps, eastAdmin, eastProgrammeId: programmeId } = await aCity();
    const shop = await aMerchant(deps, eastAdmin, programmeId);
    const create = (fields: object) =>
      createOffer(deps, eastAdmin, newId(), offerInput({ ...shop, programmeId }, { codeSource: 'pool', ...fields }));
    expect(refusal(await create({ stock: 0 }))).toBe('POOL_FORFEITS at lapsePolicy');
    expect(refusal(await create({ lapsePolicy: 'forfeit' }))).toBe('STOCK_OF_POOL at stock');
    const offerId = accepted(await create({ stock: 0, lapsePolicy: 'forfeit' }));
    expect(refusal(await changeOffer(deps, eastAdmin, newId(), { offerId, lapsePolicy: 'refund' }))).toBe(
      'POOL_FORFEITS at lapsePolicy',
    );
  });

  test('gives each buyer the next code, which only she sees, and our own code is verified as ever', async () => {
    const { deps, buy, codeOf, memberIds, offerId, stock, verify, voucherState, moved } = await aPool({
      codes: ['第一', '第二', '第三'],
    });
    const [ann, bob] = memberIds as [string, string];
    const [one, two] = [accepted(await buy(ann, offerId)), accepted(await buy(bob, offerId))];
    expect([await codeOf(ann, one), await codeOf(bob, two)]).toEqual(['第一', '第二']);
    const stolen = await data(deps, memberCaller(bob), `{ voucher(id: "${one}") { merchantCode } }`);
    expect(stolen).toEqual({ voucher: null });
    expect(await stock(offerId)).toBe(1);
    accepted(await verify(one));
    expect(await voucherState(one)).toBe('used');
    expect(await moved('merchant')).toBe(10);
    await expect(deps).toHaveCoherentLedger();
  });

  test('is not given back once its code was shown, and lapses without a refund', async () => {
    const { deps, buy, cancel, memberIds, offerId, stock, balance, voucherState } = await aPool({ codes: ['A'] });
    const [ann] = memberIds as [string];
    const id = accepted(await buy(ann, offerId));
    expect(refusal(await cancel(ann, id))).toBe('VOUCHER_CODE_SHOWN');
    expect(await stock(offerId)).toBe(0);
    deps.clock.advance({ days: 31 });
    expect(await lapseVouchers(deps)).toBe(1);
    expect(await voucherState(id)).toBe('lapsed');
    expect(await balance(ann)).toBe(990);
    expect(refusal(await buy(ann, offerId))).toBe('SOLD_OUT');
    await expect(deps).toHaveCoherentLedger();
  });

  test('sells each code once to a crowd on two machines while more codes come in', async () => {
    const { deps, bring, memberIds, offerId, stock } = await aPool({ memberCount: 150, codes: batch(0, 40) });
    const machines = [deps, { ...deps }];
    const bought = memberIds.map((memberId, i) =>
      redeem(machines[i % 2]!, { actor: `member:${memberId}`, memberId, key: newId(), offerId }),
    );
    accepted(await bring(batch(40, 20)));
    const outcomes = tally(await Promise.all(bought));
    const sold = outcomes.accepted!;
    expect(sold).toBeGreaterThanOrEqual(40);
    expect(sold + (outcomes.SOLD_OUT ?? 0)).toBe(150);
    expect(await stock(offerId)).toBe(60 - sold);
    const codes = await deps.db.query('SELECT number FROM redemption_code ORDER BY number');
    expect(codes.map((row: { number: number }) => row.number)).toEqual(Array.from({ length: sold }, (_, i) => i + 1));
    await expect(deps).toHaveCoherentLedger();
  });

  test('costs a batch one statement, and two where tags are asked besides; others pay nothing', async () => {
    const { deps, buy, offer, memberIds, offerId } = await aPool({ codes: batch(0, 9) });
    const [ann, bob] = memberIds as [string, string];
    const plain = await offer({ price: 1 });
    const tagged = await offer({ price: 1, eligible_tags: '["劳模"]' });
    await deps.db.query("INSERT INTO member_tag (member_id, tag, created_at) VALUES (?, '劳模', NOW())", [bob]);
    for (const id of [ann, bob]) accepted(await buy(id, plain));
    const pair = (first: string, second: string) =>
      countQueries(deps.db, async () => {
        const outcomes = await Promise.all([buy(ann, first), buy(bob, second)]);
        expect(tally(outcomes)).toEqual({ accepted: 2 });
      });
    const other = await offer({ price: 1 });
    const base = await pair(plain, other);
    expect(await pair(offerId, plain)).toBe(base + 1);
    expect(await pair(offerId, tagged)).toBe(base + 2);
  });

  test('shows the codes of twenty vouchers in as many statements as of two', async () => {
    const { deps, buy, memberIds, offerId } = await aPool({ codes: batch(0, 20) });
    const [ann] = memberIds as [string];
    const LIST = '{ redemptions(first: 50) { nodes { voucher { code merchantCode } } } }';
    const look = () => data(deps, memberCaller(ann), LIST);
    for (let i = 0; i < 2; i++) accepted(await buy(ann, offerId));
    const few = await countQueries(deps.db, look);
    for (let i = 2; i < 20; i++) accepted(await buy(ann, offerId));
    expect(await countQueries(deps.db, look)).toBe(few);
    const seen = (await look()).redemptions.nodes.map((node: { voucher: object }) => node.voucher);
    expect(seen.map((voucher: { merchantCode: string }) => voucher.merchantCode)).toEqual(batch(0, 20).reverse());
  });

  test('is made and filled at the door', async () => {
    const { deps, admin, offerId } = await aPool();
    const call = (codes: string[]) =>
      data(
        deps,
        admin,
        `mutation ($codes: [String!]!) { importOfferCodes(key: "${newId()}", offerId: "${offerId}", codes: $codes) {
          ... on Offer { codeSource remaining } ... on Refusal { code at } } }`,
        { codes },
      );
    expect(await call(['A', 'B'])).toEqual({ importOfferCodes: { codeSource: 'POOL', remaining: 2 } });
    expect(await call(['C', 'B'])).toEqual({ importOfferCodes: { code: 'CODE_DUPLICATE', at: 'codes.1' } });
  });
});
