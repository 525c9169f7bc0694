import { afterAll, beforeAll, expect, test } from 'vitest';
import { addStaff } from '../../src/marketplace/add-staff.ts';
import { disableStaff } from '../../src/marketplace/disable-staff.ts';
import { setMerchantState } from '../../src/marketplace/set-merchant-state.ts';
import { newId } from '../../src/platform/ids.ts';
import { startApi, type TestApi, tokenFor } from '../support/api.ts';
import { type Answer, codes } from '../support/client.ts';
import { testDeps } from '../support/deps.ts';
import { accepted, aMarket } from '../support/market.ts';
import { adminOf, rowsIn } from './support.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startApi(await testDeps());
});

afterAll(() => api.close());

/** A cashier who has signed in, and how he sends a voucher's code. */
async function aCashierAtWork() {
  const market = await aMarket();
  const { deps, merchantId, outletId } = market;
  const admin = adminOf(`/${market.unionId}/`);
  const person = { login: `cashier-${newId().toLowerCase()}`, name: '小李', password: 'tea-house-42' };
  const staff = { merchantId, outletId, role: 'cashier' as const, ...person };
  const operatorId = accepted(await addStaff(deps, admin, newId(), staff));
  const token = await tokenFor(deps, 'merchant', operatorId);
  const verify = (code: string): Promise<Answer> =>
    api.ask(
      'merchant',
      `mutation ($n: String!, $outlet: Id!, $code: String!) { verifyVoucher(requestNumber: $n, outletId: $outlet, code: $code) {
        ... on Verification { memberName } ... on Refusal { code } } }`,
      { token, variables: { n: newId(), outlet: outletId, code } },
    );
  const codeOfNewVoucher = async () =>
    market.code(accepted(await market.buy(market.memberIds[0]!, await market.offer())));
  return { ...market, admin, operatorId, verify, codeOfNewVoucher };
}

test('staff of a suspended merchant are turned away at once, and come in again when it is active', async () => {
  const { deps, admin, merchantId, verify, codeOfNewVoucher } = await aCashierAtWork();
  expect((await verify(await codeOfNewVoucher())).data.verifyVoucher).toEqual({ memberName: '测*员' });
  const code = await codeOfNewVoucher();
  accepted(await setMerchantState(deps, admin, newId(), { merchantId, state: 'suspended' }));
  const stopped = await verify(code);
  expect(codes(stopped)).toEqual(['UNAUTHENTICATED']);
  expect(stopped.errors[0]!.extensions.reason).toBe('ACCOUNT_DISABLED');
  expect(await rowsIn(deps, 'verification')).toBe(1);
  accepted(await setMerchantState(deps, admin, newId(), { merchantId, state: 'active' }));
  expect((await verify(code)).data.verifyVoucher).toEqual({ memberName: '测*员' });
});

test('staff who are disabled are turned away at once', async () => {
  const { deps, admin, operatorId, verify, codeOfNewVoucher } = await aCashierAtWork();
  const code = await codeOfNewVoucher();
  accepted(await disableStaff(deps, admin, newId(), { operatorId }));
  expect(codes(await verify(code))).toEqual(['UNAUTHENTICATED']);
  expect(await rowsIn(deps, 'verification')).toBe(0);
});
