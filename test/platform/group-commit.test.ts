import { expect, test } from 'vitest';
import { GroupCommit } from '../../src/platform/db/group-commit.ts';
import { testDeps } from '../support/deps.ts';

const note = (id: string) => [id, 'x', '{}', new Date()];
const INSERT = 'INSERT INTO outbox (id, job, payload, created_at) VALUES ?';

test('commands that arrive while a batch commits are committed together in the next one', async () => {
  const { db } = await testDeps();
  const batches: number[] = [];
  const group = new GroupCommit<string, string>(db, async (tx, ids) => {
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
  expect(await db.query('SELECT id FROM outbox')).toHaveLength(21);
});

test('a caller that submits again the moment it is answered is never forgotten', async () => {
  const { db } = await testDeps();
  const group = new GroupCommit<number, number>(db, async (_tx, commands) => [...commands]);
  for (let i = 0; i < 50; i++) expect(await group.submit(i)).toBe(i);
});

test('a command that the database will not take harms only itself', async () => {
  const { db } = await testDeps();
  const group = new GroupCommit<string, string>(db, async (tx, ids) => {
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
  expect(await db.query('SELECT id FROM outbox')).toHaveLength(4);
});

test('a batch is no larger than it may be', async () => {
  const { db } = await testDeps();
  const batches: number[] = [];
  const group = new GroupCommit<number, number>(
    db,
    async (_tx, commands) => {
      batches.push(commands.length);
      return [...commands];
    },
    8,
  );
  await Promise.all(Array.from({ length: 20 }, (_, i) => group.submit(i)));
  expect(batches).toEqual([8, 8, 4]);
});
