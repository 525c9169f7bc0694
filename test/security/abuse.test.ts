import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LIMITS } from '../../src/doors.ts';
import { codes } from '../support/client.ts';
import { type Doors, openDoors } from './doors.ts';

// What test/api/limits.test.ts and test/api/doors.test.ts do not try: each of these, at each door, as in production.

let doors: Doors;
beforeAll(async () => {
  doors = await openDoors();
});
afterAll(() => doors.close());

const times = (count: number, text: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => text(i)).join(' ');

describe.each(['member', 'merchant', 'admin'] as const)('the %s door', (door) => {
  const post = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
    fetch(`${doors.api.url}/graphql/${door}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
  const ask = (query: string, variables?: object) => doors.ask(door, { query, variables });
  const first = async (query: string, variables?: object) => codes({ ...(await ask(query, variables)) } as never)[0];

  test('refuses fragments that go round, without walking them', async () => {
    expect(await first('{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }')).toBe(
      'GRAPHQL_VALIDATION_FAILED',
    );
    expect(await first('{ ...A } fragment A on Query { ...A }')).toBe('GRAPHQL_VALIDATION_FAILED');
  });

  test('refuses a field with a hundred directives, and one directive fifty times', async () => {
    expect(await first(`{ __typename ${times(100, (i) => `@made${i}`)} }`)).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(await first(`{ __typename ${times(50, () => '@skip(if: false)')} }`)).toBe('GRAPHQL_VALIDATION_FAILED');
  });

  test('counts a field again wherever it is asked again, so that repeating is no way round a limit', async () => {
    const most = LIMITS[door].rootFields;
    expect((await ask(`{ ${times(most, () => '__typename')} }`)).data).toEqual({ __typename: 'Query' });
    expect(await first(`{ ${times(most + 1, () => '__typename')} }`)).toBe('TOO_MANY_ROOT_FIELDS');
    const inFragments = `{ ...A ...A } fragment A on Query { ${times(most, () => '__typename')} }`;
    expect(await first(inFragments)).toBe('TOO_MANY_ROOT_FIELDS');
  });

  test('shows nothing of its schema: neither by introspection, through whatever detour, nor by hints', async () => {
    for (const query of [
      '{ __schema { queryType { name } } }',
      '{ __type(name: "Query") { fields { name } } }',
      '{ ...A } fragment A on Query { x: __schema { types { name } } }',
      '{ ... on Query { __type(name: "Mutation") { name } } }',
    ])
      expect(await first(query), query).toBe('GRAPHQL_VALIDATION_FAILED');
    for (const query of [
      '{ outcom(key: "x") { key } }',
      '{ outcome(keyy: "x") { key } }',
      'mutation { signOutt }',
      '{ ...A } fragment A on Querry { x }',
    ]) {
      const { errors } = await ask(query);
      expect(JSON.stringify(errors), query).not.toMatch(/did you mean/i);
    }
  });

  test('takes no array, however it is dressed, and no operation that is not named when there are several', async () => {
    for (const body of ['[]', '[{"query":"{ __typename }"}]', '[[{"query":"{ __typename }"}]]']) {
      const response = await post(body);
      expect([body, response.status]).toEqual([body, 400]);
    }
    expect(await first('query A { __typename } query B { __typename }')).toBe('OPERATION_RESOLUTION_FAILURE');
  });

  test('carries nothing out by GET, by other methods, or in what a form can send', async () => {
    const mutation = 'mutation { refreshSession(refreshToken: "x") { __typename } }';
    const url = `${doors.api.url}/graphql/${door}`;
    const asked = `?query=${encodeURIComponent(mutation)}`;
    for (const method of ['GET', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'])
      expect([method, (await fetch(url + asked, { method })).status]).toEqual([method, 404]);
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/graphql',
    ]) {
      const response = await post(JSON.stringify({ query: mutation }), { 'content-type': type });
      expect([type, response.status >= 400]).toEqual([type, true]);
      expect((await response.json()).data).toBeUndefined();
    }
    const withoutType = await fetch(url, { method: 'POST', body: new Blob([JSON.stringify({ query: mutation })]) });
    expect(withoutType.status).toBeGreaterThanOrEqual(400);
  });

  test('tells no other site’s page that it may ask', async () => {
    const preflight = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' };
    const origin = { origin: 'https://evil.example' };
    for (const response of [
      await fetch(`${doors.api.url}/graphql/${door}`, { method: 'OPTIONS', headers: { ...origin, ...preflight } }),
      await post('{"query":"{ __typename }"}', origin),
    ])
      expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  test('answers with headers that keep an answer from being framed, guessed at, kept, or asked for in the clear', async () => {
    const { headers } = await post('{"query":"{ __typename }"}');
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': expect.stringMatching(/^application\/json/),
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'strict-transport-security': 'max-age=31536000',
      'x-content-type-options': 'nosniff',
    });
    expect(headers.get('x-powered-by')).toBeNull();
  });

  test('refuses a body that is packed, or in letters of another kind', async () => {
    const packed = await new Response(
      new Blob([JSON.stringify({ query: '{ __typename }' })]).stream().pipeThrough(new CompressionStream('gzip')),
    ).arrayBuffer();
    expect((await post(new Uint8Array(packed), { 'content-encoding': 'gzip' })).status).toBeGreaterThanOrEqual(400);
    expect((await post(new Uint8Array([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]))).status).toBe(400);
  });

  test('takes no key of JSON for a part of an object that all objects share', async () => {
    for (const body of [
      '{"query":"{ __typename }","__proto__":{"polluted":true}}',
      '{"query":"{ __typename }","variables":{"__proto__":{"polluted":true}}}',
      '{"query":"{ __typename }","variables":{"constructor":{"prototype":{"polluted":true}}}}',
      '{"query":"{ __typename }","extensions":{"a":{"__proto__":{"polluted":true}}}}',
    ]) {
      await post(body);
      expect(({} as { polluted?: boolean }).polluted, body).toBeUndefined();
    }
  });

  test('takes a token of any length in its stride', async () => {
    for (const token of ['x'.repeat(12_000), `${'a'.repeat(4_000)}.${'b'.repeat(4_000)}.c`, '..', 'a'.repeat(1_001)]) {
      const { errors } = await doors.ask(door, { query: '{ outcome(key: "k") { key } }' }, token);
      expect(errors[0]?.extensions.reason).toBe('TOKEN_MALFORMED');
    }
  });

  test('refuses a token whose signature is left out, or made as another kind', async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = { iss: 'xingfu', aud: door, sub: 'x', sid: 'x', iat: 0, exp: 9_999_999_999 };
    for (const alg of ['none', 'None', 'HS256', 'HS512', 'RS256']) {
      const token = `${part({ alg, typ: 'JWT' })}.${part(claims)}.${alg === 'none' ? '' : 'c2ln'}`;
      const { errors } = await doors.ask(door, { query: '{ outcome(key: "k") { key } }' }, token);
      expect([alg, errors[0]?.extensions.reason]).toEqual([alg, 'TOKEN_MALFORMED']);
    }
  });
});

test('values that repeat the words of a hint are answered as soon as any others', async () => {
  // A pattern that looks for the words anew from each place takes a minute for these, in which the process serves nobody.
  const variables = { id: 'Did you mean '.repeat(19_000) };
  const query = 'mutation ($id: Id!) { disableAdmin(key: "k", adminId: $id) { __typename } }';
  for (let i = 0; i < 8; i++) {
    const { errors } = await doors.ask('admin', { query, variables });
    expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
  }
});
