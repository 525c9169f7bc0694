import { expect, test } from 'vitest';
import type { AdminCaller } from '../../src/identity/caller.ts';
import { memberIdOf } from '../../src/identity/own-member.ts';
import { newId } from '../../src/platform/ids.ts';
import { linkAdminToMember } from '../../src/unions/link-admin-to-member.ts';
import { anAdmin, twoCities } from '../identity/world.ts';
import { aKey, aMember, auditTrail, refused } from './tree.ts';

async function aPlant() {
  const cities = await twoCities();
  const { deps, east, west } = cities;
  const clerk = await anAdmin(deps, 'clerk', [[east, 'roster-clerk']]);
  const wang = await aMember(deps, east.id, { name: '王小明' });
  const han = await aMember(deps, west.id, { name: '韩梅梅' });
  const link = (caller: AdminCaller, adminId: string, memberId: string | null) =>
    linkAdminToMember(deps, caller, aKey(), { adminId, memberId });
  const memberOf = (caller: AdminCaller) => memberIdOf(deps.db.manager, caller);
  return { ...cities, clerk, wang, han, link, memberOf };
}

test('an admin says which member another admin is, and takes it back; both are audited, doing it twice is not', async () => {
  const { deps, east, eastern, clerk, wang, link, memberOf } = await aPlant();
  expect(await memberOf(clerk)).toBeNull();
  for (const _ of [1, 2])
    expect(await link(eastern, clerk.operatorId, wang)).toEqual({ ok: true, value: clerk.operatorId });
  expect(await memberOf(clerk)).toBe(wang);
  for (const _ of [1, 2]) expect(await link(eastern, clerk.operatorId, null)).toMatchObject({ ok: true });
  expect(await memberOf(clerk)).toBeNull();
  const record = {
    actor: eastern.actor,
    action: 'linkAdminToMember',
    targetId: clerk.operatorId,
    unionId: east.id,
  };
  expect(await auditTrail(deps)).toEqual([
    { ...record, before: { memberId: null }, after: { memberId: wang } },
    { ...record, before: { memberId: wang }, after: { memberId: null } },
  ]);
});

test('nobody says which member she is herself, or that she is none', async () => {
  const { deps, eastern, root, wang, link, memberOf } = await aPlant();
  await link(root, eastern.operatorId, wang);
  for (const memberId of [null, wang])
    expect(await link(eastern, eastern.operatorId, memberId)).toMatchObject(refused('OWN_ACCOUNT'));
  expect(await memberOf(eastern)).toBe(wang);
  expect(await auditTrail(deps)).toHaveLength(1);
});

test('an admin links no admin of elsewhere or above her, and no member of another branch', async () => {
  const { deps, east, west, root, eastern, clerk, wang, han, link, memberOf } = await aPlant();
  const western = await anAdmin(deps, 'western', [[west, 'auditor']]);
  await deps.db.query('INSERT INTO admin_role (operator_id, union_id, role) VALUES (?)', [
    [root.operatorId, east.id, 'auditor'],
  ]);
  expect(await link(eastern, western.operatorId, wang)).toMatchObject(refused('ADMIN_UNKNOWN'));
  expect(await link(eastern, newId(), wang)).toMatchObject(refused('ADMIN_UNKNOWN'));
  expect(await link(eastern, root.operatorId, wang)).toMatchObject(refused('BEYOND_YOUR_BRANCH'));
  for (const stranger of [han, newId()])
    expect(await link(eastern, clerk.operatorId, stranger)).toMatchObject({
      refusal: { code: 'MEMBER_UNKNOWN', at: 'memberId' },
    });
  expect(await link(clerk, eastern.operatorId, wang)).toMatchObject(refused('ADMIN_UNKNOWN'));
  for (const admin of [western, root, clerk, eastern]) expect(await memberOf(admin)).toBeNull();
  expect(await auditTrail(deps)).toEqual([]);
});

test('rights that a token still claims but the database no longer gives do not count', async () => {
  const { deps, root, eastern, clerk, wang, link, memberOf } = await aPlant();
  await deps.db.query('UPDATE operator SET disabled_at = ? WHERE id = ?', [deps.clock.now(), eastern.operatorId]);
  expect(await link(eastern, clerk.operatorId, wang)).toMatchObject(refused('ADMIN_UNKNOWN'));
  expect(await memberOf(clerk)).toBeNull();
  expect(await link(root, clerk.operatorId, wang)).toMatchObject({ ok: true });
});

test('an API token is no member and links nobody', async () => {
  const { deps, root, clerk, wang, link, memberOf } = await aPlant();
  const token: AdminCaller = { ...root, actor: `api-token:${newId()}`, operatorId: null, sessionId: null };
  expect(await memberOf(token)).toBeNull();
  expect(await link(token, clerk.operatorId, wang)).toMatchObject(refused('ADMIN_UNKNOWN'));
  expect(await deps.db.query('SELECT id FROM operator WHERE member_id IS NOT NULL')).toEqual([]);
});
