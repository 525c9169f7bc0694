import { describe, expect, test } from 'vitest';
import { addMerchant } from '../../../src/marketplace/add-merchant.ts';
import { addStaff } from '../../../src/marketplace/add-staff.ts';
import { openTerms } from '../../../src/marketplace/contracts/contract-terms.ts';
import { signContract } from '../../../src/marketplace/contracts/sign-contract.ts';
import { loadStaff } from '../../../src/marketplace/load-staff.ts';
import { merchantsOfProgramme } from '../../../src/marketplace/merchant-queries.ts';
import { changeLicence } from '../../../src/marketplace/merchants/change-licence.ts';
import { approveApplication, declineApplication } from '../../../src/marketplace/merchants/decide-application.ts';
import { enterApplication, type NewApplication } from '../../../src/marketplace/merchants/enter-application.ts';
import { applicationsOfProgramme } from '../../../src/marketplace/merchants/queries.ts';
import { setMerchantState } from '../../../src/marketplace/set-merchant-state.ts';
import { newId } from '../../../src/platform/ids.ts';
import { setProgrammePolicy } from '../../../src/rules/corrections/set-policy.ts';
import { accepted } from '../../support/market.ts';
import { aCity, adminOf, audited, refusal, rowsIn, walk } from '../support.ts';

const [ONE, OTHER] = ['9144030071526726XG', '914403001922038216'];

async function anOffice() {
  const city = await aCity();
  const { deps, eastAdmin, eastProgrammeId: programmeId } = city;
  const enter = (fields: Partial<NewApplication> = {}, admin = eastAdmin) =>
    enterApplication(deps, admin, newId(), {
      programmeId,
      name: '悦来茶楼',
      category: 'dining',
      legalName: '悦来餐饮有限公司',
      creditCode: ONE!,
      note: null,
      ...fields,
    });
  const approve = (merchantId: string, admin = eastAdmin) => approveApplication(deps, admin, newId(), { merchantId });
  const decline = (merchantId: string, reason = '执照已过期', admin = eastAdmin) =>
    declineApplication(deps, admin, newId(), { merchantId, reason });
  const sign = (merchantId: string) =>
    signContract(deps, eastAdmin, newId(), { programmeId, merchantId, contract: openTerms('2026-08-03') });
  const set = (merchantId: string, state: 'active' | 'suspended' | 'ended' | 'applied') =>
    setMerchantState(deps, eastAdmin, newId(), { merchantId, state });
  const state = async (merchantId: string): Promise<string> => {
    const [row] = await deps.db.query('SELECT state FROM merchant WHERE id = ?', [merchantId]);
    return row.state;
  };
  const addPerson = (merchantId: string, role: 'owner' | 'cashier') => {
    const person = { login: newId().toLowerCase(), name: '小李', password: 'tea-house-42' };
    return addStaff(deps, eastAdmin, newId(), { merchantId, outletId: null, role, ...person });
  };
  return { ...city, programmeId, enter, approve, decline, sign, set, state, addPerson };
}

describe('an application', () => {
  test('goes from entry by review and contract to an active merchant, each step audited', async () => {
    const { deps, enter, approve, sign, state } = await anOffice();
    const id = accepted(await enter({ creditCode: ` ${ONE!.toLowerCase()}` }));
    expect(await deps.db.query('SELECT legal_name, credit_code, state FROM merchant')).toEqual([
      { legal_name: '悦来餐饮有限公司', credit_code: ONE, state: 'applied' },
    ]);
    expect(refusal(await sign(id))).toBe('MERCHANT_NOT_REVIEWED at merchantId');
    accepted(await approve(id));
    expect(await state(id)).toBe('approved');
    accepted(await sign(id));
    expect(await state(id)).toBe('active');
    expect(await audited(deps)).toEqual(['enterMerchantApplication', 'approveMerchantApplication', 'signContract']);
  });

  test('that is declined keeps the reason, is final, and leaves name and licence for another', async () => {
    const { deps, enter, approve, decline, sign, set, state, addPerson } = await anOffice();
    const id = accepted(await enter());
    expect(refusal(await decline(id, ' '))).toBe('TEXT_LENGTH at reason');
    accepted(await decline(id));
    const [application] = await deps.db.query('SELECT state, reason FROM merchant_application');
    expect(application).toEqual({ state: 'declined', reason: '执照已过期' });
    expect(refusal(await approve(id))).toBe('APPLICATION_DECIDED at merchantId');
    expect(refusal(await decline(id))).toBe('APPLICATION_DECIDED at merchantId');
    expect(refusal(await sign(id))).toBe('MERCHANT_ENDED at merchantId');
    expect(refusal(await set(id, 'active'))).toBe('MERCHANT_ENDED at merchantId');
    expect(refusal(await addPerson(id, 'owner'))).toBe('MERCHANT_ENDED at merchantId');
    expect(await state(id)).toBe('declined');
    const again = accepted(await enter());
    accepted(await approve(again));
  });

  test('is decided once by two admins at the same moment', async () => {
    const { deps, enter, approve, decline, cityAdmin, eastAdmin } = await anOffice();
    const id = accepted(await enter());
    const outcomes = await Promise.all([approve(id, cityAdmin), decline(id, '不符合条件', eastAdmin)]);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(refusal(outcomes.find(({ ok }) => !ok)!)).toBe('APPLICATION_DECIDED at merchantId');
    expect((await audited(deps)).filter((action) => /(approve|decline)Merchant/.test(action))).toHaveLength(1);
  });

  test('is refused outside the branch and for what cannot be, leaving nothing', async () => {
    const { deps, enter, approve, decline, westAdmin, cityId } = await anOffice();
    expect(refusal(await enter({}, westAdmin))).toBe('PROGRAMME_UNKNOWN at programmeId');
    expect(refusal(await enter({}, adminOf(`/${cityId}/`, ['merchants:read'])))).toBe(
      'PROGRAMME_UNKNOWN at programmeId',
    );
    expect(refusal(await enter({ name: '' }))).toBe('TEXT_LENGTH at name');
    expect(refusal(await enter({ legalName: '' }))).toBe('TEXT_LENGTH at legalName');
    expect(refusal(await enter({ note: '字'.repeat(501) }))).toBe('TEXT_LENGTH at note');
    expect(refusal(await enter({ creditCode: '9144030071526726XA' }))).toBe('CREDIT_CODE_WRONG at creditCode');
    expect([await rowsIn(deps, 'merchant'), await rowsIn(deps, 'merchant_application')]).toEqual([0, 0]);
    const id = accepted(await enter());
    expect(refusal(await approve(id, westAdmin))).toBe('APPLICATION_UNKNOWN at merchantId');
    expect(refusal(await decline(newId()))).toBe('APPLICATION_UNKNOWN at merchantId');
    expect(await audited(deps)).toEqual(['enterMerchantApplication']);
  });

  test('stands in a queue, the oldest first, until it is decided', async () => {
    const { deps, programmeId, enter, approve } = await anOffice();
    const ids: string[] = [];
    for (const [i, creditCode] of [ONE!, OTHER!, '91330100799655058B'].entries())
      ids.push(accepted(await enter({ name: `商户${i}`, creditCode })));
    accepted(await approve(ids[1]!));
    const queue = (state: 'waiting' | 'approved') =>
      walk(
        1,
        (page) => applicationsOfProgramme(deps.db.manager, { programmeId, state }, page),
        (one) => one.merchantId,
      );
    expect(await queue('waiting')).toEqual([ids[0], ids[2]]);
    expect(await queue('approved')).toEqual([ids[1]]);
    const page = { first: 10, after: undefined };
    const applied = await merchantsOfProgramme(deps.db.manager, programmeId, page, 'applied');
    expect(applied.items.map(({ id }) => id)).toEqual([ids[2], ids[0]]);
  });
});

describe('where the programme wants a second reviewer', () => {
  test('who entered an application does not review it, nor is a merchant signed at once', async () => {
    const { deps, programmeId, enter, approve, decline, eastAdmin, cityAdmin, cityId } = await anOffice();
    const ruler = adminOf(`/${cityId}/`, ['programmes:write']);
    accepted(await setProgrammePolicy(deps, ruler, newId(), { programmeId, reviewMerchants: true }));
    const direct = { programmeId, name: '直签', category: 'dining' as const };
    expect(refusal(await addMerchant(deps, eastAdmin, newId(), direct))).toBe('SECOND_PERSON_NEEDED at programmeId');
    const id = accepted(await enter());
    expect(refusal(await approve(id))).toBe('SECOND_PERSON_NEEDED at merchantId');
    expect(refusal(await decline(id))).toBe('SECOND_PERSON_NEEDED at merchantId');
    accepted(await approve(id, cityAdmin));
  });
});

describe('the state of a merchant', () => {
  test('is brought forward by review and contract alone', async () => {
    const { enter, approve, set, sign, state } = await anOffice();
    const id = accepted(await enter());
    for (const to of ['active', 'suspended', 'ended'] as const)
      expect(refusal(await set(id, to))).toBe('MERCHANT_STATE_ORDER at state');
    accepted(await approve(id));
    for (const to of ['active', 'suspended', 'applied'] as const)
      expect(refusal(await set(id, to))).toBe('MERCHANT_STATE_ORDER at state');
    accepted(await sign(id));
    expect(refusal(await set(id, 'applied'))).toBe('MERCHANT_STATE_ORDER at state');
    accepted(await set(id, 'ended'));
    expect(await state(id)).toBe('ended');
  });

  test('decides who of its staff may do what', async () => {
    const { deps, enter, approve, decline, sign, addPerson } = await anOffice();
    const id = accepted(await enter());
    const owner = accepted(await addPerson(id, 'owner'));
    const cashier = accepted(await addPerson(id, 'cashier'));
    const may = async () => {
      const found = await loadStaff(deps, [owner, cashier]);
      return [owner, cashier].map((one) => [...(found.get(one)?.permissions ?? [])].sort().join(' '));
    };
    expect(await may()).toEqual(['contracts:read self', '']);
    accepted(await approve(id));
    expect(await may()).toEqual(['contracts:read self', '']);
    accepted(await sign(id));
    const [owners, cashiers] = await may();
    expect(owners).toContain('staff:write');
    expect(cashiers).toContain('vouchers:verify');
    expect(cashiers).not.toContain('contracts:read');
    const declined = accepted(await enter({ name: '别家', creditCode: OTHER! }));
    const hopeful = accepted(await addPerson(declined, 'owner'));
    accepted(await decline(declined));
    expect([...(await loadStaff(deps, [hopeful])).get(hopeful)!.permissions]).toEqual(['self', 'contracts:read']);
  });
});

describe('a licence', () => {
  test('belongs to one living merchant, also for two admins at the same moment, and is free when it ended', async () => {
    const { deps, enter, set, programmeId, eastAdmin, cityAdmin } = await anOffice();
    const licence = { legalName: '悦来餐饮有限公司', creditCode: ONE! };
    const outcomes = await Promise.all(
      [eastAdmin, cityAdmin].map((admin, i) =>
        addMerchant(deps, admin, newId(), { programmeId, name: `悦来${i}`, category: 'dining', licence }),
      ),
    );
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(refusal(outcomes.find(({ ok }) => !ok)!)).toBe('CREDIT_CODE_TAKEN at creditCode');
    expect(refusal(await enter({ name: '又一家' }))).toBe('CREDIT_CODE_TAKEN at creditCode');
    accepted(await set(accepted(outcomes.find(({ ok }) => ok)!), 'ended'));
    accepted(await enter());
  });

  test('is recorded later, and changed, by who is responsible for every programme of the merchant', async () => {
    const { deps, programmeId, eastAdmin, westAdmin, enter } = await anOffice();
    const merchantId = accepted(
      await addMerchant(deps, eastAdmin, newId(), { programmeId, name: '直签', category: 'dining' }),
    );
    const change = (fields: { creditCode?: string; legalName?: string } = {}, admin = eastAdmin) =>
      changeLicence(deps, admin, newId(), { merchantId, legalName: '直签有限公司', creditCode: OTHER!, ...fields });
    expect(refusal(await change({}, westAdmin))).toBe('MERCHANT_UNKNOWN at merchantId');
    expect(refusal(await change({ creditCode: OTHER!.slice(1) }))).toBe('CREDIT_CODE_WRONG at creditCode');
    accepted(await change());
    accepted(await change());
    accepted(await enter());
    expect(refusal(await change({ creditCode: ONE! }))).toBe('CREDIT_CODE_TAKEN at creditCode');
    expect((await audited(deps)).filter((action) => action === 'changeMerchantLicence')).toHaveLength(1);
  });
});
