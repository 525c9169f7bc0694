import { expect, onTestFinished, test, vi } from 'vitest';
import { changePassword } from '../../src/identity/change-password.ts';
import { disableOperator } from '../../src/identity/disable-operator.ts';
import { createLimits, forgiveAttempt, limitAttempts } from '../../src/identity/limits.ts';
import { refreshSession } from '../../src/identity/sessions.ts';
import { signInWithPassword } from '../../src/identity/sign-in.ts';
import { hashInput } from '../../src/platform/db/idempotency.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import { newId } from '../../src/platform/ids.ts';
import { connectRedis } from '../../src/platform/queue.ts';
import { testDeps } from '../support/deps.ts';
import { accepted, aKey, anAdmin, anOperator, aUnion, auditedActions, PASSWORD, refused, someLimits } from './world.ts';

const credentials = { login: 'li.lei', password: PASSWORD, device: 'test', ip: '192.0.2.1' };

async function world() {
  const deps = await testDeps();
  const operatorId = await anOperator(deps, 'li.lei');
  return { deps, operatorId, limits: someLimits() };
}

async function sessions() {
  const { db } = await testDeps();
  return db.query('SELECT subject_id, door FROM session');
}

test('login and password open a session, in whatever case the login was typed', async () => {
  const { deps, operatorId, limits } = await world();
  const tokens = accepted(await signInWithPassword(deps, limits, 'admin', { ...credentials, login: ' Li.Lei ' }));
  expect(await refreshSession(deps, 'admin', tokens.refreshToken)).toMatchObject({ ok: true });
  expect(await sessions()).toMatchObject([{ subject_id: operatorId, door: 'admin' }]);
});

test('an unknown login, a wrong password, another door and a disabled account get one and the same refusal', async () => {
  const { deps, operatorId, limits } = await world();
  const attempts = [
    await signInWithPassword(deps, limits, 'admin', { ...credentials, login: 'nobody' }),
    await signInWithPassword(deps, limits, 'admin', { ...credentials, login: '没有这个人' }),
    await signInWithPassword(deps, limits, 'admin', { ...credentials, password: 'wrong password' }),
    await signInWithPassword(deps, limits, 'merchant', credentials),
  ];
  await inTransaction(deps.db, (tx) => disableOperator(tx, operatorId, deps.clock.now()));
  attempts.push(await signInWithPassword(deps, limits, 'admin', credentials));
  expect(attempts[0]).toMatchObject(refused('WRONG_CREDENTIALS'));
  for (const attempt of attempts) expect(attempt).toEqual(attempts[0]);
  expect(await sessions()).toEqual([]);
});

test('of 20 wrong guesses at one instant five are looked at; then not even the right password is', async () => {
  const { deps, limits } = await world();
  const guesses = await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      signInWithPassword(deps, limits, 'admin', { ...credentials, password: `guess number ${i}` }),
    ),
  );
  const codes = guesses.map((guess) => !guess.ok && guess.refusal.code);
  expect(codes.filter((code) => code === 'WRONG_CREDENTIALS')).toHaveLength(5);
  expect(codes.filter((code) => code === 'TOO_MANY_ATTEMPTS')).toHaveLength(15);
  expect(await signInWithPassword(deps, limits, 'admin', credentials)).toMatchObject(refused('TOO_MANY_ATTEMPTS'));
  expect(await sessions()).toEqual([]);
});

test('the refusal tells after how many seconds to try again', async () => {
  const { limits } = await world();
  for (let i = 0; i < 5; i++) await limitAttempts(limits, 'sign-in', 'someone');
  const stopped = await limitAttempts(limits, 'sign-in', 'someone');
  expect(stopped).toMatchObject({ refusal: { message: { en: 'Too many attempts. Try again in 900 seconds.' } } });
});

test('a stranger elsewhere who guesses does not lock the owner out', async () => {
  const { deps, limits } = await world();
  const stranger = { ...credentials, password: 'wrong password', ip: '198.51.100.7' };
  for (let i = 0; i < 10; i++) await signInWithPassword(deps, limits, 'admin', stranger);
  expect(await signInWithPassword(deps, limits, 'admin', credentials)).toMatchObject({ ok: true });
});

test('guessing one login from many addresses is slowed too', async () => {
  const { deps, limits } = await world();
  for (let i = 0; i < 50; i++) await limitAttempts(limits, 'sign-in-login', 'admin li.lei');
  expect(await signInWithPassword(deps, limits, 'admin', credentials)).toMatchObject(refused('TOO_MANY_ATTEMPTS'));
});

test('guessing many logins from one address is slowed too', async () => {
  const { deps, limits } = await world();
  for (let i = 0; i < 50; i++) await limitAttempts(limits, 'sign-in-address', credentials.ip);
  expect(await signInWithPassword(deps, limits, 'admin', credentials)).toMatchObject(refused('TOO_MANY_ATTEMPTS'));
});

test('only failures count: a busy office signs in all day', async () => {
  const { deps, limits } = await world();
  for (let i = 0; i < 60; i++) {
    accepted(await limitAttempts(limits, 'sign-in-address', credentials.ip));
    await forgiveAttempt(limits, 'sign-in-address', credentials.ip);
  }
  for (let i = 0; i < 8; i++) accepted(await signInWithPassword(deps, limits, 'admin', credentials));
});

test('two processes count together in Redis', async () => {
  const redis = connectRedis(process.env.REDIS_URL ?? '');
  const prefix = `test-${newId()}`;
  const processes = [createLimits(redis, prefix), createLimits(redis, prefix)];
  onTestFinished(async () => {
    for (const limits of processes) await limits.close();
    redis.disconnect();
  });
  // The first command waits for nobody: until its connection stands a process counts by itself.
  await vi.waitFor(async () => {
    for (const limits of processes) await limitAttempts(limits, 'sign-in-login', newId());
    const keys = await redis.keys(`${prefix}*`);
    expect(keys.length).toBeGreaterThanOrEqual(2);
  });
  const results = await Promise.all(
    Array.from({ length: 20 }, (_, i) => limitAttempts(processes[i % 2]!, 'bind', 'openid-1')),
  );
  expect(results.filter((result) => result.ok)).toHaveLength(5);
  expect((await redis.keys(`${prefix}*`)).join()).not.toContain('openid-1');
});

test('while Redis is away a process counts in its own memory, without waiting', async () => {
  const redis = connectRedis('redis://127.0.0.1:1');
  redis.on('error', () => {});
  const limits = createLimits(redis);
  onTestFinished(async () => {
    await limits.close();
    redis.disconnect();
  });
  const results = await Promise.all(Array.from({ length: 20 }, () => limitAttempts(limits, 'bind', 'openid-1')));
  expect(results.filter((result) => result.ok)).toHaveLength(5);
});

test('a new password ends the other sessions, keeps this one, and the old password is worth nothing', async () => {
  const deps = await testDeps();
  const admin = await anAdmin(deps, 'li.lei', [[await aUnion(deps, '市总工会'), 'auditor']]);
  const limits = someLimits();
  const elsewhere = accepted(await signInWithPassword(deps, limits, 'admin', credentials));
  const change = { currentPassword: PASSWORD, newPassword: 'another horse 9' };
  expect(await changePassword(deps, limits, admin, aKey(), change)).toMatchObject({ ok: true });
  expect(await refreshSession(deps, 'admin', elsewhere.refreshToken)).toMatchObject(refused('SESSION_ENDED'));
  expect(await refreshSession(deps, 'admin', admin.tokens.refreshToken)).toMatchObject({ ok: true });
  expect(await signInWithPassword(deps, limits, 'admin', credentials)).toMatchObject(refused('WRONG_CREDENTIALS'));
  const renewed = { ...credentials, password: change.newPassword };
  expect(await signInWithPassword(deps, limits, 'admin', renewed)).toMatchObject({ ok: true });
  expect(await auditedActions(deps)).toEqual(['changePassword']);
});

test('a wrong current password or a weak new one changes nothing', async () => {
  const deps = await testDeps();
  const admin = await anAdmin(deps, 'li.lei', [[await aUnion(deps, '市总工会'), 'auditor']]);
  const limits = someLimits();
  const before = await deps.db.query('SELECT * FROM operator');
  const wrong = { currentPassword: 'wrong password', newPassword: 'another horse 9' };
  expect(await changePassword(deps, limits, admin, aKey(), wrong)).toMatchObject(refused('WRONG_PASSWORD'));
  const weak = { currentPassword: PASSWORD, newPassword: '12345' };
  expect(await changePassword(deps, limits, admin, aKey(), weak)).toMatchObject({
    refusal: { code: 'PASSWORD_TOO_WEAK', at: 'newPassword' },
  });
  expect(await deps.db.query('SELECT * FROM operator')).toEqual(before);
  expect(await deps.db.query('SELECT id FROM session WHERE revoked_at IS NOT NULL')).toEqual([]);
  expect(await auditedActions(deps)).toEqual([]);
});

test('guessing the current password of an unlocked screen is slowed', async () => {
  const deps = await testDeps();
  const admin = await anAdmin(deps, 'li.lei', [[await aUnion(deps, '市总工会'), 'auditor']]);
  const limits = someLimits();
  const guess = (i: number) =>
    changePassword(deps, limits, admin, aKey(), { currentPassword: `guess ${i}`, newPassword: 'another horse 9' });
  for (let i = 0; i < 5; i++) expect(await guess(i)).toMatchObject(refused('WRONG_PASSWORD'));
  expect(await guess(5)).toMatchObject(refused('TOO_MANY_ATTEMPTS'));
});

test('no password can be read or tried out from what an idempotent request leaves behind', async () => {
  const deps = await testDeps();
  const admin = await anAdmin(deps, 'li.lei', [[await aUnion(deps, '市总工会'), 'auditor']]);
  const key = aKey();
  const change = { currentPassword: PASSWORD, newPassword: 'another horse 9' };
  await changePassword(deps, someLimits(), admin, key, change);
  const [row] = await deps.db.query('SELECT input_hash FROM idempotency WHERE idempotency_key = ?', [key]);
  expect(row.input_hash.equals(hashInput(change))).toBe(false);
  expect(
    await changePassword(deps, someLimits(), admin, key, { ...change, newPassword: 'a third horse 7' }),
  ).toMatchObject(refused('KEY_REUSED'));
});
