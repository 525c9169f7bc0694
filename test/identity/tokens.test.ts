import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  deriveKey,
  makeAccessToken,
  makeBindingToken,
  makeRefreshToken,
  readAccessToken,
  readBindingToken,
  readRefreshToken,
} from '../../src/identity/tokens.ts';
import { newId } from '../../src/platform/ids.ts';
import { testDeps } from '../support/deps.ts';
import { refused } from './world.ts';

async function aToken() {
  const { config, clock } = await testDeps();
  const claims = { door: 'member', subjectId: newId(), sessionId: newId() } as const;
  const { token, expiresAt } = makeAccessToken(config, claims, clock.now());
  return { config, clock, claims, token, expiresAt };
}

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

test('an access token tells who and which session for ten minutes', async () => {
  const { config, clock, claims, token, expiresAt } = await aToken();
  expect(readAccessToken(config, 'member', token, clock.now())).toMatchObject(claims);
  expect(expiresAt.getTime() - clock.now().getTime()).toBe(600_000);
  clock.advance({ seconds: 599 });
  expect(readAccessToken(config, 'member', token, clock.now())).toMatchObject(claims);
});

test('an access token has expired after ten minutes, whether it was seen before or not', async () => {
  const { config, clock, token } = await aToken();
  readAccessToken(config, 'member', token, clock.now());
  const { token: unseen } = makeAccessToken(
    config,
    { door: 'member', subjectId: newId(), sessionId: newId() },
    clock.now(),
  );
  clock.advance({ minutes: 10 });
  expect(readAccessToken(config, 'member', token, clock.now())).toBe('TOKEN_EXPIRED');
  expect(readAccessToken(config, 'member', unseen, clock.now())).toBe('TOKEN_EXPIRED');
});

test('an access token of another door is told apart', async () => {
  const { config, clock, token } = await aToken();
  expect(readAccessToken(config, 'admin', token, clock.now())).toBe('WRONG_DOOR');
  readAccessToken(config, 'member', token, clock.now());
  expect(readAccessToken(config, 'admin', token, clock.now())).toBe('WRONG_DOOR');
});

test('a token with alg none, another alg, or signed by no key of ours, is malformed', async () => {
  const { config, clock, token } = await aToken();
  const [, payload] = token.split('.') as [string, string, string];
  const none = part({ alg: 'none', typ: 'JWT' });
  const hs256 = part({ alg: 'HS256', typ: 'JWT' });
  const hs512 = `${part({ alg: 'HS512', typ: 'JWT' })}.${payload}`;
  const longer = createHmac('sha512', deriveKey(config, 'access-token')).update(hs512).digest('base64url');
  const signed = (key: Buffer | string) => createHmac('sha256', key).update(`${hs256}.${payload}`).digest('base64url');
  for (const forged of [
    `${none}.${payload}.`,
    `${none}.${payload}.${token.split('.')[2]}`,
    `${hs256}.${payload}.`,
    `${hs256}.${payload}.${signed('')}`,
    `${hs512}.${longer}`,
    // Not even the secret itself: each purpose has a key of its own.
    `${hs256}.${payload}.${signed(config.tokenSecret)}`,
    `${hs256}.${payload}.${signed(deriveKey(config, 'binding-token'))}`,
    'not a token',
    '',
  ])
    expect(readAccessToken(config, 'member', forged, clock.now()), forged).toBe('TOKEN_MALFORMED');
});

test('a token whose claims were changed is malformed', async () => {
  const { config, clock, token } = await aToken();
  const [header, payload, signature] = token.split('.') as [string, string, string];
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
  for (const change of [{ aud: 'admin' }, { sub: newId() }, { sid: newId() }, { exp: claims.exp + 86_400 }]) {
    const forged = `${header}.${part({ ...claims, ...change })}.${signature}`;
    expect(readAccessToken(config, 'member', forged, clock.now())).toBe('TOKEN_MALFORMED');
  }
});

test('a token of another installation is malformed, also once it was seen where it is good', async () => {
  const { config, clock, token } = await aToken();
  readAccessToken(config, 'member', token, clock.now());
  const elsewhere = { ...config, tokenSecret: Buffer.alloc(32, 9) };
  expect(readAccessToken(elsewhere, 'member', token, clock.now())).toBe('TOKEN_MALFORMED');
});

test('a refresh token is the same for the same generation and tells it', async () => {
  const { config } = await testDeps();
  const sessionId = newId();
  const token = makeRefreshToken(config, sessionId, 7);
  expect(token).toBe(makeRefreshToken(config, sessionId, 7));
  expect(readRefreshToken(config, token)).toEqual({ sessionId, generation: 7 });
});

test('a refresh token in which anything was changed is not ours', async () => {
  const { config } = await testDeps();
  const token = makeRefreshToken(config, newId(), 7);
  const bytes = Buffer.from(token, 'base64url');
  for (let i = 0; i < bytes.length; i++) {
    const changed = Buffer.from(bytes);
    changed[i]! ^= 1;
    expect(readRefreshToken(config, changed.toString('base64url')), `byte ${i}`).toBeUndefined();
  }
  const elsewhere = { ...config, tokenSecret: Buffer.alloc(32, 9) };
  expect(readRefreshToken(elsewhere, token)).toBeUndefined();
  for (const other of ['', 'x', `${token}A`, token.slice(1)]) expect(readRefreshToken(config, other)).toBeUndefined();
});

test('a binding token proves a WeChat account for ten minutes', async () => {
  const { config, clock } = await testDeps();
  const token = makeBindingToken(config, 'openid-1', clock.now());
  expect(readBindingToken(config, token, clock.now())).toEqual({ ok: true, value: 'openid-1' });
  clock.advance({ minutes: 10 });
  expect(readBindingToken(config, token, clock.now())).toMatchObject(refused('BINDING_TOKEN_UNUSABLE'));
});

test('a binding token opens no door, and an access token binds nobody', async () => {
  const { config, clock, token } = await aToken();
  const binding = makeBindingToken(config, newId(), clock.now());
  expect(readAccessToken(config, 'member', binding, clock.now())).toBe('TOKEN_MALFORMED');
  expect(readBindingToken(config, token, clock.now())).toMatchObject(refused('BINDING_TOKEN_UNUSABLE'));
});
