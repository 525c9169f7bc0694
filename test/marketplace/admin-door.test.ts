import { describe, expect, test } from 'vitest';
import { newId } from '../../src/platform/ids.ts';
import { countQueries } from '../support/count-queries.ts';
import { accepted, aMarket } from '../support/market.ts';
import { aCity, adminOf, aMerchant, ask, data } from './support.ts';

describe('the admin door', () => {
  test('takes a merchant from contract to offer on sale', async () => {
    const { deps, eastAdmin, eastProgrammeId } = await aCity();
    const run = async (mutation: string, args: string, fields: string) => {
      const answer = await data(
        deps,
        eastAdmin,
        `mutation { ${mutation}(key: "${newId()}", ${args}) { __typename ... on Refusal { code at } ${fields} } }`,
      );
      return answer[mutation];
    };
    const merchant = await run(
      'addMerchant',
      `programmeId: "${eastProgrammeId}", name: "工会食堂", category: OWN_RESOURCES`,
      '... on Merchant { id name category state }',
    );
    expect(merchant).toMatchObject({ name: '工会食堂', category: 'OWN_RESOURCES', state: 'ACTIVE' });
    const outlet = await run(
      'addOutlet',
      `merchantId: "${merchant.id}", name: "一楼", address: "大楼内"`,
      '... on Outlet { id }',
    );
    const staff = await run(
      'addStaff',
      `merchantId: "${merchant.id}", outletId: "${outlet.id}", role: CASHIER, login: "ahua", name: "阿花", password: "canteen-2026"`,
      '... on Staff { id login name role outlet { name } disabledAt }',
    );
    expect(staff).toMatchObject({ login: 'ahua', name: '阿花', role: 'CASHIER', outlet: { name: '一楼' } });
    const terms = `programmeId: "${eastProgrammeId}", merchantId: "${merchant.id}", title: "午餐", description: "十五日免费午餐",
      price: 0, saleFrom: "2026-08-03T00:00:00+08:00", saleTo: "2026-08-16T00:00:00+08:00", useUntil: "2026-08-15",
      lapsePolicy: FORFEIT, stock: 500`;
    const offer = await run(
      'createOffer',
      `${terms}, outletIds: ["${outlet.id}"]`,
      '... on Offer { id state remaining useUntil }',
    );
    expect(offer).toMatchObject({ state: 'DRAFT', remaining: 500, useUntil: '2026-08-15' });
    const bad = await run('createOffer', `${terms}, outletIds: []`, '... on Offer { id }');
    expect(bad).toEqual({ __typename: 'Refusal', code: 'OUTLETS_OUT_OF_RANGE', at: 'outletIds' });
    const id = `offerId: "${offer.id}"`;
    const changed = await run(
      'changeOffer',
      `${id}, title: null, useUntil: null, useDays: 3, limitCount: 1`,
      '... on Offer { title useUntil useDays limitCount limitPeriod }',
    );
    expect(changed).toMatchObject({ title: '午餐', useUntil: null, useDays: 3, limitCount: 1, limitPeriod: 'EVER' });
    const view = '... on Offer { state remaining }';
    expect(await run('putOnSale', id, view)).toMatchObject({ state: 'ON_SALE' });
    expect(await run('addStock', `${id}, count: 20`, view)).toMatchObject({ remaining: 520 });
    expect(await run('pauseOffer', id, view)).toMatchObject({ state: 'PAUSED' });
    expect(await run('endOffer', id, view)).toMatchObject({ state: 'ENDED' });
    const shut = await run('disableStaff', `staffId: "${staff.id}"`, '... on Staff { disabledAt }');
    expect(shut.disabledAt).toBe('2026-08-03T02:00:00.000Z');
    const ended = await run(
      'setMerchantState',
      `merchantId: "${merchant.id}", state: ENDED`,
      '... on Merchant { state }',
    );
    expect(ended.state).toBe('ENDED');
    const joined = await run('joinProgramme', `merchantId: "${merchant.id}", programmeId: "${eastProgrammeId}"`, '');
    expect(joined.code).toBe('MERCHANT_NOT_ACTIVE');
  });

  const LISTS = `query ($programme: Id!, $merchant: Id!, $offer: Id!) {
    merchants(programmeId: $programme) { nodes { id name category state createdAt } }
    merchant(id: $merchant) { id }
    outlets(merchantId: $merchant) { nodes { id name address } }
    staff(merchantId: $merchant) { nodes { id login name role disabledAt outlet { id } } }
    offers(programmeId: $programme) { nodes { id state remaining merchant { name } outlets { name } } }
    offer(id: $offer) { id }
    redemptions(offerId: $offer) { nodes { id points redeemedAt memberName voucher { state validUntil } } }
  }`;

  test('lists a branch with masked names in as many statements for many rows as for few, and nothing of other branches', async () => {
    const market = await aMarket({ memberCount: 10, earned: 1000 });
    const { deps, merchantId: merchant, programmeId: programme } = market;
    const offer = await market.offer({ stock: 100 });
    const admin = adminOf(`/${market.unionId}/`);
    const fill = async (from: number, to: number) => {
      for (let i = from; i < to; i++) {
        accepted(await market.buy(market.memberIds[i]!, offer));
        await market.offer({ state: 'draft' });
        const shop = await aMerchant(deps, admin, programme, `商户${i}`);
        await deps.db.query('UPDATE outlet SET merchant_id = ?, name = ? WHERE id = ?', [
          merchant,
          `${i}店`,
          shop.outletId,
        ]);
        const operator = newId();
        await deps.db.query(
          "INSERT INTO operator (id, door, login, name, password_hash, created_at) VALUES (?, 'merchant', ?, '小李', 'x', NOW())",
          [operator, operator.toLowerCase()],
        );
        await deps.db.query('INSERT INTO merchant_staff VALUES (?, ?, ?, ?)', [
          operator,
          merchant,
          shop.outletId,
          'cashier',
        ]);
      }
    };
    const variables = { programme, merchant, offer };
    await fill(0, 2);
    const few = await countQueries(deps.db, () => data(deps, admin, LISTS, variables));
    await fill(2, 10);
    expect(await countQueries(deps.db, () => data(deps, admin, LISTS, variables))).toBe(few);
    const mine = await data(deps, admin, LISTS, variables);
    for (const list of ['merchants', 'outlets', 'offers']) expect(mine[list].nodes.length).toBeGreaterThan(10);
    for (const list of ['staff', 'redemptions']) expect(mine[list].nodes).toHaveLength(10);
    expect(mine.redemptions.nodes[0]).toMatchObject({ memberName: '测*员', points: 100, voucher: { state: 'UNUSED' } });
    const none = { nodes: [] };
    const nothing = {
      merchants: none,
      merchant: null,
      outlets: none,
      staff: none,
      offers: none,
      offer: null,
      redemptions: none,
    };
    expect(await data(deps, adminOf(`/${newId()}/`), LISTS, variables)).toEqual(nothing);
    expect(await data(deps, admin, LISTS, { programme: newId(), merchant: newId(), offer: newId() })).toEqual(nothing);
  });

  test('shows nothing to who lacks the permission', async () => {
    const { deps, eastProgrammeId, eastId, cityId } = await aCity();
    const clerk = adminOf(`/${cityId}/${eastId}/`, ['members:read']);
    const answer = await ask(deps, clerk, `{ merchants(programmeId: "${eastProgrammeId}") { nodes { id } } }`);
    expect(answer.errors).toHaveLength(1);
  });
});
