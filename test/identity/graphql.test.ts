import 'reflect-metadata';
import { type GraphQLSchema, graphql } from 'graphql';
import { buildSchema, type NonEmptyArray } from 'type-graphql';
import { expect, test } from 'vitest';
import { recordAudit } from '../../src/identity/audit.ts';
import type { Caller } from '../../src/identity/caller.ts';
import { AdminIdentityResolver } from '../../src/identity/graphql/admin.ts';
import { AdminSessionResolver } from '../../src/identity/graphql/admin-session.ts';
import { MemberIdentityResolver } from '../../src/identity/graphql/member.ts';
import { MerchantIdentityResolver } from '../../src/identity/graphql/merchant.ts';
import type { Limits } from '../../src/identity/limits.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import { newId } from '../../src/platform/ids.ts';
import type { Language } from '../../src/platform/result.ts';
import { countQueries } from '../support/count-queries.ts';
import { type TestDeps, testDeps } from '../support/deps.ts';
import { aKey, anAdmin, anOperator, aSession, aUnion, PASSWORD, someLimits, twoCities } from './world.ts';

// biome-ignore lint/complexity/noBannedTypes: type-graphql's own type for a list of classes.
function schemaOf(resolvers: NonEmptyArray<Function>): Promise<GraphQLSchema> {
  return buildSchema({
    resolvers,
    validate: false,
    authChecker: ({ context }, [permission]) => context.caller?.permissions.has(permission) ?? false,
  });
}

const schemas = {
  member: schemaOf([MemberIdentityResolver]),
  merchant: schemaOf([MerchantIdentityResolver]),
  admin: schemaOf([AdminIdentityResolver, AdminSessionResolver]),
};

interface Asking {
  caller?: Caller;
  limits?: Limits;
  language?: Language;
}

// biome-ignore lint/suspicious/noExplicitAny: a test knows what it asked for.
async function ask(deps: TestDeps, door: keyof typeof schemas, source: string, asking: Asking = {}): Promise<any> {
  const { caller, limits = someLimits(), language = 'en' } = asking;
  const contextValue = { deps, limits, caller, language, ip: '192.0.2.1', requestId: 'r' };
  const { data, errors } = await graphql({ schema: await schemas[door], source, contextValue });
  if (errors) throw errors[0];
  return data;
}

const TOKENS = '... on SessionTokens { accessToken refreshToken expiresAt } ... on Refusal { code message at }';
const signIn = (password: string, login = 'li.lei') =>
  `mutation { signIn(login: "${login}", password: "${password}") { ${TOKENS} } }`;

test.each(['merchant', 'admin'] as const)('at the %s door one signs in with a password and refreshes', async (door) => {
  const deps = await testDeps();
  await anOperator(deps, 'li.lei', door);
  const { signIn: tokens } = await ask(deps, door, signIn(PASSWORD));
  expect(tokens.accessToken).toMatch(/^ey/);
  expect(tokens.expiresAt).toBe('2026-08-03T02:10:00.000Z');
  const refresh = `mutation { refreshSession(refreshToken: "${tokens.refreshToken}") { ${TOKENS} } }`;
  const { refreshSession } = await ask(deps, door, refresh);
  expect(refreshSession.refreshToken).not.toBe(tokens.refreshToken);
});

test('a refusal comes as data, in the language of the person', async () => {
  const deps = await testDeps();
  const limits = someLimits();
  expect((await ask(deps, 'admin', signIn('wrong password'), { limits })).signIn).toMatchObject({
    code: 'WRONG_CREDENTIALS',
    message: expect.stringMatching(/^The login or the password/),
  });
  expect((await ask(deps, 'admin', signIn('wrong password'), { limits, language: 'zh' })).signIn.message).toMatch(
    /^登录名或密码不正确/,
  );
});

test('a member refreshes, asks for an outcome and signs out', async () => {
  const deps = await testDeps();
  const memberId = newId();
  const { refreshToken } = await aSession(deps, memberId, 'member');
  const [{ id: sessionId }] = await deps.db.query('SELECT id FROM session');
  const caller: Caller = {
    door: 'member',
    actor: `member:${memberId}`,
    memberId,
    sessionId,
    permissions: new Set(['self']),
  };
  const refresh = `mutation { refreshSession(refreshToken: "${refreshToken}") { ${TOKENS} } }`;
  expect((await ask(deps, 'member', refresh)).refreshSession.accessToken).toBeDefined();

  const key = aKey();
  const outcome = `{ outcome(key: "${key}") { operation accepted id settledAt refusal { code } } }`;
  expect(await ask(deps, 'member', outcome, { caller })).toEqual({ outcome: null });
  const signOut = `mutation { signOut(key: "${key}") { ... on Done { id } ... on Refusal { code } } }`;
  expect(await ask(deps, 'member', signOut, { caller })).toEqual({ signOut: { id: sessionId } });
  expect(await ask(deps, 'member', outcome, { caller })).toEqual({
    outcome: {
      operation: 'signOut',
      accepted: true,
      id: sessionId,
      settledAt: '2026-08-03T02:00:00.000Z',
      refusal: null,
    },
  });
  expect(await ask(deps, 'member', refresh)).toMatchObject({ refreshSession: { code: 'SESSION_ENDED' } });
});

test('signing out everywhere ends the sessions on all devices', async () => {
  const { deps, eastern } = await twoCities();
  await aSession(deps, eastern.operatorId);
  const everywhere = `mutation { signOutEverywhere(key: "${aKey()}") { ... on Done { id } } }`;
  await ask(deps, 'admin', everywhere, { caller: eastern });
  const live = 'SELECT id FROM session WHERE subject_id = ? AND revoked_at IS NULL';
  expect(await deps.db.query(live, [eastern.operatorId])).toEqual([]);
});

test('an outcome is told to the one whose request it was, and to nobody else', async () => {
  const { deps, east, root, eastern } = await twoCities();
  const key = aKey();
  const grant = `mutation { grantRole(key: "${key}", adminId: "${root.operatorId}", unionId: "${east.id}", role: "auditor")
    { ... on Admin { id } ... on Refusal { code } } }`;
  expect(await ask(deps, 'admin', grant, { caller: eastern })).toEqual({ grantRole: { code: 'ADMIN_UNKNOWN' } });
  const outcome = `{ outcome(key: "${key}") { key operation accepted id refusal { code at } } }`;
  expect(await ask(deps, 'admin', outcome, { caller: eastern })).toEqual({
    outcome: {
      key,
      operation: 'grantRole',
      accepted: false,
      id: null,
      refusal: { code: 'ADMIN_UNKNOWN', at: 'adminId' },
    },
  });
  expect(await ask(deps, 'admin', outcome, { caller: root })).toEqual({ outcome: null });
  expect(await ask(deps, 'admin', '{ outcome(key: "?") { key } }', { caller: root })).toEqual({ outcome: null });
});

test('without a permission nothing is done', async () => {
  const { deps, east } = await twoCities();
  const clerk = await anAdmin(deps, 'clerk', [[east, 'roster-clerk']]);
  for (const source of [
    '{ admins { nodes { id } } }',
    '{ apiTokens { nodes { id } } }',
    '{ auditRecords { nodes { number } } }',
    `mutation { disableAdmin(key: "${aKey()}", adminId: "${clerk.operatorId}") { ... on Refusal { code } } }`,
  ])
    await expect(ask(deps, 'admin', source, { caller: clerk }), source).rejects.toThrow();
  await expect(ask(deps, 'admin', '{ me { id } }')).rejects.toThrow();
});

test('an admin sees herself with all her roles', async () => {
  const { deps, east, west } = await twoCities();
  const caller = await anAdmin(deps, 'both', [
    [east, 'roster-clerk'],
    [west, 'auditor'],
  ]);
  const { me } = await ask(deps, 'admin', '{ me { login disabledAt roles { unionName role permissions } } }', {
    caller,
  });
  expect(me).toMatchObject({ login: 'both', disabledAt: null });
  expect(me.roles.map((role: { role: string }) => role.role).sort()).toEqual(['auditor', 'roster-clerk']);
});

test('an admin lists the admins of her branch, with the roles that they have there and no others', async () => {
  const { deps, east, west, eastern, root } = await twoCities();
  await anAdmin(deps, 'both', [
    [east, 'auditor'],
    [west, 'auditor'],
  ]);
  await anAdmin(deps, 'western', [[west, 'auditor']]);
  const source = '{ admins { nodes { login roles { unionId role } } } }';
  const { admins } = await ask(deps, 'admin', source, { caller: eastern });
  expect(admins.nodes).toEqual([
    { login: 'eastern', roles: [{ unionId: east.id, role: 'federation-admin' }] },
    { login: 'both', roles: [{ unionId: east.id, role: 'auditor' }] },
  ]);
  const logins = async (filter: string, caller: Caller) => {
    const answer = await ask(deps, 'admin', `{ admins${filter} { nodes { login } } }`, { caller });
    return answer.admins.nodes.map((node: { login: string }) => node.login);
  };
  expect(await logins('', root)).toEqual(['root', 'eastern', 'both', 'western']);
  expect(await logins(`(unionId: "${west.id}")`, root)).toEqual(['both', 'western']);
  expect(await logins(`(unionId: "${west.id}")`, eastern)).toEqual([]);
});

test('lists come in pages, and cost the same number of statements whatever their length', async () => {
  const { deps, east, root } = await twoCities();
  for (let i = 0; i < 4; i++) await anAdmin(deps, `clerk-${i}`, [[east, 'roster-clerk']]);
  const page = (first: number, after?: string) =>
    `{ admins(first: ${first}${after ? `, after: "${after}"` : ''}) { nodes { login roles { role } } pageInfo { hasNextPage endCursor } } }`;
  const one = (await ask(deps, 'admin', page(4), { caller: root })).admins;
  expect(one).toMatchObject({ pageInfo: { hasNextPage: true } });
  const two = (await ask(deps, 'admin', page(4, one.pageInfo.endCursor), { caller: root })).admins;
  expect([...one.nodes, ...two.nodes].map((node) => node.login)).toEqual([
    'root',
    'eastern',
    'clerk-0',
    'clerk-1',
    'clerk-2',
    'clerk-3',
  ]);
  expect(two.pageInfo.hasNextPage).toBe(false);
  const statements = (first: number) => countQueries(deps.db, () => ask(deps, 'admin', page(first), { caller: root }));
  expect(await statements(1)).toBe(await statements(6));
  await expect(ask(deps, 'admin', page(101), { caller: root })).rejects.toThrow('first must be 1 to 100');
});

test('an API token is shown once and listed without its text', async () => {
  const { deps, east, eastern, root } = await twoCities();
  const create = `mutation { createApiToken(key: "${aKey()}", unionId: "${east.id}", name: "人事系统",
    permissions: ["members:read"], expiresAt: "2026-12-31T00:00:00Z")
    { ... on NewApiToken { token apiToken { id name permissions } } ... on Refusal { code } } }`;
  const { createApiToken: made } = await ask(deps, 'admin', create, { caller: eastern });
  expect(made.token).toMatch(/^xf_/);
  const list = '{ apiTokens { nodes { id unionId permissions createdBy expiresAt revokedAt } } }';
  const token = {
    id: made.apiToken.id,
    unionId: east.id,
    permissions: ['members:read'],
    createdBy: eastern.operatorId,
    expiresAt: '2026-12-31T00:00:00.000Z',
    revokedAt: null,
  };
  expect(await ask(deps, 'admin', list, { caller: root })).toEqual({ apiTokens: { nodes: [token] } });
  const revoke = `mutation { revokeApiToken(key: "${aKey()}", apiTokenId: "${token.id}") { ... on ApiToken { revokedAt } } }`;
  expect(await ask(deps, 'admin', revoke, { caller: eastern })).toEqual({
    revokeApiToken: { revokedAt: '2026-08-03T02:00:00.000Z' },
  });
});

test('audit records show in their branch, newest first, and branchless ones to admins of the whole tree', async () => {
  const { deps, east, west, eastern, root } = await twoCities();
  const below = await aUnion(deps, '东厂工会', east);
  for (const [targetId, unionId] of [
    ['a', east.id],
    ['b', west.id],
    ['c', below.id],
    ['d', null],
  ] as const) {
    const change = {
      actor: 'system',
      action: 'x',
      targetKind: targetId === 'c' ? 'offer' : 'union',
      targetId,
      unionId,
    };
    await inTransaction(deps.db, (tx) => recordAudit(tx, { ...change, after: { n: 1 } }, deps.clock.now()));
  }
  const targets = async (filter: string, caller: Caller) => {
    const source = `{ auditRecords${filter} { nodes { number targetId after } pageInfo { endCursor } } }`;
    const { auditRecords } = await ask(deps, 'admin', source, { caller });
    return auditRecords.nodes.map((node: { targetId: string }) => node.targetId).join('');
  };
  expect(await targets('', root)).toBe('dcba');
  expect(await targets('', eastern)).toBe('ca');
  expect(await targets(`(unionId: "${west.id}")`, root)).toBe('b');
  expect(await targets(`(unionId: "${west.id}")`, eastern)).toBe('');
  expect(await targets('(targetKind: "union")', root)).toBe('dba');
  expect(await targets('(targetKind: "union", targetId: "a")', root)).toBe('a');
  expect(await targets('(first: 2)', root)).toBe('dc');
  expect(await targets('(first: 2, after: "3")', root)).toBe('ba');
  expect(await targets('(after: "no-cursor")', root)).toBe('');
});

test('an admin is made, given a role, loses it and is disabled, through the door', async () => {
  const { deps, east, root } = await twoCities();
  const admin = '... on Admin { id disabledAt roles { role } } ... on Refusal { code }';
  const create = `mutation { createAdmin(key: "${aKey()}", login: "han.meimei", name: "韩梅梅", password: "${PASSWORD}",
    unionId: "${east.id}", role: "auditor") { ${admin} } }`;
  const { createAdmin } = await ask(deps, 'admin', create, { caller: root });
  expect(createAdmin.roles).toEqual([{ role: 'auditor' }]);
  const role = (name: string, role: string) =>
    `mutation { ${name}(key: "${aKey()}", adminId: "${createAdmin.id}", unionId: "${east.id}", role: "${role}") { ${admin} } }`;
  const { grantRole } = await ask(deps, 'admin', role('grantRole', 'roster-clerk'), { caller: root });
  expect(grantRole.roles).toEqual([{ role: 'auditor' }, { role: 'roster-clerk' }]);
  const { revokeRole } = await ask(deps, 'admin', role('revokeRole', 'auditor'), { caller: root });
  expect(revokeRole.roles).toEqual([{ role: 'roster-clerk' }]);
  const disable = `mutation { disableAdmin(key: "${aKey()}", adminId: "${createAdmin.id}") { ${admin} } }`;
  const { disableAdmin } = await ask(deps, 'admin', disable, { caller: root });
  expect(disableAdmin.disabledAt).toBe('2026-08-03T02:00:00.000Z');
});

test('a password is changed at the merchant door too', async () => {
  const deps = await testDeps();
  const operatorId = await anOperator(deps, 'li.lei', 'merchant');
  await aSession(deps, operatorId, 'merchant');
  const [{ id: sessionId }] = await deps.db.query('SELECT id FROM session');
  const caller: Caller = {
    door: 'merchant',
    actor: `operator:${operatorId}`,
    operatorId,
    merchantId: newId(),
    outletId: null,
    sessionId,
    permissions: new Set(['self']),
  };
  const change = `mutation { changePassword(key: "${aKey()}", currentPassword: "${PASSWORD}", newPassword: "another horse 9")
    { ... on Done { id } ... on Refusal { code } } }`;
  expect(await ask(deps, 'merchant', change, { caller })).toEqual({ changePassword: { id: operatorId } });
  expect((await ask(deps, 'merchant', signIn('another horse 9'))).signIn.accessToken).toBeDefined();
});
