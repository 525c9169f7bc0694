import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { createOperator } from '../../src/identity/create-operator.ts';
import { makeBindingToken } from '../../src/identity/tokens.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import type { Job } from '../../src/platform/jobs.ts';
import { createLog } from '../../src/platform/log.ts';
import { processorOf } from '../../workers/run-jobs.ts';
import { startApi, type TestApi, tokenFor } from '../support/api.ts';
import { type TestDeps, testDeps } from '../support/deps.ts';
import { aMarket } from '../support/market.ts';
import { Greeting } from '../support/queue.ts';

const PASSWORD = 'correct horse 8';

let deps: TestDeps;
let api: TestApi;
const lines: string[] = [];
beforeAll(async () => {
  // Everything that is ever logged, in the form in which the processes write it.
  deps = { ...(await testDeps()), log: createLog('trace', { write: (line) => void lines.push(line) }) };
  api = await startApi(deps);
});
beforeEach(() => void lines.splice(0));
afterAll(() => api.close());

const logged = () => lines.map((line) => JSON.parse(line) as Record<string, unknown>);

async function withoutMembers(): Promise<void> {
  await deps.db.query('RENAME TABLE member TO member_gone');
  onTestFinished(() => deps.db.query('RENAME TABLE member_gone TO member'));
}

const FAULTY = 'mutation { developmentSignIn(staffNumber: "S0") { __typename } }';

async function askAs(requestId: string, query = FAULTY) {
  const response = await fetch(`${api.url}/graphql/member`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-request-id': requestId },
    body: JSON.stringify({ query }),
  });
  return { told: response.headers.get('x-request-id'), text: await response.text() };
}

test.each([
  ['a UUID', '0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b'],
  ['a ULID', '01J4Z9Q7W8X2Y3V4N5M6K7H8G9'],
  ['32 hexadecimal digits', '4bf92f3577b34da6a3ce929d0e0e4736'],
])('a request keeps the number that it came with, %s, in answer, fault and log', async (_, id) => {
  await withoutMembers();
  const { told, text } = await askAs(id);
  expect(told).toBe(id);
  expect(text).toContain(id);
  expect(logged()).toMatchObject([{ requestId: id, msg: 'fault: INTERNAL' }]);
});

test.each(['13800138000', '11010519491231002X', 'a b', 'x'.repeat(200), '{"level":60}', ''])(
  'a number that could say something is not taken over: %s',
  async (id) => {
    await withoutMembers();
    const { told } = await askAs(id);
    expect(told).toMatch(/^[0-9a-f]{12}-[0-9a-z]+$/);
    expect(logged()).toMatchObject([{ requestId: told }]);
  },
);

test("what a use case logs tells the request's number too", async () => {
  const { memberIds } = await aMarket();
  const signedIn = await api.ask(
    'member',
    'mutation { developmentSignIn(staffNumber: "S0") { ... on SessionTokens { refreshToken } } }',
  );
  const { refreshToken } = signedIn.data.developmentSignIn;
  const REFRESH = 'mutation ($token: String!) { refreshSession(refreshToken: $token) { __typename } }';
  const refresh = () => api.ask('member', REFRESH, { variables: { token: refreshToken } });
  await refresh();
  deps.clock.advance({ minutes: 5 });
  const reused = await refresh();
  expect(memberIds).toHaveLength(2);
  expect(logged()).toMatchObject([
    { requestId: reused.headers.get('x-request-id'), msg: expect.stringContaining('used a second time') },
  ]);
});

test('what a job logs tells its name and number', async () => {
  const greeting = new Greeting();
  const job: Job<{ name: string }> = { ...greeting.job, run: async ({ log }) => log.info('hello') };
  const process = processorOf(deps, job as Job<unknown>);
  await process({ id: 'queued-7', data: { name: 'anna' }, attemptsMade: 1 } as never, 'lock');
  expect(logged()).toMatchObject([{ job: 'greet', jobId: 'queued-7', attempt: 2, msg: 'hello' }]);
});

test('tokens, codes, passwords, ID numbers and phones never reach the log', async () => {
  const market = await aMarket();
  const { clock } = deps;
  const { memberIds, merchantId, outletId, offer, code } = market;
  const offerId = await offer();
  const idNumber = '11010519491231002X';
  const phone = '13800138000';

  const login = 'till-of-the-test';
  const operatorId = await inTransaction(deps.db, async (tx) => {
    const made = await createOperator(tx, { door: 'merchant', login, name: '收银', password: PASSWORD }, clock.now());
    if (!made.ok) throw new Error(made.refusal.code);
    return made.value;
  });
  await deps.db.query(
    "INSERT INTO merchant_staff (operator_id, merchant_id, outlet_id, role) VALUES (?, ?, NULL, 'cashier')",
    [operatorId, merchantId],
  );
  const secrets = [idNumber, phone, PASSWORD];
  const keep = (tokens: { accessToken: string; refreshToken: string }) => {
    secrets.push(tokens.accessToken, tokens.refreshToken);
    return tokens;
  };
  const SIGN_IN =
    'mutation ($login: String!, $password: String!) { signIn(login: $login, password: $password) { ... on SessionTokens { accessToken refreshToken } ... on Refusal { code } } }';
  await api.ask('merchant', SIGN_IN, { variables: { login, password: `${PASSWORD}-wrong` } });
  const till = await api.ask('merchant', SIGN_IN, { variables: { login, password: PASSWORD } });
  const cashier = keep(till.data.signIn).accessToken;

  const BIND = `mutation ($token: String!, $staffNumber: String!, $end: String!) {
    bindByStaffNumber(bindingToken: $token, name: "王小红", staffNumber: $staffNumber, idNumberEnd: $end) { __typename } }`;
  const bindingToken = makeBindingToken(deps.config, 'openid-of-the-test', clock.now());
  const bind = () => api.ask('member', BIND, { variables: { token: bindingToken, staffNumber: phone, end: idNumber } });
  secrets.push(bindingToken, 'openid-of-the-test');
  await bind();
  const member = await tokenFor(deps, 'member', memberIds[0]!);
  secrets.push(member);
  const redeemed = await api.ask(
    'member',
    'mutation ($offerId: Id!) { redeem(key: "redeem-of-the-test", offerId: $offerId) { ... on Redemption { id voucher { code } } } }',
    { token: member, variables: { offerId } },
  );
  const voucher = redeemed.data.redeem.voucher.code as string;
  expect(voucher).toBe(code(redeemed.data.redeem.id));
  secrets.push(voucher, voucher.replaceAll('-', ''));

  const VERIFY =
    'mutation ($code: String!, $outletId: Id!, $n: String!) { verifyVoucher(requestNumber: $n, code: $code, outletId: $outletId) { __typename ... on Refusal { code } } }';
  const verify = (given: string, n: string) =>
    api.ask('merchant', VERIFY, { token: cashier, variables: { code: given, outletId, n } });
  await verify(`${voucher.slice(0, -1)}${voucher.endsWith('X') ? 'Y' : 'X'}`, 'request-number-1');
  const verified = await verify(voucher, 'request-number-2');
  expect(verified.data.verifyVoucher.__typename).toBe('Verification');

  // And with everything in it that a fault could carry along.
  await deps.db.query('RENAME TABLE voucher TO voucher_gone');
  onTestFinished(() => deps.db.query('RENAME TABLE voucher_gone TO voucher'));
  await withoutMembers();
  await verify(voucher, 'request-number-3');
  await bind();
  await api.ask('member', `mutation { developmentSignIn(staffNumber: "${phone}") { __typename } }`);
  await fetch(`${api.url}/graphql/member`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${member}` },
    body: `{"query": "${phone}`,
  });

  const text = lines.join('\n');
  expect(logged().filter(({ level }) => level === pino.levels.values.error).length).toBeGreaterThanOrEqual(2);
  for (const secret of secrets) expect(text, secret).not.toContain(secret);
});
