import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../../src/platform/ids.ts';
import { startApi, type TestApi, tokenFor } from '../../support/api.ts';
import { countQueries } from '../../support/count-queries.ts';
import { type TestDeps, testDeps } from '../../support/deps.ts';
import { aUnion } from '../../unions/tree.ts';
import { aYear, EVERY_BIRTHDAY } from './world.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi(await testDeps());
});
afterAll(() => api.close());

const RUNS = `query ($programmeId: Id!, $first: Int, $after: String) {
  milestoneRuns(programmeId: $programmeId, first: $first, after: $after) {
    nodes { day state recorded finishedAt } pageInfo { hasNextPage endCursor } } }`;

/** An admin with a role in a union; asks for the runs of a programme. */
async function asking(deps: TestDeps, unionId: string, role: string) {
  const id = newId();
  const operator = [id, 'admin', id, '管理员', 'none', deps.clock.now()];
  await deps.db.query('INSERT INTO operator (id, door, login, name, password_hash, created_at) VALUES (?)', [operator]);
  await deps.db.query('INSERT INTO admin_role (operator_id, union_id, role) VALUES (?)', [[id, unionId, role]]);
  const token = await tokenFor(deps, 'admin', id);
  return (variables: { programmeId: string; first?: number; after?: string }) =>
    api.ask('admin', RUNS, { variables, token });
}

test('an admin of the branch sees the days that were looked at, page by page, the newest first', async () => {
  const { deps, unionId, programmeId, at, publish, join, find } = await aYear('2026-08-01');
  await publish('生日', 'milestone.birthday', EVERY_BIRTHDAY);
  await join({ birthDate: '1990-08-02' });
  await find();
  at('2026-08-03', '10:00');
  await find();
  const part = await aUnion(deps, unionId, '分会');
  const ask = await asking(deps, part, 'event-recorder');
  const first = await ask({ programmeId, first: 2 });
  const finishedAt = '2026-08-03T02:00:00.000Z';
  expect(first.data.milestoneRuns).toEqual({
    nodes: [
      { day: '2026-08-03', state: 'DONE', recorded: 0, finishedAt },
      { day: '2026-08-02', state: 'DONE', recorded: 1, finishedAt },
    ],
    pageInfo: { hasNextPage: true, endCursor: '2026-08-02' },
  });
  const second = await ask({ programmeId, first: 2, after: '2026-08-02' });
  expect(second.data.milestoneRuns).toMatchObject({
    nodes: [{ day: '2026-08-01' }],
    pageInfo: { hasNextPage: false },
  });
  expect((await ask({ programmeId, after: 'nonsense' })).data.milestoneRuns.nodes).toEqual([]);
  const one = await countQueries(deps.db, () => ask({ programmeId, first: 1 }));
  expect(await countQueries(deps.db, () => ask({ programmeId, first: 3 }))).toBe(one);
});

test('another branch’s runs do not show, and a run under way says so', async () => {
  const { deps, unionId, programmeId, at, find } = await aYear('2026-08-03');
  at('2026-08-03', '10:00');
  await find();
  await deps.db.query("UPDATE milestone_run SET state = 'running', finished_at = NULL");
  const elsewhere = await aUnion(deps, null, '外省总工会', 'province');
  const stranger = await asking(deps, elsewhere, 'programme-admin');
  expect((await stranger({ programmeId })).data.milestoneRuns.nodes).toEqual([]);
  const own = await asking(deps, unionId, 'programme-admin');
  expect((await own({ programmeId })).data.milestoneRuns.nodes).toEqual([
    { day: '2026-08-03', state: 'RUNNING', recorded: 0, finishedAt: null },
  ]);
  const clerk = await asking(deps, unionId, 'roster-clerk');
  expect((await clerk({ programmeId })).errors).toMatchObject([{ extensions: { code: 'UNAUTHORIZED' } }]);
});
