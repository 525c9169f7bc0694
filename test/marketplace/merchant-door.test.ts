import { describe, expect, test } from 'vitest';
import type { StaffCaller } from '../../src/identity/caller.ts';
import { outcomeAnswer } from '../../src/identity/graphql/views.ts';
import { createLimits } from '../../src/identity/limits.ts';
import { staffPermissions } from '../../src/identity/roles.ts';
import { newId } from '../../src/platform/ids.ts';
import { countQueries } from '../support/count-queries.ts';
import { accepted, aMarket } from '../support/market.ts';
import { contextOf, data, rowsIn } from './support.ts';

type Market = Awaited<ReturnType<typeof aMarket>>;

const cashierOf = (market: Market, fields: Partial<StaffCaller> = {}): StaffCaller => ({
  ...market.cashier,
  permissions: staffPermissions('cashier'),
  ...fields,
});

describe('the merchant door', () => {
  const VERIFY = `mutation ($n: String!, $outlet: Id!, $code: String!) {
    verifyVoucher(requestNumber: $n, outletId: $outlet, code: $code) {
      ... on Verification { id offerTitle points verifiedAt memberName undoUntil undoneAt outlet { name } }
      ... on Refusal { code message }
    } }`;
  const LISTS = `query ($day: Day!, $outlet: Id) {
    outlets { nodes { id name address } }
    verifications(day: $day, outletId: $outlet) { nodes { id offerTitle memberName points undoneAt outlet { name } } }
    counter(day: $day, outletId: $outlet) { count points }
  }`;

  test('uses a voucher, shows whose it is by a masked name, and takes it back', async () => {
    const market = await aMarket();
    const { deps } = market;
    const staff = cashierOf(market);
    const redemption = accepted(await market.buy(market.memberIds[0]!, await market.offer()));
    const input = { n: 'POS-000001', outlet: market.outletId, code: market.code(redemption).toLowerCase() };
    const { verifyVoucher } = await data(deps, staff, VERIFY, input);
    expect(verifyVoucher).toMatchObject({
      offerTitle: '奶茶',
      points: 100,
      verifiedAt: '2026-08-03T02:00:00.000Z',
      memberName: '测*员',
      undoUntil: '2026-08-03T02:10:00.000Z',
      undoneAt: null,
      outlet: { name: '一店' },
    });
    expect(await data(deps, staff, VERIFY, input)).toEqual({ verifyVoucher });
    const undo = `mutation ($n: String!, $id: Id!) { undoVerification(requestNumber: $n, verificationId: $id) {
      ... on Verification { id undoneAt } ... on Refusal { code } } }`;
    const variables = { n: newId(), id: verifyVoucher.id };
    expect((await data(deps, staff, undo, variables)).undoVerification.undoneAt).toBe('2026-08-03T02:00:00.000Z');
    expect(await market.voucherState(redemption)).toBe('unused');
    const again = await data(deps, staff, undo, { ...variables, n: newId() });
    expect(again.undoVerification).toEqual({ code: 'VERIFICATION_UNDONE' });
  });

  test('tells any till of the merchant what became of a request number, and nobody else', async () => {
    const market = await aMarket();
    const { deps } = market;
    const redemption = accepted(await market.buy(market.memberIds[0]!, await market.offer()));
    const verification = accepted(await market.verify(redemption, { requestNumber: 'POS-000007' }));
    const ask = (caller: StaffCaller) => outcomeAnswer(contextOf(deps, caller), 'POS-000007');
    const answer = { accepted: true, id: verification, operation: 'verifyVoucher' };
    expect(await ask(cashierOf(market, { operatorId: newId(), actor: `operator:${newId()}` }))).toMatchObject(answer);
    const stranger = cashierOf(market, { merchantId: newId(), operatorId: newId(), actor: `operator:${newId()}` });
    expect(await ask(stranger)).toBeNull();
  });

  test('lists a day in as many statements for twelve as for two, and only the own outlet to who works at one', async () => {
    const market = await aMarket({ memberCount: 1, earned: 10_000 });
    const { deps } = market;
    const offerId = await market.offer({ stock: 100 });
    const use = async (count: number) => {
      for (let i = 0; i < count; i++)
        accepted(await market.verify(accepted(await market.buy(market.memberIds[0]!, offerId))));
    };
    const day = '2026-08-03';
    await use(2);
    const few = await countQueries(deps.db, () => data(deps, cashierOf(market), LISTS, { day }));
    await use(10);
    expect(await countQueries(deps.db, () => data(deps, cashierOf(market), LISTS, { day }))).toBe(few);
    const all = await data(deps, cashierOf(market), LISTS, { day });
    expect(all.counter).toEqual({ count: 12, points: 1200 });
    expect(all.verifications.nodes).toHaveLength(12);
    expect(all.outlets.nodes.map((outlet: { name: string }) => outlet.name)).toEqual(['一店', '二店']);
    const elsewhere = cashierOf(market, { outletId: market.otherOutletId });
    const nothing = { verifications: { nodes: [] }, counter: { count: 0, points: 0 } };
    const own = await data(deps, elsewhere, LISTS, { day });
    expect(own).toMatchObject(nothing);
    expect(own.outlets.nodes).toHaveLength(1);
    expect(await data(deps, elsewhere, LISTS, { day, outlet: market.outletId })).toMatchObject(nothing);
    const stranger = cashierOf(market, { merchantId: newId() });
    const theirs = await data(deps, stranger, LISTS, { day, outlet: market.outletId });
    expect(theirs).toMatchObject({ ...nothing, outlets: { nodes: [] } });
  });

  test('stops an operator after twenty codes that do not exist, whatever code comes next, and no other merchant', async () => {
    const market = await aMarket({ memberCount: 1, earned: 1000 });
    const { deps } = market;
    const limits = createLimits(undefined);
    const redemption = accepted(await market.buy(market.memberIds[0]!, await market.offer()));
    const guess = async (staff: StaffCaller, code = 'AAAA-AAAA-AAAA') => {
      const input = { n: newId(), outlet: market.outletId, code };
      return (await data(deps, staff, VERIFY, input, limits)).verifyVoucher;
    };
    const staff = cashierOf(market);
    for (let i = 0; i < 20; i++) expect((await guess(staff)).code).toBe('VOUCHER_UNKNOWN');
    const stopped = await guess(staff, market.code(redemption));
    expect(stopped.code).toBe('TOO_MANY_ATTEMPTS');
    expect(stopped.message).toMatch(/try again in \d+ seconds/);
    expect(await market.voucherState(redemption)).toBe('unused');
    const stranger = cashierOf(market, { operatorId: newId(), merchantId: newId() });
    expect((await guess(stranger)).code).toBe('VOUCHER_UNKNOWN');
  });

  test('stops all staff of a merchant together, so that many accounts guess no faster', async () => {
    const market = await aMarket();
    const limits = createLimits(undefined);
    const codes = [];
    for (let i = 0; i < 201; i++) {
      const staff = cashierOf(market, { operatorId: newId() });
      const input = { n: newId(), outlet: market.outletId, code: 'AAAA-AAAA-AAAA' };
      codes.push((await data(market.deps, staff, VERIFY, input, limits)).verifyVoucher.code);
    }
    expect(codes.filter((code) => code === 'VOUCHER_UNKNOWN')).toHaveLength(200);
    expect(codes.at(-1)).toBe('TOO_MANY_ATTEMPTS');
  });

  test('never stops a busy counter: right codes and known vouchers do not count, however many at once', async () => {
    const market = await aMarket({ memberCount: 1, earned: 10_000 });
    const { deps } = market;
    const limits = createLimits(undefined);
    const offerId = await market.offer({ stock: 60, price: 1 });
    const codes = [];
    for (let i = 0; i < 30; i++) codes.push(market.code(accepted(await market.buy(market.memberIds[0]!, offerId))));
    const verify = (code: string) =>
      data(deps, cashierOf(market), VERIFY, { n: newId(), outlet: market.outletId, code }, limits);
    const first = await Promise.all(codes.map(verify));
    expect(first.filter((answer) => answer.verifyVoucher.offerTitle === '奶茶')).toHaveLength(30);
    const second = await Promise.all(codes.map(verify));
    expect(second.filter((answer) => answer.verifyVoucher.code === 'VOUCHER_USED')).toHaveLength(30);
    expect(await rowsIn(deps, 'verification')).toBe(30);
  });
});
