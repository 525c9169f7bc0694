import { afterAll, beforeAll, expect, test } from 'vitest';
import { Competition } from '../../src/competitions/plan/competition.entity.ts';
import { subsidiesOf, winnersOf } from '../../src/competitions/plan/plan.ts';
import { publishCompetition } from '../../src/competitions/plan/publish-competition.ts';
import { readPlan } from '../../src/competitions/plan/read-plan.ts';
import { accepted, Client } from '../../src/demo/client.ts';
import { enterCompetition } from '../../src/demo/enter-competition.ts';
import { aKey, anAdmin, aUnion, PASSWORD } from '../identity/world.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { type TestDeps, testDeps } from '../support/deps.ts';

let deps: TestDeps;
let api: TestApi;

beforeAll(async () => {
  deps = await testDeps();
  api = await startApi(deps);
});
afterAll(() => api.close());

/** The plan as the loader of the demo enters it at the admin door. */
async function aDemoPlan() {
  deps.clock.set('2025-02-01T02:00:00.000Z');
  const federation = await aUnion(deps, '演示市总工会');
  const caller = await anAdmin(deps, 'demo', [[federation, 'federation-admin']]);
  const admin = new Client(api.url, 'admin');
  accepted(await admin.signIn('demo', PASSWORD));
  const competitionId = await enterCompetition(admin, federation.id);
  const competition = await deps.db.manager.findOneByOrFail(Competition, { id: competitionId });
  return { admin, caller, federation, competition, plan: await readPlan(deps.db.manager, competition) };
}

test('in the plan of Anhui 28 winners share 1,610,000 yuan, to the fen, by nine criteria in two divisions', async () => {
  const { plan } = await aDemoPlan();
  expect(subsidiesOf(plan.awards)).toBe(1_610_000 * 100);
  expect(plan.budgetFen).toBe(1_610_000 * 100);
  expect(plan.awards.reduce((sum, award) => sum + winnersOf(award), 0)).toBe(28);
  expect(plan.divisions).toHaveLength(2);
  expect(plan.criteria.map(({ name }) => name.slice(0, 1)).join('')).toBe('比比比比比赛赛赛赛');
  expect(plan.criteria.reduce((sum, { weight }) => sum + weight, 0)).toBe(10_000);
  expect(plan.stages).toHaveLength(2 * (2 + 16));
  expect(plan.stages.filter(({ isLive }) => isLive)).toHaveLength(2);
});

test('nothing keeps the plan of Anhui from being published in its time, and loading it again changes nothing', async () => {
  const { admin, caller, federation, competition } = await aDemoPlan();
  expect(await enterCompetition(admin, federation.id)).toBe(competition.id);
  const { competition: shown } = await admin.ask<{ competition: object }>(
    'query ($id: Id!) { competition(id: $id) { state troubles { code at message } } }',
    { id: competition.id },
  );
  expect(shown).toEqual({ state: 'DRAFT', troubles: [] });
  const published = await publishCompetition(deps, caller, aKey(), { competitionId: competition.id });
  expect(published).toEqual({ ok: true, value: competition.id });
});

test('today the plan of Anhui can be copied only: its entry is over', async () => {
  const { admin, competition } = await aDemoPlan();
  deps.clock.set('2026-02-01T02:00:00.000Z');
  accepted(await admin.signIn('demo', PASSWORD));
  const troubles = `troubles { code at } name certificatePrefix entryFrom
    stages(first: 1) { nodes { name startsOn } }`;
  const { competition: shown } = await admin.ask<{ competition: object }>(
    `query ($id: Id!) { competition(id: $id) { ${troubles} } }`,
    { id: competition.id },
  );
  expect(shown).toMatchObject({ troubles: [{ code: 'ENTRY_OVER', at: 'plan.entryUntil' }] });
  const copy = await admin.act(
    `mutation ($key: String!, $id: Id!) {
      copyPlan(key: $key, competitionId: $id, year: 2026) { __typename ... on Competition { ${troubles} } }
    }`,
    { key: aKey(), id: competition.id },
  );
  expect(accepted(copy)).toMatchObject({
    troubles: [],
    name: '安徽省“五比四赛”职工技能竞赛（2026）',
    certificatePrefix: 'AH2026',
    entryFrom: '2026-02-28T16:00:00.000Z',
    stages: { nodes: [{ name: '基础组省决赛路演', startsOn: '2026-10-28' }] },
  });
});
