import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, type TestApi } from '../support/api.ts';
import { answerOf, codes } from '../support/client.ts';
import { testDeps } from '../support/deps.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi(await testDeps());
});
afterAll(() => api.close());

const times = (count: number, text: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => text(i)).join(' ');

test('a query that nests too deep is refused and told the limit and its depth', async () => {
  const answer = await api.ask('member', `{ ${'a { '.repeat(11)} b ${'}'.repeat(11)} }`, { language: 'en' });
  const [error] = answer.errors.filter((one) => one.extensions.code === 'QUERY_TOO_DEEP');
  expect(error).toMatchObject({
    message: 'The query nests too deep: 10 levels are the limit, it has 12. Split it into several requests.',
    extensions: { limit: 10, measured: 12 },
  });
  expect(answer.data).toBeUndefined();
});

test('a query with too many aliases is refused, also when a fragment hides them', async () => {
  const plain = await api.ask('member', `{ ${times(21, (i) => `a${i}: __typename`)} }`);
  expect(plain.errors.find((one) => one.extensions.code === 'TOO_MANY_ALIASES')?.extensions).toMatchObject({
    limit: 20,
    measured: 21,
  });
  const hidden = await api.ask(
    'member',
    `{ ...F ...F ...F } fragment F on Query { ${times(7, (i) => `a${i}: __typename`)} }`,
  );
  expect(codes(hidden)).toContain('TOO_MANY_ALIASES');
});

test('a query whose answer could be too large is refused, also when a variable makes it so', async () => {
  const query = 'query ($first: Int) { offers(first: $first) { nodes { id title } } }';
  const small = await api.ask('member', query, { variables: { first: 100 } });
  expect(codes(small)).toEqual(['UNAUTHENTICATED']);
  const large = await api.ask('member', query, { variables: { first: 100_000 }, language: 'en' });
  expect(large.status).toBe(400);
  expect(large.errors).toMatchObject([
    {
      message: expect.stringContaining('an answer may hold 10000 fields, this one could hold 300001'),
      extensions: { code: 'QUERY_TOO_DEAR', limit: 10_000, measured: 300_001 },
    },
  ]);
  const written = await api.ask('member', '{ offers(first: 100000) { nodes { id title } } }');
  expect(codes(written)).toEqual(['QUERY_TOO_DEAR']);
});

test('a request with too many root fields is refused', async () => {
  const answer = await api.ask('merchant', `{ ${times(11, () => '__typename')} }`);
  expect(answer.errors[0]?.extensions).toEqual({ code: 'TOO_MANY_ROOT_FIELDS', limit: 10, measured: 11 });
});

test('a query that is too long is refused before it is parsed to its end', async () => {
  const answer = await api.ask('member', `{ ${times(800, () => '__typename')} }`, { language: 'en' });
  expect(codes(answer)).toEqual(['QUERY_TOO_LARGE']);
  expect(answer.errors[0]?.message).toContain('600 tokens are the limit');
});

test('variables that nest too deep are refused before anything walks through them', async () => {
  const deep = (levels: number): object => (levels === 0 ? {} : { not: deep(levels - 1) });
  const ask = (levels: number) => api.ask('admin', '{ __typename }', { variables: { input: deep(levels) } });
  expect((await ask(39)).errors).toEqual([]);
  const extensions = { code: 'VARIABLES_TOO_DEEP', limit: 40, measured: 2001 };
  expect((await ask(2000)).errors[0]?.extensions).toEqual(extensions);
});

test('a list in the variables that is too long is refused', async () => {
  const answer = await api.ask('member', '{ __typename }', { variables: { input: { ids: Array(101).fill('x') } } });
  expect(answer.errors[0]?.extensions).toEqual({ code: 'LIST_TOO_LONG', limit: 100, measured: 101 });
});

test('a body that is too large is refused in the form and language of GraphQL', async () => {
  const variables = { filler: 'x'.repeat(64 * 1024) };
  const answer = await api.ask('member', '{ __typename }', { variables, language: 'en' });
  expect(answer).toMatchObject({ status: 413, errors: [{ extensions: { code: 'BODY_TOO_LARGE', limit: 65_536 } }] });
  expect(answer.errors[0]?.message).toContain('65536 bytes are the limit');
  const atTheAdmins = await api.ask('admin', '{ __typename }', { variables });
  expect(atTheAdmins.data).toEqual({ __typename: 'Query' });
});

test('several operations in one request are refused', async () => {
  const response = await fetch(`${api.url}/graphql/member`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify([{ query: '{ __typename }' }, { query: '{ __typename }' }]),
  });
  expect(await answerOf(response)).toMatchObject({
    status: 400,
    errors: [{ message: 'Operation batching disabled.', extensions: { code: 'BAD_REQUEST' } }],
  });
});

test('a document at the limit of tokens that sets every rule to work is answered soon', async () => {
  const started = performance.now();
  await api.ask('admin', `{ ${times(950, (i) => `f${i % 3}`)} }`);
  await api.ask(
    'admin',
    `${times(55, (i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} ...F${i + 2} }`)} { ...F0 }`,
  );
  expect(performance.now() - started).toBeLessThan(2_000);
});
