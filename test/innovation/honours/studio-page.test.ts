import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, type TestApi, tokenFor } from '../../support/api.ts';
import { countQueries } from '../../support/count-queries.ts';
import { type TestDeps, testDeps } from '../../support/deps.ts';
import { accepted } from '../../unions/tree.ts';
import { aReviewWorld } from '../review/world.ts';
import { aSkilledPerson, aStudio } from '../studios/world.ts';

let deps: TestDeps;
let api: TestApi;

beforeAll(async () => {
  deps = await testDeps();
  api = await startApi(deps);
});
afterAll(() => api.close());

test('the page of a studio shows what it made and was honoured for, and nothing before that', async () => {
  const world = await aReviewWorld();
  const { admin, eastWorks, season, declared, closeDeclarations, review, ranked, list, publish, afterNotice } = world;
  const leader = await aSkilledPerson(world.deps, eastWorks);
  const studioId = await aStudio(world.deps, admin, eastWorks, {
    leader: { memberId: leader, kind: 'skilled_worker', evidenceIds: [] },
  });
  const { season: opened, categories } = await season();
  for (const title of ['变位机', '快换夹具', '旧图纸'])
    await declared(opened.id, {
      ...{ unionId: eastWorks, declarerId: leader, title, studios: [{ studioId, share: 10_000 }] },
    });
  closeDeclarations();
  accepted(await review(opened.id));
  await ranked(categories[0]!.id, [90, 80, 70]);
  const read = async (first: number) => {
    deps.clock.set(world.deps.clock.now().toISOString());
    const token = await tokenFor(deps, 'member', leader);
    const query = `query ($first: Int) { myStudio { achievements(first: $first) {
      nodes { title gradeName categoryName firmName season { name } } } } }`;
    return api.ask('member', query, { token, variables: { first } });
  };
  expect(await read(5)).toMatchObject({ data: { myStudio: { achievements: { nodes: [] } } } });
  accepted(await list(opened.id));
  accepted(await publish(opened.id));
  await afterNotice();
  expect(await read(5)).toMatchObject({
    data: {
      myStudio: {
        achievements: {
          nodes: [
            { title: '快换夹具', gradeName: '二等奖', firmName: '东厂工会', season: { name: opened.name } },
            { title: '变位机', gradeName: '一等奖', categoryName: '技术成果' },
          ],
        },
      },
    },
  });
  const one = await countQueries(deps.db, () => read(1));
  expect(await countQueries(deps.db, () => read(2))).toEqual(one);
});
