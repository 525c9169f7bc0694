import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createOperator } from '../../../src/identity/create-operator.ts';
import { addMerchant } from '../../../src/marketplace/add-merchant.ts';
import { addOutlet } from '../../../src/marketplace/add-outlet.ts';
import { addStaff } from '../../../src/marketplace/add-staff.ts';
import { openTerms } from '../../../src/marketplace/contracts/contract-terms.ts';
import { declineApplication } from '../../../src/marketplace/merchants/decide-application.ts';
import { enterApplication } from '../../../src/marketplace/merchants/enter-application.ts';
import { inTransaction } from '../../../src/platform/db/transaction.ts';
import { newId } from '../../../src/platform/ids.ts';
import { startApi, type TestApi, tokenFor } from '../../support/api.ts';
import { codes } from '../../support/client.ts';
import { countQueries } from '../../support/count-queries.ts';
import { type TestDeps, testDeps } from '../../support/deps.ts';
import { members } from '../../support/ledger.ts';
import { accepted } from '../../support/market.ts';
import { aCity, aMerchant } from '../support.ts';

let api: TestApi;
let served: TestDeps;

beforeAll(async () => {
  served = await testDeps();
  api = await startApi(served);
});

afterAll(() => api.close());

type City = Awaited<ReturnType<typeof aCity>>;

/** The token of an admin of a union. */
async function adminToken(deps: TestDeps, unionId: string): Promise<string> {
  const person = { login: newId().toLowerCase(), name: '王干事', password: 'tea-house-42' };
  const now = deps.clock.now();
  const operatorId = accepted(
    await inTransaction(deps.db, (tx) => createOperator(tx, { door: 'admin', ...person }, now)),
  );
  await deps.db.query("INSERT INTO admin_role VALUES (?, ?, 'federation-admin')", [operatorId, unionId]);
  return tokenFor(deps, 'admin', operatorId);
}

/** The token of an owner of a merchant. */
async function ownerToken({ deps, eastAdmin }: City, merchantId: string): Promise<string> {
  const person = { login: newId().toLowerCase(), name: '店主', password: 'tea-house-42' };
  const staff = { merchantId, outletId: null, role: 'owner' as const, ...person };
  return tokenFor(deps, 'merchant', accepted(await addStaff(deps, eastAdmin, newId(), staff)));
}

const application = (programmeId: string) => ({
  programmeId,
  name: '悦来茶楼',
  category: 'dining' as const,
  legalName: '悦来餐饮有限公司',
  creditCode: '9144030071526726XG',
  note: null,
});

describe('the admin door', () => {
  test('takes a merchant from its application to a contract and its end', async () => {
    const { deps, eastId, eastProgrammeId: programme } = await aCity();
    const token = await adminToken(deps, eastId);
    const ask = async (query: string, variables: Record<string, unknown> = {}) => {
      const answer = await api.ask('admin', query, { token, variables: { programme, key: newId(), ...variables } });
      expect(answer.errors).toEqual([]);
      return answer.data;
    };
    const { enterMerchantApplication: entered } = await ask(
      `mutation ($key: String!, $programme: Id!) { enterMerchantApplication(key: $key, programmeId: $programme, name: "悦来茶楼",
        category: DINING, legalName: "悦来餐饮有限公司", creditCode: "9144 0300 7152 6726 xg", note: "老字号") {
        ... on Merchant { id state creditCode application { state note } } ... on Refusal { code } } }`,
    );
    expect(entered).toMatchObject({ state: 'APPLIED', creditCode: '9144030071526726XG' });
    expect(entered.application).toEqual({ state: 'WAITING', note: '老字号' });
    const queue = await ask(
      'query ($programme: Id!) { merchantApplications(programmeId: $programme) { nodes { merchant { id legalName } } } }',
    );
    expect(queue.merchantApplications.nodes).toEqual([{ merchant: { id: entered.id, legalName: '悦来餐饮有限公司' } }]);
    const merchant = entered.id;
    await ask(
      'mutation ($key: String!, $merchant: Id!) { approveMerchantApplication(key: $key, merchantId: $merchant) { ... on Merchant { state } } }',
      { merchant },
    );
    const { signContract: signed } = await ask(
      `mutation ($key: String!, $programme: Id!, $merchant: Id!) { signContract(key: $key, programmeId: $programme, merchantId: $merchant,
        contract: { fromDay: "2026-08-03", number: "甲-1", discount: "九折", discountPercent: 10, settlement: PREPAID, alertBelowFen: 100000 }) {
        ... on Contract { id number untilDay discountPercent settlement alertBelowFen } ... on Refusal { code at } } }`,
      { merchant },
    );
    expect(signed).toMatchObject({ number: '甲-1', untilDay: null, discountPercent: 10, settlement: 'PREPAID' });
    expect(signed.alertBelowFen).toBe(100_000);
    const { endContract: ended } = await ask(
      `mutation ($key: String!, $contract: Id!) { endContract(key: $key, contractId: $contract, untilDay: "2026-08-31", reason: "到期") {
        ... on Contract { untilDay endReason } ... on Refusal { code } } }`,
      { contract: signed.id },
    );
    expect(ended).toEqual({ untilDay: '2026-08-31', endReason: '到期' });
    const { contracts } = await ask(
      'query ($programme: Id!, $merchant: Id!) { contracts(programmeId: $programme, merchantId: $merchant) { nodes { id } } }',
      { merchant },
    );
    expect(contracts.nodes).toEqual([{ id: signed.id }]);
  });

  test('keeps the applications and contracts of one branch from another', async () => {
    const { deps, westId, eastAdmin, eastProgrammeId: programme } = await aCity();
    const merchant = accepted(await enterApplication(deps, eastAdmin, newId(), application(programme)));
    const token = await adminToken(deps, westId);
    const { data } = await api.ask(
      'admin',
      `query ($programme: Id!, $merchant: Id!) { merchantApplications(programmeId: $programme) { nodes { state } }
        contracts(programmeId: $programme, merchantId: $merchant) { nodes { id } } }`,
      { token, variables: { programme, merchant } },
    );
    expect([data.merchantApplications.nodes, data.contracts.nodes]).toEqual([[], []]);
  });
});

describe('the merchant door', () => {
  test('shows an owner why the application was declined, and nothing of the counter', async () => {
    const city = await aCity();
    const { deps, eastAdmin, eastProgrammeId } = city;
    const merchantId = accepted(await enterApplication(deps, eastAdmin, newId(), application(eastProgrammeId)));
    const token = await ownerToken(city, merchantId);
    accepted(await declineApplication(deps, eastAdmin, newId(), { merchantId, reason: '执照已过期' }));
    const { data, errors } = await api.ask('merchant', '{ merchant { name state application { state reason } } }', {
      token,
    });
    expect(errors).toEqual([]);
    expect(data.merchant).toEqual({
      name: '悦来茶楼',
      state: 'DECLINED',
      application: { state: 'DECLINED', reason: '执照已过期' },
    });
    expect(codes(await api.ask('merchant', '{ outlets { nodes { id } } }', { token }))).toEqual(['UNAUTHORIZED']);
  });

  test('shows an owner the contracts, and lets an owner look after the cashiers', async () => {
    const city = await aCity();
    const { deps, eastAdmin, eastProgrammeId: programmeId } = city;
    const contract = { ...openTerms('2026-08-03'), number: '甲-1', pointPriceFen: 8 };
    const merchantId = accepted(
      await addMerchant(deps, eastAdmin, newId(), { programmeId, name: '悦来', category: 'dining', contract }),
    );
    const token = await ownerToken(city, merchantId);
    const { data } = await api.ask('merchant', '{ contracts { nodes { programmeName number rateFen settlement } } }', {
      token,
    });
    expect(data.contracts.nodes).toEqual([
      { programmeName: '幸福账户', number: '甲-1', rateFen: 8, settlement: 'POSTPAID' },
    ]);
    const login = newId().toLowerCase();
    const added = await api.ask(
      'merchant',
      `mutation ($key: String!, $login: String!) { addCashier(key: $key, login: $login, name: "小李", password: "tea-house-42") {
        ... on Staff { id role login } ... on Refusal { code } } }`,
      { token, variables: { key: newId(), login } },
    );
    expect(added.data.addCashier).toMatchObject({ role: 'CASHIER', login });
    const cashierToken = await tokenFor(deps, 'merchant', added.data.addCashier.id);
    for (const query of ['{ contracts { nodes { id } } }', '{ staff { nodes { id } } }', '{ merchant { id } }'])
      expect(codes(await api.ask('merchant', query, { token: cashierToken }))).toEqual(['UNAUTHORIZED']);
    const disabled = await api.ask(
      'merchant',
      'mutation ($key: String!, $id: Id!) { disableCashier(key: $key, staffId: $id) { ... on Staff { disabledAt } } }',
      { token, variables: { key: newId(), id: added.data.addCashier.id } },
    );
    expect(disabled.data.disableCashier.disabledAt).toBe(deps.clock.now().toISOString());
  });
});

describe('opening hours', () => {
  const CHANGE = `mutation ($key: String!, $outlet: Id!, $hours: [OpeningHoursInput!]) {
    changeOutlet(key: $key, outletId: $outlet, hours: $hours) {
      ... on Outlet { id name hours { weekday opens closes } } ... on Refusal { code at } } }`;

  test('are changed by an owner at the merchant’s door, and not by a cashier', async () => {
    const city = await aCity();
    const { deps, eastAdmin, eastProgrammeId } = city;
    const { merchantId, outletId } = await aMerchant(deps, eastAdmin, eastProgrammeId);
    const token = await ownerToken(city, merchantId);
    const hours = [{ weekday: 7, opens: '10:00', closes: '24:00' }];
    const variables = { key: newId(), outlet: outletId, hours };
    const changed = await api.ask('merchant', CHANGE, { token, variables });
    expect(changed.data.changeOutlet).toEqual({ id: outletId, name: '总店', hours });
    const cashier = { merchantId, outletId, login: newId().toLowerCase(), name: '小李', password: 'tea-house-42' };
    const cashierId = accepted(await addStaff(deps, eastAdmin, newId(), { ...cashier, role: 'cashier' }));
    const cashierToken = await tokenFor(deps, 'merchant', cashierId);
    const asked = { token: cashierToken, variables: { ...variables, key: newId() } };
    expect(codes(await api.ask('merchant', CHANGE, asked))).toEqual(['UNAUTHORIZED']);
  });
});

describe('the member door', () => {
  const NEARBY = `{ nearbyOutlets(near: { latitude: 31.23, longitude: 121.47, metres: 3000 }, first: 50) {
    nodes { metres outlet { id name latitude longitude isOpenNow discounts discountPercent hours { weekday opens closes }
      merchant { name category } } } pageInfo { hasNextPage endCursor } } }`;

  test('shows outlets around with hours, open or not, and the discount, in as many statements for many as for few', async () => {
    const { deps, eastId, eastAdmin, westAdmin, eastProgrammeId, westProgrammeId } = await aCity();
    const [memberId] = (await members(deps.db, eastId, 1)) as [string];
    const token = await tokenFor(deps, 'member', memberId);
    const sign = async (name: string, programmeId = eastProgrammeId, admin = eastAdmin) => {
      const contract = { ...openTerms('2026-08-03'), discount: '九折', discountPercent: 10 };
      return accepted(await addMerchant(deps, admin, newId(), { programmeId, name, category: 'dining', contract }));
    };
    const open = async (merchantId: string, admin = eastAdmin) => {
      // The test's clock stands at ten o'clock of a Monday.
      const hours = [{ weekday: 1, opens: '09:00', closes: '10:00' }];
      const place = { latitude: 31.2305, longitude: 121.4705 };
      const shop = { merchantId, name: '总店', address: '人民路1号', place, hours };
      return accepted(await addOutlet(deps, admin, newId(), shop));
    };
    const shop = await open(await sign('悦来'));
    const foreign = await open(await sign('别区', westProgrammeId, westAdmin), westAdmin);
    const ask = () => api.ask('member', NEARBY, { token });
    const { data, errors } = await ask();
    expect(errors).toEqual([]);
    expect(data.nearbyOutlets.nodes).toEqual([
      {
        metres: 73,
        outlet: {
          id: shop,
          name: '总店',
          latitude: 31.2305,
          longitude: 121.4705,
          isOpenNow: false,
          discounts: ['九折'],
          discountPercent: 10,
          hours: [{ weekday: 1, opens: '09:00', closes: '10:00' }],
          merchant: { name: '悦来', category: 'DINING' },
        },
      },
    ]);
    served.clock.advance({ minutes: -30 });
    expect((await ask()).data.nearbyOutlets.nodes[0].outlet.isOpenNow).toBe(true);
    served.clock.advance({ minutes: 30 });
    const one = async (id: string) =>
      (await api.ask('member', 'query ($id: Id!) { outlet(id: $id) { name } }', { token, variables: { id } })).data
        .outlet;
    expect([await one(shop), await one(foreign), await one(newId())]).toEqual([{ name: '总店' }, null, null]);
    const few = await countQueries(deps.db, ask);
    for (let i = 0; i < 9; i++) await open(await sign(`商户${i}`));
    expect(await countQueries(deps.db, ask)).toBe(few);
    expect((await ask()).data.nearbyOutlets.nodes).toHaveLength(10);
  });

  test('refuses a place that is none', async () => {
    const { deps, eastId } = await aCity();
    const token = await tokenFor(deps, 'member', (await members(deps.db, eastId, 1))[0]!);
    for (const near of ['latitude: 91, longitude: 0, metres: 10', 'latitude: 31, longitude: 121, metres: 50001'])
      expect(
        codes(await api.ask('member', `{ nearbyOutlets(near: { ${near} }) { nodes { metres } } }`, { token })),
      ).toEqual(['BAD_SEARCH']);
  });
});
