import { expect, test } from 'vitest';
import { batchesDone, GroupCommit, groupCommit } from '../../src/platform/db/group-commit.ts';
import { depsAbout } from '../../src/platform/deps.ts';
import { testDeps } from '../support/deps.ts';

const note = (id: string) => [id, 'x', '{}', new Date()];
const INSERT = 'INSERT INTO outbox (id, job, payload, created_at) VALUES ?';

test('commands that arrive while a batch commits are committed together in the next one', async () => {
  const deps = await testDeps();
  const batches: number[] = [];
  const group = new GroupCommit<string, string>(deps, 'test', async (tx, ids) => {
    batches.push(ids.length);
    await tx.query(INSERT, [ids.map(note)]);
    return ids.map((id) => id);
  });
  const first = group.submit('a');
  await new Promise((resume) => setImmediate(resume));
  const rest = Array.from({ length: 20 }, (_, i) => group.submit(`b${i}`));
  expect(await Promise.all([first, ...rest])).toHaveLength(21);
  // Two lanes: either batch may begin first.
  expect(batches.sort((a, b) => a - b)).toEqual([1, 20]);
  expect(await deps.db.query('SELECT id FROM outbox')).toHaveLength(21);
});

test('a caller that submits again the moment it is answered is never forgotten', async () => {
  const deps = await testDeps();
  const group = new GroupCommit<number, number>(deps, 'test', async (_tx, commands) => [...commands]);
  for (let i = 0; i < 50; i++) expect(await group.submit(i)).toBe(i);
});

test('a command that the database will not take harms only itself', async () => {
  const deps = await testDeps();
  const group = new GroupCommit<string, string>(deps, 'test', async (tx, ids) => {
    await tx.query(INSERT, [ids.map(note)]);
    return [...ids];
  });
  const outcomes = await Promise.allSettled(
    ['a', 'b', 'c', 'far too long for the id column of this table', 'd'].map((id) => group.submit(id)),
  );
  expect(outcomes.map((outcome) => outcome.status)).toEqual([
    'fulfilled',
    'fulfilled',
    'fulfilled',
    'rejected',
    'fulfilled',
  ]);
  expect(await deps.db.query('SELECT id FROM outbox')).toHaveLength(4);
});

test('when the database is away everybody in a batch hears so after one more try, not each after one of their own', async () => {
  const deps = await testDeps();
  let runs = 0;
  const group = new GroupCommit<number, number>(deps, 'test', async () => {
    runs += 1;
    throw Object.assign(new Error('away'), { code: 'ECONNREFUSED' });
  });
  const outcomes = await Promise.allSettled(Array.from({ length: 20 }, (_, i) => group.submit(i)));
  expect(outcomes.map((outcome) => outcome.status)).toEqual(Array(20).fill('rejected'));
  // Two lanes may have taken a part each.
  expect(runs).toBeLessThanOrEqual(4);
});

test('a batch is no larger than it may be', async () => {
  const deps = await testDeps();
  const batches: number[] = [];
  const group = new GroupCommit<number, number>(
    deps,
    'test',
    async (_tx, commands) => {
      batches.push(commands.length);
      return [...commands];
    },
    8,
  );
  await Promise.all(Array.from({ length: 20 }, (_, i) => group.submit(i)));
  expect(batches.sort((a, b) => b - a)).toEqual([8, 8, 4]);
});

test('requests whose logs differ are committed together, by the deps of the process', async () => {
  const deps = await testDeps();
  const batches: number[] = [];
  const commit = groupCommit<number, number>('test', async (_tx, commands, given) => {
    expect(given).toBe(deps);
    batches.push(commands.length);
    return [...commands];
  });
  await Promise.all([1, 2, 3].map((requestId) => commit(depsAbout(deps, { requestId }), requestId)));
  expect(batches).toEqual([3]);
});

test('what was submitted is waited for, though nobody waits for its outcome any more', async () => {
  const deps = await testDeps();
  const group = new GroupCommit<string, string>(deps, 'test', async (tx, ids) => {
    await tx.query(INSERT, [ids.map(note)]);
    return [...ids];
  });
  for (const id of ['a', 'b', 'c']) void group.submit(id);
  await batchesDone(deps.db);
  expect(await deps.db.query('SELECT id FROM outbox')).toHaveLength(3);
  await batchesDone(deps.db);
});
