import { expect, test } from 'vitest';
import { AuthenticationFault, authenticate } from '../../src/identity/authenticate.ts';
import { mayIn } from '../../src/identity/caller.ts';
import { createApiToken } from '../../src/identity/create-api-token.ts';
import { disableAdmin } from '../../src/identity/disable-operator.ts';
import { grantRole } from '../../src/identity/grant-role.ts';
import { loadAdmins } from '../../src/identity/load-admins.ts';
import { revokeApiToken } from '../../src/identity/revoke-api-token.ts';
import { revokeRole } from '../../src/identity/revoke-role.ts';
import type { TestDeps } from '../support/deps.ts';
import { accepted, aKey, anAdmin, auditedActions, refused, twoCities, type Union } from './world.ts';

function forEvents(union: Union, permissions = ['events:record', 'members:read']) {
  return { unionId: union.id, name: '人事系统', permissions, expiresAt: new Date('2026-12-31T00:00:00Z') };
}

async function reasonFor(deps: TestDeps, token: string, door: 'admin' | 'merchant' = 'admin'): Promise<string> {
  try {
    await authenticate(deps, door, `Bearer ${token}`, loadAdmins);
    return 'let in';
  } catch (error) {
    if (error instanceof AuthenticationFault) return error.reason;
    throw error;
  }
}

test('an API token opens the admin door with its own permissions in its own branch', async () => {
  const { deps, east, west, eastern } = await twoCities();
  const { id, token } = accepted(await createApiToken(deps, eastern, aKey(), forEvents(east)));
  const caller = await authenticate(deps, 'admin', `Bearer ${token}`, loadAdmins);
  expect(caller).toMatchObject({ door: 'admin', actor: `api-token:${id}`, sessionId: null, operatorId: null });
  if (caller?.door !== 'admin') throw new Error('not an admin');
  expect([...caller.permissions].sort()).toEqual(['events:record', 'members:read', 'outcomes:read']);
  expect(mayIn(caller, 'events:record', east.path)).toBe(true);
  expect(mayIn(caller, 'events:record', west.path)).toBe(false);
  expect(mayIn(caller, 'members:write', east.path)).toBe(false);
});

test('the plain token is stored nowhere, and the same request again tells the same token', async () => {
  const { deps, east, eastern } = await twoCities();
  const key = aKey();
  const { token } = accepted(await createApiToken(deps, eastern, key, forEvents(east)));
  for (const table of ['api_token', 'idempotency', 'audit_record']) {
    const rows = await deps.db.query(`SELECT * FROM ${table}`);
    const text = rows.map((row: object) => Object.values(row).map(String).join(' ')).join('\n');
    expect(text, table).not.toContain(token.slice(30));
  }
  expect(accepted(await createApiToken(deps, eastern, key, forEvents(east))).token).toBe(token);
  expect(await deps.db.query('SELECT id FROM api_token')).toHaveLength(1);
});

test('an API token opens no other door', async () => {
  const { deps, east, eastern } = await twoCities();
  const { token } = accepted(await createApiToken(deps, eastern, aKey(), forEvents(east)));
  expect(await reasonFor(deps, token, 'merchant')).toBe('WRONG_DOOR');
});

test('a token that was made up or changed opens nothing', async () => {
  const { deps, east, eastern } = await twoCities();
  const { token } = accepted(await createApiToken(deps, eastern, aKey(), forEvents(east)));
  expect(await reasonFor(deps, `${token}A`)).toBe('TOKEN_MALFORMED');
  expect(await reasonFor(deps, token.slice(0, -1))).toBe('TOKEN_MALFORMED');
  expect(await reasonFor(deps, 'xf_')).toBe('TOKEN_MALFORMED');
});

test('an API token ends when it was said to end', async () => {
  const { deps, east, eastern } = await twoCities();
  const { token } = accepted(await createApiToken(deps, eastern, aKey(), forEvents(east)));
  deps.clock.set('2026-12-30T23:59:59.999Z');
  expect(await reasonFor(deps, token)).toBe('let in');
  deps.clock.set('2026-12-31T00:00:05.000Z');
  expect(await reasonFor(deps, token)).toBe('TOKEN_EXPIRED');
});

test('a revoked API token opens nothing, at once', async () => {
  const { deps, east, eastern } = await twoCities();
  const { id, token } = accepted(await createApiToken(deps, eastern, aKey(), forEvents(east)));
  expect(await reasonFor(deps, token)).toBe('let in');
  expect(await revokeApiToken(deps, eastern, aKey(), { apiTokenId: id })).toMatchObject({ ok: true });
  expect(await reasonFor(deps, token)).toBe('SESSION_ENDED');
  expect(await revokeApiToken(deps, eastern, aKey(), { apiTokenId: id })).toMatchObject({ ok: true });
  expect(await auditedActions(deps)).toEqual(['createApiToken', 'revokeApiToken']);
});

test.each([
  ['PERMISSIONS_UNFIT', { permissions: [] }],
  ['PERMISSIONS_UNFIT', { permissions: ['members:read', 'everything'] }],
  ['PERMISSIONS_UNFIT', { permissions: ['admins:write'] }],
  ['PERMISSIONS_UNFIT', { permissions: ['self'] }],
  ['EXPIRY_UNFIT', { expiresAt: new Date('2026-08-03T02:00:00.000Z') }],
  ['EXPIRY_UNFIT', { expiresAt: new Date('2027-08-05T02:00:00.000Z') }],
  ['NAME_MALFORMED', { name: '' }],
])('a token that does not fit is refused with %s: %o', async (code, change) => {
  const { deps, east, eastern } = await twoCities();
  expect(await createApiToken(deps, eastern, aKey(), { ...forEvents(east), ...change })).toMatchObject(refused(code));
  expect(await deps.db.query('SELECT id FROM api_token')).toEqual([]);
});

test('nobody makes or revokes a token of another branch', async () => {
  const { deps, west, eastern, root } = await twoCities();
  expect(await createApiToken(deps, eastern, aKey(), forEvents(west))).toMatchObject(refused('UNION_UNKNOWN'));
  const { id, token } = accepted(await createApiToken(deps, root, aKey(), forEvents(west)));
  expect(await revokeApiToken(deps, eastern, aKey(), { apiTokenId: id })).toMatchObject(refused('API_TOKEN_UNKNOWN'));
  expect(await reasonFor(deps, token)).toBe('let in');
});

test('an admin without admins:write makes no token', async () => {
  const { deps, east } = await twoCities();
  const clerk = await anAdmin(deps, 'clerk', [[east, 'roster-clerk']]);
  expect(await createApiToken(deps, clerk, aKey(), forEvents(east, ['members:read']))).toMatchObject(
    refused('UNION_UNKNOWN'),
  );
  expect(await deps.db.query('SELECT id FROM api_token')).toEqual([]);
});

test('with a disabled admin go the tokens that she made, whose plain text she may have kept', async () => {
  const { deps, east, eastern, root } = await twoCities();
  const hers = accepted(await createApiToken(deps, eastern, aKey(), forEvents(east))).token;
  const others = accepted(await createApiToken(deps, root, aKey(), forEvents(east))).token;
  await disableAdmin(deps, root, aKey(), { adminId: eastern.operatorId });
  expect(await reasonFor(deps, hers)).toBe('SESSION_ENDED');
  expect(await reasonFor(deps, others)).toBe('let in');
});

test('with a role go the tokens that its holder could not make any more, and no others', async () => {
  const { deps, east, west, eastern, root } = await twoCities();
  const adminId = eastern.operatorId;
  await grantRole(deps, root, aKey(), { adminId, unionId: west.id, role: 'federation-admin' });
  const inEast = accepted(await createApiToken(deps, eastern, aKey(), forEvents(east))).token;
  const inWest = accepted(await createApiToken(deps, eastern, aKey(), forEvents(west))).token;
  await revokeRole(deps, root, aKey(), { adminId, unionId: west.id, role: 'federation-admin' });
  expect(await reasonFor(deps, inEast)).toBe('let in');
  expect(await reasonFor(deps, inWest)).toBe('SESSION_ENDED');
});
