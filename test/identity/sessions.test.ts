import { expect, test } from 'vitest';
import { endAllSessions, endSession, openSession, refreshSession } from '../../src/identity/sessions.ts';
import { readRefreshToken } from '../../src/identity/tokens.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import { newId } from '../../src/platform/ids.ts';
import { type TestDeps, testDeps } from '../support/deps.ts';
import { accepted, aSession, refused } from './world.ts';

async function sessionRows({ db }: TestDeps) {
  return db.query<{ id: string; generation: number; revoked_why: string | null; expires_at: Date }[]>(
    'SELECT id, generation, revoked_why, expires_at FROM session ORDER BY id',
  );
}

test('nothing of a token is stored', async () => {
  const deps = await testDeps();
  const tokens = await aSession(deps, newId(), 'member');
  const [row] = await deps.db.query('SELECT * FROM session');
  const stored = JSON.stringify(Object.values(row).map(String));
  expect(stored).not.toContain(tokens.refreshToken);
  expect(stored).not.toContain(tokens.accessToken);
});

test('a refresh gives new tokens and makes the old one the last but one', async () => {
  const deps = await testDeps();
  const first = await aSession(deps, newId(), 'member');
  deps.clock.advance({ minutes: 9 });
  const second = accepted(await refreshSession(deps, 'member', first.refreshToken));
  expect(second.refreshToken).not.toBe(first.refreshToken);
  expect(await sessionRows(deps)).toMatchObject([{ generation: 2, revoked_why: null }]);
});

test('a phone whose answer was cut off gets the same current token again within 30 seconds', async () => {
  const deps = await testDeps();
  const first = await aSession(deps, newId(), 'member');
  const answer = accepted(await refreshSession(deps, 'member', first.refreshToken));
  deps.clock.advance({ seconds: 30 });
  const again = accepted(await refreshSession(deps, 'member', first.refreshToken));
  expect(again.refreshToken).toBe(answer.refreshToken);
  expect(await sessionRows(deps)).toMatchObject([{ generation: 2, revoked_why: null }]);
});

test('a token that comes back after 30 seconds is theft: the session ends for both who hold it', async () => {
  const deps = await testDeps();
  const first = await aSession(deps, newId(), 'member');
  const second = accepted(await refreshSession(deps, 'member', first.refreshToken));
  deps.clock.advance({ seconds: 31 });
  expect(await refreshSession(deps, 'member', first.refreshToken)).toMatchObject(refused('REFRESH_TOKEN_REUSED'));
  expect(await refreshSession(deps, 'member', second.refreshToken)).toMatchObject(refused('SESSION_ENDED'));
  expect(await sessionRows(deps)).toMatchObject([{ generation: 2, revoked_why: 'reuse' }]);
});

test('a thief who refreshes first is thrown out when the owner comes', async () => {
  const deps = await testDeps();
  const owners = await aSession(deps, newId(), 'member');
  const thiefs = accepted(await refreshSession(deps, 'member', owners.refreshToken));
  deps.clock.advance({ minutes: 8 });
  const more = accepted(await refreshSession(deps, 'member', thiefs.refreshToken));
  expect(await refreshSession(deps, 'member', owners.refreshToken)).toMatchObject(refused('REFRESH_TOKEN_REUSED'));
  expect(await refreshSession(deps, 'member', more.refreshToken)).toMatchObject(refused('SESSION_ENDED'));
});

test('a token of the last but one generation is theft even within 30 seconds', async () => {
  const deps = await testDeps();
  const first = await aSession(deps, newId(), 'member');
  const second = accepted(await refreshSession(deps, 'member', first.refreshToken));
  accepted(await refreshSession(deps, 'member', second.refreshToken));
  expect(await refreshSession(deps, 'member', first.refreshToken)).toMatchObject(refused('REFRESH_TOKEN_REUSED'));
});

test('20 refreshes of one token at once rotate it once and all get the same new token', async () => {
  const deps = await testDeps();
  const first = await aSession(deps, newId(), 'member');
  const results = await Promise.all(
    Array.from({ length: 20 }, () => refreshSession(deps, 'member', first.refreshToken)),
  );
  const tokens = new Set(results.map((result) => accepted(result).refreshToken));
  expect(tokens.size).toBe(1);
  expect(readRefreshToken(deps.config, [...tokens][0]!)).toMatchObject({ generation: 2 });
  expect(await sessionRows(deps)).toMatchObject([{ generation: 2, revoked_why: null }]);
});

test('a refresh token works at its own door only, and trying elsewhere changes nothing', async () => {
  const deps = await testDeps();
  const { refreshToken } = await aSession(deps, newId(), 'merchant');
  for (const door of ['member', 'admin'] as const)
    expect(await refreshSession(deps, door, refreshToken)).toMatchObject(refused('REFRESH_TOKEN_MALFORMED'));
  expect(await sessionRows(deps)).toMatchObject([{ generation: 1, revoked_why: null }]);
});

test('a forged refresh token changes nothing', async () => {
  const deps = await testDeps();
  const { refreshToken } = await aSession(deps, newId(), 'member');
  const forged = `${refreshToken.slice(0, -4)}AAAA`;
  expect(await refreshSession(deps, 'member', forged)).toMatchObject(refused('REFRESH_TOKEN_MALFORMED'));
  expect(await sessionRows(deps)).toMatchObject([{ generation: 1, revoked_why: null }]);
});

test.each([
  ['member', 30 * 24],
  ['merchant', 12],
  ['admin', 12],
] as const)('a session at the %s door lives %i hours from its last refresh', async (door, hours) => {
  const deps = await testDeps();
  const first = await aSession(deps, newId(), door);
  deps.clock.advance({ hours: hours - 1 });
  const second = accepted(await refreshSession(deps, door, first.refreshToken));
  deps.clock.advance({ hours: hours - 1 });
  const third = accepted(await refreshSession(deps, door, second.refreshToken));
  deps.clock.advance({ hours });
  expect(await refreshSession(deps, door, third.refreshToken)).toMatchObject(refused('SESSION_ENDED'));
});

test('a session that was signed out cannot be refreshed, not even by the phone that was cut off', async () => {
  const deps = await testDeps();
  const first = await aSession(deps, newId(), 'member');
  const second = accepted(await refreshSession(deps, 'member', first.refreshToken));
  const { sessionId } = readRefreshToken(deps.config, second.refreshToken)!;
  await inTransaction(deps.db, (tx) => endSession(tx, sessionId, deps.clock.now()));
  for (const { refreshToken } of [first, second])
    expect(await refreshSession(deps, 'member', refreshToken)).toMatchObject(refused('SESSION_ENDED'));
  expect(await sessionRows(deps)).toMatchObject([{ generation: 2, revoked_why: 'signed-out' }]);
});

test('signing out everywhere ends all sessions of one subject and of nobody else', async () => {
  const deps = await testDeps();
  const [me, other] = [newId(), newId()];
  const mine = [await aSession(deps, me, 'member'), await aSession(deps, me, 'member')];
  const others = await aSession(deps, other, 'member');
  await inTransaction(deps.db, (tx) => endAllSessions(tx, me, deps.clock.now()));
  for (const { refreshToken } of mine)
    expect(await refreshSession(deps, 'member', refreshToken)).toMatchObject(refused('SESSION_ENDED'));
  expect(await refreshSession(deps, 'member', others.refreshToken)).toMatchObject({ ok: true });
});

test('what a client calls its device is cut to what the column takes', async () => {
  const deps = await testDeps();
  const device = '😀'.repeat(300);
  await inTransaction(deps.db, (tx) => openSession(tx, deps, { door: 'member', subjectId: newId(), device }));
  const [row] = await deps.db.query('SELECT CHAR_LENGTH(device) AS length FROM session');
  expect(Number(row.length)).toBe(200);
});
