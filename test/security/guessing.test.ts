import { fastify } from 'fastify';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { honourRoutes } from '../../src/honour-routes.ts';
import { type Limits, limitAttempts } from '../../src/identity/limits.ts';
import { refreshSession } from '../../src/identity/sessions.ts';
import { signInWithPassword } from '../../src/identity/sign-in.ts';
import { makeBindingToken, makeRefreshToken } from '../../src/identity/tokens.ts';
import { newId } from '../../src/platform/ids.ts';
import { accepted, anOperator, PASSWORD, refused, someLimits } from '../identity/world.ts';
import { aCounter } from '../marketplace/counter/world.ts';
import { tokenFor } from '../support/api.ts';
import { countQueries } from '../support/count-queries.ts';
import { testDeps } from '../support/deps.ts';
import { staffOf } from './callers.ts';
import { anAddress, type Doors, openDoors } from './doors.ts';

// What is guessed is counted by account and by address; who is guessed at is never shut out for as long as others like.

let doors: Doors;
beforeAll(async () => {
  doors = await openDoors();
});
afterAll(() => doors.close());

const HOME = '192.0.2.1';

async function anAccount() {
  const deps = await testDeps();
  await anOperator(deps, 'li.lei');
  const limits = someLimits();
  const signIn = (ip: string, password = PASSWORD, login = 'li.lei') =>
    signInWithPassword(deps, limits, 'admin', { login, password, device: 'test', ip });
  return { deps, limits, signIn };
}

/** Uses up what all addresses together have for a login. */
async function besieged(limits: Limits, login = 'admin li.lei'): Promise<void> {
  for (let i = 0; i < 51; i++) await limitAttempts(limits, 'sign-in-login', login);
}

test('while a login is guessed at from everywhere, its owner signs in where she did before', async () => {
  const { limits, signIn } = await anAccount();
  accepted(await signIn(HOME));
  await besieged(limits);
  expect(await signIn('198.51.100.7')).toMatchObject(refused('TOO_MANY_ATTEMPTS'));
  accepted(await signIn(HOME));
});

test('where the owner signed in before, five wrong passwords still stop everybody there', async () => {
  const { signIn } = await anAccount();
  accepted(await signIn(HOME));
  for (let i = 0; i < 5; i++) expect(await signIn(HOME, `guess ${i}`)).toMatchObject(refused('WRONG_CREDENTIALS'));
  expect(await signIn(HOME)).toMatchObject(refused('TOO_MANY_ATTEMPTS'));
});

test('a colleague at the same address who tries many logins keeps nobody out who signed in there before', async () => {
  const { signIn } = await anAccount();
  accepted(await signIn(HOME));
  for (let i = 0; i < 50; i++) await signIn(HOME, 'guess', `somebody-${i}`);
  expect(await signIn(HOME, PASSWORD, 'another')).toMatchObject(refused('TOO_MANY_ATTEMPTS'));
  accepted(await signIn(HOME));
});

test('no header that a client can write makes its tries count elsewhere', async () => {
  await anOperator(doors.deps, 'li.lei');
  const query = 'mutation { signIn(login: "li.lei", password: "wrong password") { ... on Refusal { code } } }';
  const remoteAddress = anAddress();
  const told: string[] = [];
  for (let i = 0; i < 6; i++) {
    const from = { 'x-forwarded-for': anAddress(), 'x-real-ip': anAddress(), forwarded: `for=${anAddress()}` };
    const asked = { method: 'POST', url: '/graphql/admin', remoteAddress, payload: { query }, headers: from } as const;
    told.push((await doors.api.api.app.inject(asked)).json().data.signIn.code);
  }
  expect(told).toEqual([...Array(5).fill('WRONG_CREDENTIALS'), 'TOO_MANY_ATTEMPTS']);
});

test('refresh tokens that were made up are told by their signature alone, however many come', async () => {
  const { deps } = await anAccount();
  const otherServer = { ...deps.config, tokenSecret: Buffer.alloc(32, 9) };
  const forged = Array.from({ length: 200 }, (_, i) => makeRefreshToken(otherServer, newId(), i));
  const outcomes: unknown[] = [];
  const statements = await countQueries(deps.db, async () => {
    for (const token of forged) outcomes.push(await refreshSession(deps, 'admin', token));
  });
  for (const outcome of outcomes) expect(outcome).toMatchObject(refused('REFRESH_TOKEN_MALFORMED'));
  expect(statements).toBe(0);
});

test('an address that sends WeChat one worthless code after another is stopped, and no other address', async () => {
  const { deps, address, ask, attempts } = doors;
  const query = 'mutation { signInWithWechat(code: "worthless") { ... on Refusal { code } } }';
  const code = async (from?: string) => (await ask('member', { query }, undefined, from)).data.signInWithWechat.code;
  for (let i = 0; i < 999; i++) accepted(await limitAttempts(attempts, 'wechat-address', address));
  expect([await code(), await code()]).toEqual(['WECHAT_BUSY', 'TOO_MANY_ATTEMPTS']);
  expect(await code(anAddress())).toBe('WECHAT_BUSY');
  const bindingToken = makeBindingToken(deps.config, 'openid', deps.clock.now());
  const bind = `mutation { bindByPhone(bindingToken: "${bindingToken}", phoneCode: "x") { ... on Refusal { code } } }`;
  expect((await ask('member', { query: bind })).data.bindByPhone.code).toBe('TOO_MANY_ATTEMPTS');
});

test('the certificates that an address has drawn anew are counted more strictly than those it looks at', async () => {
  const limits = someLimits();
  const app = fastify();
  onTestFinished(() => app.close());
  const find = async () => ({ number: 'HG2026-ABCDE-01234', shown: { state: 'given' }, certificate: {} }) as never;
  honourRoutes(app, doors.deps, limits, [find]);
  const number = 'HG2026-ABCDE-01234';
  for (let i = 0; i < 20; i++) accepted(await limitAttempts(limits, 'certificate-file-address', '127.0.0.1'));
  const file = await app.inject({ url: `/honours/${number}.pdf`, headers: { host: 'another.name' } });
  expect([file.statusCode, file.json().refusal.code]).toEqual([429, 'TOO_MANY_ATTEMPTS']);
  expect((await app.inject(`/honours/${number}`)).statusCode).toBe(200);
});

test('codes at the counter are counted for each cashier and each merchant, and a right one never', async () => {
  const counter = await aCounter();
  const { deps, ask } = doors;
  const { merchantId, outletId, memberIds } = counter;
  deps.clock.set(counter.deps.clock.now().toISOString());
  const [guesser, colleague] = [await staffOf(deps, merchantId, 'cashier'), await staffOf(deps, merchantId, 'cashier')];
  const verify = async (operatorId: string, code: string) => {
    const query = `mutation { verifyVoucher(requestNumber: "${newId()}", code: "${code}", outletId: "${outletId}")
      { __typename ... on Refusal { code } } }`;
    const { data } = await ask('merchant', { query }, await tokenFor(deps, 'merchant', operatorId));
    return data.verifyVoucher.code ?? data.verifyVoucher.__typename;
  };
  const redemption = await counter.buy(memberIds[0]!, await counter.offer());
  for (let i = 0; i < 20; i++) expect(await verify(guesser, 'AAAA-AAAA-AAAA')).toBe('VOUCHER_UNKNOWN');
  const right = counter.code(accepted(redemption));
  expect(await verify(guesser, right)).toBe('TOO_MANY_ATTEMPTS');
  expect(await verify(colleague, right)).toBe('Verification');
});
