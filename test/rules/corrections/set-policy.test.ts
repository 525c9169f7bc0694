import { expect, test } from 'vitest';
import { newId } from '../../../src/platform/ids.ts';
import { points } from '../../../src/platform/points.ts';
import { DEFAULT_POLICY, policyOf } from '../../../src/rules/corrections/policy.ts';
import { setProgrammePolicy } from '../../../src/rules/corrections/set-policy.ts';
import { adminOf, aWorld } from '../world.ts';

async function aWorldOfPolicy() {
  const world = await aWorld();
  const { deps, caller, programmeId } = world;
  const trySet = (change: object, by = caller, key = newId()) =>
    setProgrammePolicy(deps, by, key, { programmeId, ...change });
  const policy = () => policyOf(deps.db.manager, programmeId);
  return { ...world, trySet, policy };
}

test('a programme that has laid nothing down has the defaults', async () => {
  const { policy } = await aWorldOfPolicy();
  expect(await policy()).toEqual({
    overspent: 'owe',
    adjustmentLimit: 500,
    claimDueDays: 5,
    secondPublisher: false,
    reviewOffers: false,
    reviewMerchants: false,
  });
});

test('what is given is laid down and the rest stays; the audit trail has both', async () => {
  const { deps, programmeId, trySet, policy, count } = await aWorldOfPolicy();
  expect(await trySet({ overspent: 'write_off', secondPublisher: true })).toEqual({ ok: true, value: programmeId });
  expect(await policy()).toEqual({ ...DEFAULT_POLICY, overspent: 'write_off', secondPublisher: true });
  expect(
    await trySet({ adjustmentLimit: points(0), claimDueDays: 60, secondPublisher: false, reviewOffers: true }),
  ).toMatchObject({
    ok: true,
  });
  const last = {
    overspent: 'write_off',
    adjustmentLimit: 0,
    claimDueDays: 60,
    secondPublisher: false,
    reviewOffers: true,
    reviewMerchants: false,
  };
  expect(await policy()).toEqual(last);
  const audited = await deps.db.query('SELECT action, value_before, value_after FROM audit_record ORDER BY number');
  expect(audited).toHaveLength(2);
  expect(JSON.parse(audited[0].value_before)).toEqual(DEFAULT_POLICY);
  expect(JSON.parse(audited[1].value_after)).toEqual(last);

  expect(await trySet({ claimDueDays: 60 })).toMatchObject({ ok: true });
  expect(await count('audit_record')).toBe(2);
});

test('two admins who change different terms at once are both heard', async () => {
  const { trySet, policy, count } = await aWorldOfPolicy();
  await Promise.all([
    trySet({ claimDueDays: 9 }),
    trySet({ overspent: 'write_off' }),
    trySet({ secondPublisher: true }),
  ]);
  expect(await policy()).toEqual({
    overspent: 'write_off',
    adjustmentLimit: 500,
    claimDueDays: 9,
    secondPublisher: true,
    reviewOffers: false,
    reviewMerchants: false,
  });
  expect(await count('audit_record')).toBe(3);
});

test.each([
  ['adjustmentLimit', -1],
  ['adjustmentLimit', 1_000_001],
  ['claimDueDays', 0],
  ['claimDueDays', 61],
])('%s of %d is refused, and nothing changes', async (term, value) => {
  const { trySet, policy, count } = await aWorldOfPolicy();
  expect(await trySet({ overspent: 'write_off', [term]: value })).toMatchObject({
    refusal: { code: 'TERM_OUT_OF_RANGE', at: term },
  });
  expect(await policy()).toEqual(DEFAULT_POLICY);
  expect(await count('audit_record')).toBe(0);
});

test('the policy of a programme outside the branch cannot be laid down', async () => {
  const { trySet, policy } = await aWorldOfPolicy();
  for (const by of [adminOf(`/${newId()}/`), adminOf('/', ['programmes:read', 'rules:write'])]) {
    expect(await trySet({ claimDueDays: 9 }, by)).toMatchObject({
      refusal: { code: 'PROGRAMME_UNKNOWN', at: 'programmeId' },
    });
  }
  expect(await policy()).toEqual(DEFAULT_POLICY);
});
