import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, type TestApi, tokenFor } from '../../support/api.ts';
import { countQueries } from '../../support/count-queries.ts';
import { type TestDeps, testDeps } from '../../support/deps.ts';
import { accepted } from '../../unions/tree.ts';
import { anAccount } from '../world.ts';
import { aRankingWorld } from './world.ts';

let api: TestApi;
let apiDeps: TestDeps;
beforeAll(async () => {
  apiDeps = await testDeps();
  api = await startApi(apiDeps);
});
afterAll(() => api.close());

const RANKINGS = `query ($panelId: Id!, $first: Int, $after: String) {
  rankings(panelId: $panelId, first: $first, after: $after) {
    nodes { id version state candidateCount scoreCount reason madeBy } pageInfo { hasNextPage endCursor } } }`;
const PLACES = `query ($rankingId: Id!, $first: Int, $after: String) {
  ranking(id: $rankingId) { panelId state }
  rankingPlaces(rankingId: $rankingId, first: $first, after: $after) {
    nodes { place total decidedBy decidedByCriterion candidate { number label union { name } }
      explanation { criteria { number marks scores { judgeId value marks isDropped } } sheets { place of } } }
    pageInfo { hasNextPage endCursor } } }`;

/** The world of rankings, in which an account asks the admin door as one who has just signed in. */
async function signedIn() {
  const world = await aRankingWorld();
  const { deps } = world;
  const ask = async ({ operatorId }: { operatorId: string | null }, query: string, variables = {}) => {
    apiDeps.clock.set(deps.clock.now().toISOString());
    const { data, errors } = await api.ask('admin', query, {
      variables,
      token: await tokenFor(deps, 'admin', operatorId!),
    });
    expect(errors).toEqual([]);
    return data;
  };
  return { ...world, ask };
}

test('admins of the branch page through versions and places, each with what it was made of', async () => {
  const { admin, aScoredPanel, make, ask, ann } = await withPanel();
  const { panelId } = aScoredPanel;
  const old = accepted(await make(panelId));
  const id = accepted(await make(panelId, '异议成立'));
  const { rankings } = await ask(admin, RANKINGS, { panelId, first: 1 });
  expect(rankings.nodes).toEqual([
    {
      ...{ id, version: 2, state: 'PROVISIONAL', candidateCount: 3, scoreCount: 12, reason: '异议成立' },
      madeBy: 'system:competitions',
    },
  ]);
  const next = await ask(admin, RANKINGS, { panelId, first: 1, after: rankings.pageInfo.endCursor });
  expect(next.rankings).toMatchObject({
    nodes: [{ id: old, version: 1, state: 'SUPERSEDED', reason: null }],
    pageInfo: { hasNextPage: false },
  });
  const page = await ask(admin, PLACES, { rankingId: id, first: 2 });
  expect(page.ranking).toEqual({ panelId, state: 'PROVISIONAL' });
  expect(page.rankingPlaces.nodes).toMatchObject([
    { place: 1, total: 90, decidedBy: null, candidate: { number: 2, union: { name: '纺织厂工会' } } },
    { place: 2, total: 75, decidedBy: null, candidate: { number: 1 } },
  ]);
  const [, { explanation }] = page.rankingPlaces.nodes;
  expect(explanation.criteria[0].scores).toContainEqual({ judgeId: ann.id, value: 80, marks: 80, isDropped: false });
  const last = await ask(admin, PLACES, {
    rankingId: id,
    first: 2,
    after: page.rankingPlaces.pageInfo.endCursor,
  });
  expect(last.rankingPlaces).toMatchObject({
    nodes: [{ place: 3, decidedBy: 'EARLIER_ENTRY', decidedByCriterion: null, candidate: { number: 3 } }],
    pageInfo: { hasNextPage: false },
  });
});

test('another branch sees nothing, and no more of what is not there', async () => {
  const { deps, west, aScoredPanel, make, ask } = await withPanel();
  const { panelId } = aScoredPanel;
  const rankingId = accepted(await make(panelId));
  const stranger = await anAccount(deps, west, 'federation-admin');
  expect((await ask(stranger, RANKINGS, { panelId })).rankings.nodes).toEqual([]);
  expect(await ask(stranger, PLACES, { rankingId })).toMatchObject({ ranking: null, rankingPlaces: { nodes: [] } });
});

test('more places take no more statements', async () => {
  const { deps, admin, aScoredPanel, make, ask } = await withPanel();
  const rankingId = accepted(await make(aScoredPanel.panelId));
  const statements = (first: number) => countQueries(deps.db, () => ask(admin, PLACES, { rankingId, first }));
  expect(await statements(3)).toBe(await statements(1));
});

async function withPanel() {
  const world = await signedIn();
  const aScoredPanel = await world.aScoredPanel();
  return { ...world, aScoredPanel, ann: aScoredPanel.ann };
}
