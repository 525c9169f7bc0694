import { expect, test, vi } from 'vitest';
import { createAdmin } from '../../src/identity/create-admin.ts';
import { disableAdmin, disableOperator } from '../../src/identity/disable-operator.ts';
import { grantRole } from '../../src/identity/grant-role.ts';
import { checkGranting } from '../../src/identity/granting.ts';
import { revokeRole } from '../../src/identity/revoke-role.ts';
import { ADMIN_PERMISSIONS } from '../../src/identity/roles.ts';
import { refreshSession } from '../../src/identity/sessions.ts';
import { signInWithPassword } from '../../src/identity/sign-in.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import type { TestDeps } from '../support/deps.ts';
import {
  accepted,
  aKey,
  anAdmin,
  anOperator,
  auditedActions,
  PASSWORD,
  refused,
  renewed,
  rolesOf,
  someLimits,
  twoCities,
  type Union,
} from './world.ts';

const someone = (union: Union, role = 'auditor') => ({
  login: 'han.meimei',
  name: '韩梅梅',
  password: PASSWORD,
  unionId: union.id,
  role,
});

test('an admin makes another in her branch, who can sign in and has the role', async () => {
  const { deps, east, eastern } = await twoCities();
  const id = accepted(await createAdmin(deps, eastern, aKey(), someone(east, 'roster-clerk')));
  expect(await rolesOf(deps, id)).toEqual([`${east.id} roster-clerk`]);
  const credentials = { login: 'han.meimei', password: PASSWORD, device: '', ip: '192.0.2.1' };
  expect(await signInWithPassword(deps, someLimits(), 'admin', credentials)).toMatchObject({ ok: true });
  expect(await auditedActions(deps)).toEqual(['createAdmin']);
});

test('the same request again makes nobody twice; the same key with another password is refused', async () => {
  const { deps, east, eastern } = await twoCities();
  const key = aKey();
  const first = await createAdmin(deps, eastern, key, someone(east));
  expect(await createAdmin(deps, eastern, key, someone(east))).toEqual(first);
  const other = { ...someone(east), password: 'another horse 9' };
  expect(await createAdmin(deps, eastern, key, other)).toMatchObject(refused('KEY_REUSED'));
  expect(await deps.db.query("SELECT id FROM operator WHERE login = 'han.meimei'")).toHaveLength(1);
});

test.each([
  ['LOGIN_MALFORMED', { login: '韩' }],
  ['LOGIN_TAKEN', { login: 'EASTERN' }],
  ['NAME_MALFORMED', { name: ' ' }],
  ['PASSWORD_TOO_WEAK', { password: '1234567890' }],
  ['ROLE_UNKNOWN', { role: 'emperor' }],
])('an admin that does not fit is refused with %s and nobody is made', async (code, change) => {
  const { deps, east, eastern } = await twoCities();
  const before = await deps.db.query('SELECT id FROM operator');
  expect(await createAdmin(deps, eastern, aKey(), { ...someone(east), ...change })).toMatchObject(refused(code));
  expect(await deps.db.query('SELECT id FROM operator')).toEqual(before);
  expect(await auditedActions(deps)).toEqual([]);
});

test('an admin makes nobody above or beside her branch: not hers and not there answer alike', async () => {
  const { deps, province, west, eastern } = await twoCities();
  const nowhere = { id: eastern.operatorId, path: '' };
  for (const union of [province, west, nowhere])
    expect(await createAdmin(deps, eastern, aKey(), someone(union))).toMatchObject(refused('UNION_UNKNOWN'));
  expect(await deps.db.query("SELECT id FROM operator WHERE login = 'han.meimei'")).toEqual([]);
});

test('an admin gives no role that holds more than she does', async () => {
  const { deps, east, eastern } = await twoCities();
  const permissions = new Set(['admins:write', 'unions:read', 'members:read', 'members:write']);
  const chief = { ...eastern, grants: [{ unionPath: east.path, permissions }] };
  const check = (role: string) => inTransaction(deps.db, (tx) => checkGranting(tx, chief, east.id, role));
  expect(await check('roster-clerk')).toMatchObject(refused('ROLE_BEYOND_YOURS'));
  permissions.add('rosters:import');
  expect(await check('roster-clerk')).toMatchObject({ ok: true });
  expect(await check('federation-admin')).toMatchObject(refused('ROLE_BEYOND_YOURS'));
});

test('rights that a token still claims but the database no longer gives do not count', async () => {
  const { deps, east } = await twoCities();
  const clerk = await anAdmin(deps, 'clerk', [[east, 'roster-clerk']]);
  const pretender = { ...clerk, grants: [{ unionPath: '/', permissions: new Set<string>(ADMIN_PERMISSIONS) }] };
  expect(await createAdmin(deps, pretender, aKey(), someone(east))).toMatchObject(refused('UNION_UNKNOWN'));
  expect(await deps.db.query("SELECT id FROM operator WHERE login = 'han.meimei'")).toEqual([]);
});

test('a role is given and taken, and both are audited', async () => {
  const { deps, east, eastern, root } = await twoCities();
  expect(
    await grantRole(deps, root, aKey(), { adminId: eastern.operatorId, unionId: east.id, role: 'auditor' }),
  ).toEqual({
    ok: true,
    value: eastern.operatorId,
  });
  expect(await rolesOf(deps, eastern.operatorId)).toEqual([`${east.id} auditor`, `${east.id} federation-admin`]);
  const taken = { adminId: eastern.operatorId, unionId: east.id, role: 'federation-admin' };
  expect(await revokeRole(deps, root, aKey(), taken)).toMatchObject({ ok: true });
  expect(await rolesOf(deps, eastern.operatorId)).toEqual([`${east.id} auditor`]);
  expect(await auditedActions(deps)).toEqual(['grantRole', 'revokeRole']);
});

test('giving a role twice changes nothing and leaves no second record', async () => {
  const { deps, east, eastern, root } = await twoCities();
  const role = { adminId: eastern.operatorId, unionId: east.id, role: 'auditor' };
  await grantRole(deps, root, aKey(), role);
  expect(await grantRole(deps, root, aKey(), role)).toMatchObject({ ok: true });
  expect(await auditedActions(deps)).toEqual(['grantRole']);
});

test('an admin reaches no admin of another branch', async () => {
  const { deps, east, west, eastern } = await twoCities();
  const western = await anAdmin(deps, 'western', [[west, 'auditor']]);
  const adminId = western.operatorId;
  const attempts = [
    await grantRole(deps, eastern, aKey(), { adminId, unionId: east.id, role: 'auditor' }),
    await revokeRole(deps, eastern, aKey(), { adminId, unionId: east.id, role: 'auditor' }),
    await disableAdmin(deps, eastern, aKey(), { adminId }),
  ];
  for (const attempt of attempts) expect(attempt).toMatchObject(refused('ADMIN_UNKNOWN'));
  expect(await revokeRole(deps, eastern, aKey(), { adminId, unionId: west.id, role: 'auditor' })).toMatchObject(
    refused('UNION_UNKNOWN'),
  );
  expect(await rolesOf(deps, adminId)).toEqual([`${west.id} auditor`]);
  expect(await refreshSession(deps, 'admin', western.tokens.refreshToken)).toMatchObject({ ok: true });
  expect(await auditedActions(deps)).toEqual([]);
});

test('nobody takes the role of an admin above her', async () => {
  const { deps, province, east, root, eastern } = await twoCities();
  await grantRole(deps, root, aKey(), { adminId: root.operatorId, unionId: east.id, role: 'auditor' });
  const roles = await rolesOf(deps, root.operatorId);
  expect(
    await revokeRole(deps, eastern, aKey(), {
      adminId: root.operatorId,
      unionId: province.id,
      role: 'federation-admin',
    }),
  ).toMatchObject(refused('UNION_UNKNOWN'));
  expect(await disableAdmin(deps, eastern, aKey(), { adminId: root.operatorId })).toMatchObject(
    refused('BEYOND_YOUR_BRANCH'),
  );
  expect(await rolesOf(deps, root.operatorId)).toEqual(roles);
});

test('the last role cannot be taken, nor one that is not held', async () => {
  const { deps, east, eastern, root } = await twoCities();
  const adminId = eastern.operatorId;
  expect(await revokeRole(deps, root, aKey(), { adminId, unionId: east.id, role: 'federation-admin' })).toMatchObject(
    refused('LAST_ROLE'),
  );
  expect(await revokeRole(deps, root, aKey(), { adminId, unionId: east.id, role: 'auditor' })).toMatchObject(
    refused('ROLE_NOT_HELD'),
  );
  expect(await rolesOf(deps, adminId)).toEqual([`${east.id} federation-admin`]);
});

test('nobody shuts herself out', async () => {
  const { deps, province, root } = await twoCities();
  const adminId = root.operatorId;
  expect(await disableAdmin(deps, root, aKey(), { adminId })).toMatchObject(refused('OWN_ACCOUNT'));
  expect(
    await revokeRole(deps, root, aKey(), { adminId, unionId: province.id, role: 'federation-admin' }),
  ).toMatchObject(refused('OWN_ACCOUNT'));
  expect(await rolesOf(deps, adminId)).toEqual([`${province.id} federation-admin`]);
});

test('two admins who disable each other at one moment: exactly one succeeds', async () => {
  const { deps, province, root } = await twoCities();
  const rival = await anAdmin(deps, 'rival', [[province, 'federation-admin']]);
  const results = await Promise.all([
    disableAdmin(deps, root, aKey(), { adminId: rival.operatorId }),
    disableAdmin(deps, rival, aKey(), { adminId: root.operatorId }),
  ]);
  expect(results.filter((result) => result.ok)).toHaveLength(1);
  expect(
    await deps.db.query("SELECT id FROM operator WHERE login IN ('root', 'rival') AND disabled_at IS NULL"),
  ).toHaveLength(1);
});

test('an admin who is being disabled disables nobody: her request waits, and is refused', async () => {
  const { deps, province, root } = await twoCities();
  const rival = await anAdmin(deps, 'rival', [[province, 'federation-admin']]);
  const { late } = await inTransaction(deps.db, async (tx) => {
    await disableOperator(tx, root.operatorId, deps.clock.now());
    const late = disableAdmin(deps, root, aKey(), { adminId: rival.operatorId });
    await Promise.race([late, vi.waitFor(() => waiting(deps), { timeout: 5_000, interval: 20 })]);
    return { late };
  });
  expect(await late).toMatchObject(refused('ADMIN_UNKNOWN'));
  expect(await deps.db.query("SELECT id FROM operator WHERE login = 'rival' AND disabled_at IS NULL")).toHaveLength(1);
});

/** Fails while no statement on the test's database is held up at a lock. */
async function waiting({ db }: TestDeps): Promise<void> {
  const rows = await db.query(
    `SELECT id FROM information_schema.processlist
     WHERE db = DATABASE() AND id <> CONNECTION_ID() AND info LIKE '%FROM operator%FOR UPDATE%'`,
  );
  expect(rows).toHaveLength(1);
}

test('an admin who was disabled is signed out and cannot sign in', async () => {
  const { deps, eastern, root } = await twoCities();
  expect(await disableAdmin(deps, root, aKey(), { adminId: eastern.operatorId })).toMatchObject({ ok: true });
  expect(await refreshSession(deps, 'admin', eastern.tokens.refreshToken)).toMatchObject(refused('SESSION_ENDED'));
  const credentials = { login: 'eastern', password: PASSWORD, device: '', ip: '192.0.2.1' };
  expect(await signInWithPassword(deps, someLimits(), 'admin', credentials)).toMatchObject(
    refused('WRONG_CREDENTIALS'),
  );
  expect(await auditedActions(deps)).toEqual(['disableAdmin']);
});

test('what a disabled admin still has in hand changes nothing', async () => {
  const { deps, east, eastern, root } = await twoCities();
  await disableAdmin(deps, root, aKey(), { adminId: eastern.operatorId });
  // A request that was authenticated a moment before.
  expect(await createAdmin(deps, eastern, aKey(), someone(east))).toMatchObject(refused('UNION_UNKNOWN'));
  expect(await deps.db.query("SELECT id FROM operator WHERE login = 'han.meimei'")).toEqual([]);
});

test('merchant staff are no admins: no role can be given to them', async () => {
  const { deps, east, root } = await twoCities();
  const staff = await anOperator(deps, 'cashier', 'merchant');
  expect(await grantRole(deps, root, aKey(), { adminId: staff, unionId: east.id, role: 'auditor' })).toMatchObject(
    refused('ADMIN_UNKNOWN'),
  );
  expect(await rolesOf(deps, staff)).toEqual([]);
});

test('a login is taken within its door only', async () => {
  const { deps } = await twoCities();
  await anOperator(deps, 'eastern', 'merchant');
  expect(await deps.db.query("SELECT door FROM operator WHERE login = 'eastern' ORDER BY door")).toMatchObject([
    { door: 'admin' },
    { door: 'merchant' },
  ]);
});

test('a new role counts at once in the use cases', async () => {
  const { deps, east, west, eastern, root } = await twoCities();
  await grantRole(deps, root, aKey(), { adminId: eastern.operatorId, unionId: west.id, role: 'federation-admin' });
  const now = await renewed(deps, eastern);
  expect(now.grants.map((grant) => grant.unionPath).sort()).toEqual([east.path, west.path].sort());
  expect(await createAdmin(deps, now, aKey(), someone(west))).toMatchObject({ ok: true });
});
