import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/platform/ids.ts';
import { startApi, type TestApi, tokenFor } from '../support/api.ts';
import { answerOf, codes } from '../support/client.ts';
import { type TestDeps, testConfig, testDeps, workerDatabase } from '../support/deps.ts';
import { aProgramme, members } from '../support/ledger.ts';

let deps: TestDeps;
let api: TestApi;
beforeAll(async () => {
  deps = await testDeps();
  api = await startApi(deps);
});
afterAll(() => api.close());

const ME = '{ me { id name } }';

async function aMember(): Promise<string> {
  const { unionId } = await aProgramme(deps);
  const [id] = await members(deps.db, unionId, 1);
  return id!;
}

async function anAdminWithoutRoles(): Promise<string> {
  const id = newId();
  await deps.db.query(
    "INSERT INTO operator (id, door, login, name, password_hash, created_at) VALUES (?, 'admin', ?, '管理员', 'x', NOW())",
    [id, id],
  );
  return tokenFor(deps, 'admin', id);
}

test('a member with a token of the member door is answered', async () => {
  const id = await aMember();
  const answer = await api.ask('member', ME, { token: await tokenFor(deps, 'member', id) });
  expect(answer).toMatchObject({ status: 200, data: { me: { id } }, errors: [] });
});

test('nobody is UNAUTHENTICATED at a field that wants a permission, in the language asked for', async () => {
  const chinese = await api.ask('member', ME);
  expect(chinese.status).toBe(401);
  expect(codes(chinese)).toEqual(['UNAUTHENTICATED']);
  expect(chinese.errors[0]?.message).toContain('请先登录');
  const english = await api.ask('member', ME, { language: 'en' });
  expect(english.errors[0]?.message).toContain('Sign in first');
});

const OUTCOME = '{ outcome(key: "key-00000001") { key } }';

test('a token of another door is worth nothing', async () => {
  const token = await tokenFor(deps, 'member', await aMember());
  for (const door of ['merchant', 'admin'] as const) {
    const answer = await api.ask(door, OUTCOME, { token, language: 'en' });
    expect(answer).toMatchObject({ status: 401, data: { outcome: null } });
    expect(answer.errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED', reason: 'WRONG_DOOR' } }]);
  }
});

test('a malformed token is refused and says so, each field for itself', async () => {
  for (const token of ['x', 'a.b.c', '%C3%A9', 'x'.repeat(5_000)]) {
    const answer = await api.ask('member', `{ outcome(key: "a") { key } __typename ${ME.slice(1)}`, { token });
    expect(answer.status).toBe(401);
    for (const error of answer.errors)
      expect(error.extensions).toEqual({ code: 'UNAUTHENTICATED', reason: 'TOKEN_MALFORMED' });
  }
});

test('a token that is worth nothing does not stand in the way of signing in', async () => {
  await aMember();
  const query = 'mutation { developmentSignIn(staffNumber: "S0") { __typename } }';
  const answer = await api.ask('member', query, { token: 'worthless' });
  expect(answer).toMatchObject({
    status: 200,
    data: { developmentSignIn: { __typename: 'SessionTokens' } },
    errors: [],
  });
});

test('a caller without the permission is UNAUTHORIZED and told which one is missing', async () => {
  const caller = await anAdminWithoutRoles();
  const answer = await api.ask('admin', '{ auditRecords { nodes { actor } } }', { token: caller, language: 'en' });
  expect(answer.errors).toMatchObject([
    { message: expect.stringContaining('(audit:read)'), extensions: { code: 'UNAUTHORIZED' } },
  ]);
});

test('what belongs to another door cannot even be named', async () => {
  const answer = await api.ask('member', '{ admins { nodes { id } } }');
  expect(codes(answer)).toEqual(['GRAPHQL_VALIDATION_FAILED']);
});

test('a query in the address, a form and a text are not taken', async () => {
  const get = await fetch(`${api.url}/graphql/merchant?query=${encodeURIComponent('{ __typename }')}`, {
    headers: { accept: 'application/json' },
  });
  expect(get.headers.get('content-type')).not.toContain('json');
  for (const type of ['text/plain', 'application/x-www-form-urlencoded']) {
    const response = await fetch(`${api.url}/graphql/member`, {
      method: 'POST',
      headers: { 'content-type': type },
      body: JSON.stringify({ query: '{ __typename }' }),
    });
    const answer = await answerOf(response);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(codes(answer)).toEqual(['BAD_REQUEST']);
  }
});

test('a roster is taken from a signed-in admin alone', async () => {
  const asked = {
    method: 'PUT',
    headers: { 'content-type': 'text/csv', authorization: 'Bearer worthless' },
    body: 'x',
  };
  for (const headers of [asked.headers, { 'content-type': 'text/csv' }]) {
    const response = await fetch(`${api.url}/uploads/roster?unionId=x&fileName=x`, { ...asked, headers });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ refusal: { code: expect.any(String), message: expect.any(String) } });
  }
});

test('a body that is no JSON, and an address that is none, are answered in the form of GraphQL', async () => {
  const broken = await fetch(`${api.url}/graphql/member`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': 'en' },
    body: '{"query": ',
  });
  expect(await answerOf(broken)).toMatchObject({ status: 400, errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
  const nowhere = await fetch(`${api.url}/nowhere`);
  expect(await answerOf(nowhere)).toMatchObject({ status: 404, errors: [{ extensions: { code: 'NOT_FOUND' } }] });
});

test('a value that a scalar refuses is BAD_USER_INPUT with its place, in variables and in the query', async () => {
  const { token } = { token: await tokenFor(deps, 'member', await aMember()) };
  const query = 'mutation ($offerId: Id!) { redeem(key: "key-00000001", offerId: $offerId) { __typename } }';
  const variable = await api.ask('member', query, { token, variables: { offerId: 'nonsense' } });
  expect(variable.errors[0]).toMatchObject({
    message: expect.stringContaining('not an id that this server has given out'),
    extensions: { code: 'BAD_USER_INPUT' },
  });
  const literal = await api.ask('member', 'mutation { redeem(key: "key-00000001", offerId: "?") { __typename } }');
  expect(literal.errors[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' }, locations: [{ line: 1 }] });
});

test('every answer carries a number of its own and the headers that keep browsers out', async () => {
  const [first, second] = [await api.ask('member', '{ __typename }'), await api.ask('member', '{ __typename }')];
  expect(first.headers.get('x-request-id')).not.toBe(second.headers.get('x-request-id'));
  expect(Object.fromEntries(first.headers)).toMatchObject({
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
});

test('GraphiQL is whole in one page, without anything from elsewhere', async () => {
  const response = await fetch(`${api.url}/graphql/member`, { headers: { accept: 'text/html' } });
  const html = await response.text();
  expect(response.headers.get('content-type')).toContain('text/html');
  expect(html).toContain('"endpoint":"/graphql/member"');
  expect(html).not.toMatch(/<(script|link|img|iframe)[^>]+(src|href)=["']?(https?:)?\/\//i);
  expect(html).not.toMatch(/https?:\/\/[a-z0-9.-]*(unpkg|jsdelivr|cdnjs|googleapis|gstatic|esm\.sh)/i);
  expect(response.headers.get('content-security-policy')).toContain("connect-src 'self'");
});

test('in production there is neither GraphiQL, introspection, development sign-in nor a hint at the schema', async () => {
  const production = await startApi({ ...deps, config: testConfig(workerDatabase(), { NODE_ENV: 'production' }) });
  try {
    const page = await fetch(`${production.url}/graphql/member`, { headers: { accept: 'text/html' } });
    expect(page.status).toBe(404);
    const introspection = await production.ask('member', '{ __schema { types { name } } }');
    expect(codes(introspection)).toEqual(['GRAPHQL_VALIDATION_FAILED']);
    const misspelt = await production.ask('member', '{ mee { id } }');
    expect(misspelt.errors[0]?.message).toBe('Cannot query field "mee" on type "Query".');
    const signIn = await production.ask('member', 'mutation { developmentSignIn(staffNumber: "S0") { __typename } }');
    expect(codes(signIn)).toEqual(['GRAPHQL_VALIDATION_FAILED']);
    const here = await api.ask('member', '{ mee { id } }');
    expect(here.errors[0]?.message).toContain('Did you mean "me"?');
  } finally {
    await production.close();
  }
});
