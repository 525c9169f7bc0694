import { expect, onTestFinished, test } from 'vitest';
import { AuthenticationFault, authenticate, type LoadSubjects } from '../../src/identity/authenticate.ts';
import type { Door } from '../../src/identity/caller.ts';
import { disableOperator } from '../../src/identity/disable-operator.ts';
import { gatheringLoader } from '../../src/identity/live-callers.ts';
import { loadAdmins } from '../../src/identity/load-admins.ts';
import { MEMBER_PERMISSIONS } from '../../src/identity/roles.ts';
import { endAllSessions, endSession } from '../../src/identity/sessions.ts';
import { makeAccessToken } from '../../src/identity/tokens.ts';
import { insertRows } from '../../src/platform/db/sql.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import { newId } from '../../src/platform/ids.ts';
import { countQueries } from '../support/count-queries.ts';
import { openDatabase } from '../support/database.ts';
import { type TestDeps, testDeps, workerDatabase } from '../support/deps.ts';
import { aSession, twoCities } from './world.ts';

/** Members as the unions tell of them; those in `gone` have left. */
function someMembers(gone = new Set<string>()) {
  const asked: string[][] = [];
  const load: LoadSubjects = async (_deps, ids) => {
    asked.push([...ids]);
    const present = ids.filter((id) => !gone.has(id));
    return new Map(
      present.map((id) => [
        id,
        { door: 'member', actor: `member:${id}`, memberId: id, permissions: MEMBER_PERMISSIONS },
      ]),
    );
  };
  return { asked, gone, load };
}

async function reason(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => new Error('let in'),
    (thrown) => thrown,
  );
  if (!(error instanceof AuthenticationFault)) throw error;
  return error.reason;
}

/** Another process on the same database, with the same clock. */
async function anotherProcess(deps: TestDeps): Promise<TestDeps> {
  const db = await openDatabase(workerDatabase(), 2);
  onTestFinished(() => db.destroy());
  return { ...deps, db };
}

async function aMemberSession() {
  const deps = await testDeps();
  const memberId = newId();
  const { accessToken } = await aSession(deps, memberId, 'member');
  const [{ id: sessionId }] = await deps.db.query('SELECT id FROM session WHERE subject_id = ?', [memberId]);
  return { deps, memberId, sessionId, header: `Bearer ${accessToken}`, members: someMembers() };
}

test('a request without a header comes from nobody', async () => {
  const deps = await testDeps();
  expect(await authenticate(deps, 'member', undefined, someMembers().load)).toBeUndefined();
});

test('a token tells who calls, in which session', async () => {
  const { deps, memberId, sessionId, header, members } = await aMemberSession();
  expect(await authenticate(deps, 'member', header, members.load)).toEqual({
    door: 'member',
    actor: `member:${memberId}`,
    memberId,
    sessionId,
    permissions: new Set(['self']),
  });
});

test.each(['', 'Bearer', 'Bearer ', 'Basic dXNlcjpwYXNz', 'Bearer a b', 'Bearer x', `Bearer ${'x'.repeat(5000)}`])(
  'a header that is no token of ours is malformed: %s',
  async (header) => {
    const deps = await testDeps();
    expect(await reason(authenticate(deps, 'member', header, someMembers().load))).toBe('TOKEN_MALFORMED');
  },
);

test('a token of one door opens none of the others', async () => {
  const { deps, header, members } = await aMemberSession();
  for (const door of ['merchant', 'admin'] as Door[])
    expect(await reason(authenticate(deps, door, header, members.load))).toBe('WRONG_DOOR');
});

test('an expired token says so, before and after it was believed', async () => {
  const { deps, header, members } = await aMemberSession();
  await authenticate(deps, 'member', header, members.load);
  deps.clock.advance({ minutes: 10 });
  expect(await reason(authenticate(deps, 'member', header, members.load))).toBe('TOKEN_EXPIRED');
});

test('a fault speaks the language of the person', async () => {
  const deps = await testDeps();
  const fault = (language: 'zh' | 'en') =>
    authenticate(deps, 'member', 'Bearer x', someMembers().load, language).catch((error) => error);
  expect(await fault('zh')).toMatchObject({
    message: '访问凭证无效，请重新登录。',
    extensions: { code: 'UNAUTHENTICATED', reason: 'TOKEN_MALFORMED' },
  });
  expect((await fault('en')).message).toMatch(/Sign in again/);
});

test('a sign-out bites at once in the process where it happened', async () => {
  const { deps, header, members, sessionId } = await aMemberSession();
  await authenticate(deps, 'member', header, members.load);
  await inTransaction(deps.db, (tx) => endSession(tx, sessionId, deps.clock.now()));
  expect(await reason(authenticate(deps, 'member', header, members.load))).toBe('SESSION_ENDED');
});

test('a sign-out everywhere bites at once here and within five seconds in another process', async () => {
  const { deps, header, members, memberId } = await aMemberSession();
  const other = await anotherProcess(deps);
  await authenticate(deps, 'member', header, members.load);
  await authenticate(other, 'member', header, members.load);
  await inTransaction(deps.db, (tx) => endAllSessions(tx, memberId, deps.clock.now()));
  expect(await reason(authenticate(deps, 'member', header, members.load))).toBe('SESSION_ENDED');
  deps.clock.advance({ seconds: 5 });
  expect(await reason(authenticate(other, 'member', header, members.load))).toBe('SESSION_ENDED');
});

test('a request that is looked up while the sign-out is being committed is not believed afterwards', async () => {
  const { deps, header, members, memberId } = await aMemberSession();
  await inTransaction(deps.db, async (tx) => {
    await endAllSessions(tx, memberId, deps.clock.now());
    // Not committed yet, so the session still stands.
    expect(await authenticate(deps, 'member', header, members.load)).toBeDefined();
  });
  expect(await reason(authenticate(deps, 'member', header, members.load))).toBe('SESSION_ENDED');
});

test('a member who left the union is out within five seconds, though the session stands', async () => {
  const { deps, header, members, memberId } = await aMemberSession();
  await authenticate(deps, 'member', header, members.load);
  members.gone.add(memberId);
  deps.clock.advance({ seconds: 5 });
  expect(await reason(authenticate(deps, 'member', header, members.load))).toBe('ACCOUNT_DISABLED');
});

test('a session that has come to its end opens nothing, whatever the access token says', async () => {
  const { deps, members, memberId, sessionId } = await aMemberSession();
  deps.clock.advance({ days: 30 });
  const claims = { door: 'member', subjectId: memberId, sessionId } as const;
  const { token } = await makeAccessToken(deps.config, claims, deps.clock.now());
  expect(await reason(authenticate(deps, 'member', `Bearer ${token}`, members.load))).toBe('SESSION_ENDED');
});

test('what was looked up is believed for five seconds and costs no statement', async () => {
  const { deps, header, members } = await aMemberSession();
  await authenticate(deps, 'member', header, members.load);
  deps.clock.advance({ seconds: 4 });
  expect(await countQueries(deps.db, () => authenticate(deps, 'member', header, members.load))).toBe(0);
  deps.clock.advance({ seconds: 1 });
  expect(await countQueries(deps.db, () => authenticate(deps, 'member', header, members.load))).toBe(1);
  expect(members.asked).toHaveLength(2);
});

async function manySessions(deps: TestDeps, count: number): Promise<string[]> {
  const sessions = Array.from({ length: count }, () => ({ sessionId: newId(), subjectId: newId() }));
  const now = deps.clock.now();
  const end = new Date(now.getTime() + 3_600_000);
  await insertRows(
    deps.db.manager,
    'session',
    ['id', 'door', 'subject_id', 'generation', 'device', 'created_at', 'rotated_at', 'expires_at'],
    sessions.map(({ sessionId, subjectId }) => [sessionId, 'member', subjectId, 1, '', now, now, end]),
  );
  return Promise.all(
    sessions.map(async (session) => {
      const { token } = await makeAccessToken(deps.config, { door: 'member', ...session }, now);
      return `Bearer ${token}`;
    }),
  );
}

test('requests of a thousand members at once are looked up in a handful of statements', async () => {
  const deps = await testDeps();
  const headers = await manySessions(deps, 1000);
  const members = someMembers();
  const statements = await countQueries(deps.db, async () => {
    const callers = await Promise.all(headers.map((header) => authenticate(deps, 'member', header, members.load)));
    expect(new Set(callers.map((caller) => caller?.actor)).size).toBe(1000);
  });
  expect(statements).toBeLessThan(50);
  expect(members.asked.length).toBeLessThan(50);
});

test('requests that come one by one while a look-up is under way are gathered', async () => {
  const asked: number[] = [];
  const answers: (() => void)[] = [];
  const loader = gatheringLoader(async (keys: readonly number[]) => {
    asked.push(keys.length);
    await new Promise<void>((resolve) => answers.push(resolve));
    return [...keys];
  });
  const aTurn = () => new Promise((resume) => setImmediate(resume));
  const first = loader.load(0);
  await aTurn();
  const others: Promise<number>[] = [];
  for (let key = 1; key <= 600; key++) {
    others.push(loader.load(key));
    await aTurn();
  }
  expect(asked).toEqual([1]);
  answers[0]!();
  expect(await first).toBe(0);
  await aTurn();
  answers[1]!();
  expect(await Promise.all(others)).toHaveLength(600);
  expect(asked).toEqual([1, 600]);
});

test('an admin comes with what the roles give in each branch', async () => {
  const { deps, east, eastern } = await twoCities();
  const header = `Bearer ${eastern.tokens.accessToken}`;
  const caller = await authenticate(deps, 'admin', header, loadAdmins);
  expect(caller).toMatchObject({ door: 'admin', operatorId: eastern.operatorId, actor: eastern.actor });
  if (caller?.door !== 'admin') throw new Error('not an admin');
  expect(caller.grants.map((grant) => grant.unionPath)).toEqual([east.path]);
  expect(caller.permissions.has('members:write')).toBe(true);
  expect(caller.permissions.has('self')).toBe(true);
});

test('a disabled admin is out at once', async () => {
  const { deps, eastern } = await twoCities();
  const header = `Bearer ${eastern.tokens.accessToken}`;
  await authenticate(deps, 'admin', header, loadAdmins);
  await inTransaction(deps.db, (tx) => disableOperator(tx, eastern.operatorId, deps.clock.now()));
  expect(await reason(authenticate(deps, 'admin', header, loadAdmins))).toBe('SESSION_ENDED');
});

test('admins are looked up in two statements, however many', async () => {
  const { deps, root, eastern } = await twoCities();
  const one = await countQueries(deps.db, () => loadAdmins(deps, [root.operatorId]));
  const two = await countQueries(deps.db, () => loadAdmins(deps, [root.operatorId, eastern.operatorId]));
  expect([one, two]).toEqual([2, 2]);
});
