import { describe, expect, test } from 'vitest';
import { newId } from '../../src/platform/ids.ts';
import { countQueries } from '../support/count-queries.ts';
import { accepted, aMarket } from '../support/market.ts';
import { aCity, aMerchant, anOfferOnSale, ask, data, memberCaller, offerInput, statements } from './support.ts';

const OFFER = `id programmeId title description price saleFrom saleTo limitCount limitPeriod useUntil useDays lapsePolicy
  state remaining merchant { id name category } outlets { id name address }`;
const REDEMPTION = `id points redeemedAt offer { ${OFFER} } voucher { id code state validUntil redemption { id } }`;

describe('the member door', () => {
  const LIST = `query ($first: Int, $after: String) {
    offers(first: $first, after: $after) { nodes { ${OFFER} } pageInfo { hasNextPage endCursor } }
    redemptions(first: $first, after: $after) { nodes { ${REDEMPTION} } pageInfo { hasNextPage endCursor } }
  }`;

  test('shows offers and purchases with all that hangs on them in as many statements for twenty as for two', async () => {
    const market = await aMarket({ memberCount: 1, earned: 10_000 });
    const { deps } = market;
    const caller = memberCaller(market.memberIds[0]!);
    const fill = async (count: number) => {
      for (let i = 0; i < count; i++) accepted(await market.buy(caller.memberId, await market.offer({ price: 10 })));
    };
    await fill(2);
    const few = await countQueries(deps.db, () => data(deps, caller, LIST));
    await fill(18);
    const many = await countQueries(deps.db, () => data(deps, caller, LIST));
    expect(many).toBe(few);
    const { offers, redemptions } = await data(deps, caller, LIST);
    expect(offers.nodes).toHaveLength(20);
    expect(offers.nodes[0]).toMatchObject({ title: '奶茶', price: 10, remaining: 9, state: 'ON_SALE', useDays: 30 });
    expect(offers.nodes[0].merchant.category).toBe('DINING');
    expect(offers.nodes[0].outlets).toEqual([{ id: market.outletId, name: '一店', address: '甲路1号' }]);
    expect(redemptions.nodes).toHaveLength(20);
    const [latest] = redemptions.nodes;
    expect(latest).toMatchObject({
      points: 10,
      voucher: { id: latest.id, state: 'UNUSED', redemption: { id: latest.id } },
    });
    expect(latest.voucher.code).toBe(market.code(latest.id));
    expect(latest.offer.id).toBe(offers.nodes[0].id);
  });

  test('lists what the member can pay for, sorted by price, and refuses a page that cannot be', async () => {
    const market = await aMarket({ memberCount: 1, earned: 50 });
    const caller = memberCaller(market.memberIds[0]!);
    const prices = [100, 20, 50, 0, 51];
    for (const price of prices) await market.offer({ price, sale_to: '2027-12-31 00:00:00' });
    const query = 'query ($only: Boolean) { offers(affordable: $only, order: PRICE) { nodes { price } } }';
    const listed = async (only: boolean) =>
      (await data(market.deps, caller, query, { only })).offers.nodes.map((node: { price: number }) => node.price);
    expect(await listed(false)).toEqual([0, 20, 50, 51, 100]);
    expect(await listed(true)).toEqual([0, 20, 50]);
    market.deps.clock.advance({ days: 201 });
    expect(await listed(true)).toEqual([0]);
    const tooMany = await ask(market.deps, caller, '{ offers(first: 101) { nodes { id } } }');
    expect(tooMany.errors?.[0]?.extensions.code).toBe('BAD_PAGE');
  });

  test('knows no offer of another programme, no draft, and no voucher of another member', async () => {
    const { deps, eastAdmin, westAdmin, eastProgrammeId, westProgrammeId } = await aCity();
    const market = await aMarket({ memberCount: 2 });
    const [mine, others] = market.memberIds.map(memberCaller);
    const east = await aMerchant(deps, eastAdmin, eastProgrammeId, '东');
    const west = await aMerchant(deps, westAdmin, westProgrammeId, '西');
    const foreign = await anOfferOnSale(deps, westAdmin, offerInput({ ...west, programmeId: westProgrammeId }));
    await anOfferOnSale(deps, eastAdmin, offerInput({ ...east, programmeId: eastProgrammeId }));
    const [offer, draft] = [await market.offer(), await market.offer({ state: 'draft' })];
    const paused = await market.offer({ state: 'paused' });
    const redemption = accepted(await market.buy(mine!.memberId, offer));
    const look = (caller = mine!, id = offer) =>
      data(deps, caller, 'query ($id: Id!, $voucher: Id!) { offer(id: $id) { id } voucher(id: $voucher) { code } }', {
        id,
        voucher: redemption,
      });
    expect(await look()).toEqual({ offer: { id: offer }, voucher: { code: market.code(redemption) } });
    expect(await look(mine, paused)).toMatchObject({ offer: { id: paused } });
    for (const id of [foreign, draft, newId()]) expect(await look(mine, id)).toMatchObject({ offer: null });
    expect(await look(others)).toEqual({ offer: { id: offer }, voucher: null });
    const { offers } = await data(deps, mine!, '{ offers { nodes { id } } }');
    expect(offers.nodes).toEqual([{ id: offer }]);
  });

  const REDEEM = (fields: string) => `mutation ($key: String!, $offerId: Id!) {
    redeem(key: $key, offerId: $offerId) { __typename ... on Redemption { ${fields} } ... on Refusal { code message at } }
  }`;

  test('a purchase shows its code without one statement more than the purchase itself', async () => {
    const market = await aMarket({ memberCount: 2, earned: 1000 });
    const [one, other] = market.memberIds as [string, string];
    const { deps } = market;
    const offerId = await market.offer();
    // The first purchase of all makes accounts.
    for (const id of market.memberIds) accepted(await market.buy(id, offerId));
    const bare = await countQueries(deps.db, () => market.buy(one, offerId));
    const buy = (fields: string) =>
      countQueries(deps.db, () => data(deps, memberCaller(other), REDEEM(fields), { key: newId(), offerId }));
    expect(await buy('id voucher { id code }')).toBe(bare);
    expect(await buy('id voucher { code state validUntil }')).toBe(bare + 1);
    expect(await buy('id points redeemedAt voucher { code state validUntil }')).toBe(bare + 2);
    expect(await buy('points redeemedAt offer { title } voucher { validUntil }')).toBe(bare + 3);
  });

  test('what a crowd of purchases shows is read for all of them together', async () => {
    const market = await aMarket({ memberCount: 40, earned: 1000 });
    const { deps } = market;
    const offerId = await market.offer({ stock: 40 });
    const fields = 'points offer { title } voucher { code validUntil }';
    const sent = await statements(deps, () =>
      Promise.all(
        market.memberIds.map((id) => data(deps, memberCaller(id), REDEEM(fields), { key: newId(), offerId })),
      ),
    );
    const reads = (table: string) =>
      sent.filter((sql) => sql.startsWith('SELECT') && sql.includes(`FROM \`${table}\``));
    for (const table of ['redemption', 'offer', 'voucher']) {
      expect(reads(table).length).toBeGreaterThan(0);
      expect(reads(table).length).toBeLessThanOrEqual(3);
    }
    expect(await market.stock(offerId)).toBe(0);
  });

  test('a refusal says why, and cancelling gives the points back', async () => {
    const market = await aMarket({ memberCount: 1, earned: 100 });
    const caller = memberCaller(market.memberIds[0]!);
    const { deps } = market;
    const offerId = await market.offer();
    const buy = () => data(deps, caller, REDEEM('id'), { key: newId(), offerId });
    const { redeem } = await buy();
    expect(await buy()).toMatchObject({ redeem: { __typename: 'Refusal', code: 'NOT_ENOUGH_POINTS', at: null } });
    const cancel = `mutation ($key: String!, $id: Id!) { cancelVoucher(key: $key, redemptionId: $id) {
      ... on Redemption { voucher { state } } ... on Refusal { code } } }`;
    const first = await data(deps, caller, cancel, { key: newId(), id: redeem.id });
    expect(first.cancelVoucher).toEqual({ voucher: { state: 'CANCELLED' } });
    expect(await data(deps, caller, cancel, { key: newId(), id: redeem.id })).toEqual({
      cancelVoucher: { code: 'VOUCHER_CANCELLED' },
    });
    expect(await market.balance(caller.memberId)).toBe(100);
  });
});
