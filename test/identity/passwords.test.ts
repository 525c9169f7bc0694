import { expect, test } from 'vitest';
import { checkPassword, hashPassword, passwordFingerprint, verifyPassword } from '../../src/identity/passwords.ts';
import { testDeps } from '../support/deps.ts';
import { refused } from './world.ts';

test('a password belongs to its hash and no other password does', async () => {
  const stored = await hashPassword('gute Reise 42');
  expect(await verifyPassword('gute Reise 42', stored)).toBe(true);
  expect(await verifyPassword('gute Reise 43', stored)).toBe(false);
});

test('a hash is argon2id with the parameters that OWASP gives, and salted', async () => {
  const [first, second] = await Promise.all([hashPassword('gute Reise 42'), hashPassword('gute Reise 42')]);
  expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(first).not.toBe(second);
});

test('a password matches however the keyboard composed its letters', async () => {
  const stored = await hashPassword('caf\u00e9 au lait');
  expect(await verifyPassword('cafe\u0301 au lait', stored)).toBe(true);
});

test('an unknown login is checked too, and never matches', async () => {
  expect(await verifyPassword('a decoy that is nobody’s password', undefined)).toBe(false);
});

test('an unknown login takes as long as a wrong password', async () => {
  const stored = await hashPassword('gute Reise 42');
  const time = async (hash: string | undefined) => {
    const from = performance.now();
    await verifyPassword('wrong password', hash);
    return performance.now() - from;
  };
  await time(undefined);
  const [unknown, wrong]: [number[], number[]] = [[], []];
  for (let i = 0; i < 5; i++) {
    unknown.push(await time(undefined));
    wrong.push(await time(stored));
  }
  const ratio = Math.min(...unknown) / Math.min(...wrong);
  expect(ratio).toBeGreaterThan(0.3);
  expect(ratio).toBeLessThan(3);
});

test.each([
  ['short1234', 'nine characters'],
  ['aaaaaaaaaaaa', 'one character over and over'],
  ['aabbccddaabb', 'four different characters'],
  ['1234567890', 'a run of digits'],
  ['abcdefghijkl', 'a run of letters'],
  ['0987654321', 'a run backwards'],
  ['Li.Lei-2026!', 'the login inside'],
  ['x1'.repeat(101), 'more than 200 characters'],
])('the policy refuses %s: %s', (password) => {
  expect(checkPassword(password, 'li.lei')).toMatchObject(refused('PASSWORD_TOO_WEAK'));
});

test.each(['correct horse', '幸福的十个汉字密码呀', 'Tr0ub4dor&3x'])('the policy takes %s', (password) => {
  expect(checkPassword(password, 'li.lei')).toMatchObject({ ok: true });
});

test('a fingerprint is the same for the same password only, and depends on the secret of the server', async () => {
  const { config } = await testDeps();
  const elsewhere = { ...config, tokenSecret: Buffer.alloc(32, 9) };
  expect(passwordFingerprint(config, 'a')).toBe(passwordFingerprint(config, 'a'));
  expect(passwordFingerprint(config, 'a')).not.toBe(passwordFingerprint(config, 'b'));
  expect(passwordFingerprint(config, 'a')).not.toBe(passwordFingerprint(elsewhere, 'a'));
});
