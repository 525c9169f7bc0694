import { afterAll, beforeAll, expect, test } from 'vitest';
import { countParticipation } from '../../../src/competitions/entries/participation/count-participation.ts';
import { copyPlan } from '../../../src/competitions/plan/copy-plan.ts';
import { publishCompetition } from '../../../src/competitions/plan/publish-competition.ts';
import { anAdmin as anOperator } from '../../identity/world.ts';
import { startApi, type TestApi, tokenFor } from '../../support/api.ts';
import { type TestDeps, testDeps } from '../../support/deps.ts';
import { accepted, aKey } from '../../unions/tree.ts';
import { aCompetition, aPerson, aScene, enter, type Scene } from './world.ts';

let deps: TestDeps;
let api: TestApi;

beforeAll(async () => {
  deps = await testDeps();
  api = await startApi(deps);
});
afterAll(() => api.close());

const FIGURES = 'firms entries members byFirmType { firmType entries } bySex { sex members }';

test('the figures of a competition stand beside those of the one whose plan it was copied from', async () => {
  const scene: Scene = { ...(await aScene()), deps };
  const { province, eastWorks, westWorks, caller } = scene;
  const last = await aCompetition(scene);
  const [ann, bob] = [
    await aPerson(scene, eastWorks, { sex: 'female' }),
    await aPerson(scene, westWorks, { sex: 'male' }),
  ];
  accepted(await enter(deps, ann, last));
  await countParticipation(deps, last);
  const next = accepted(await copyPlan(deps, caller, aKey(), { competitionId: last, year: 2027 }));
  accepted(await publishCompetition(deps, caller, aKey(), { competitionId: next }));
  deps.clock.set('2027-03-15T02:00:00.000Z');
  for (const person of [ann, bob]) accepted(await enter(deps, person, next));
  await countParticipation(deps, next);
  const { operatorId } = await anOperator(deps, 'clerk', [[{ id: province, path: '' }, 'federation-admin']]);
  const figures = async (id: string) => {
    const { data, errors } = await api.ask(
      'admin',
      `query ($id: Id!) { participation(competitionId: $id) { ${FIGURES} yearBefore { ${FIGURES} } } }`,
      { token: await tokenFor(deps, 'admin', operatorId), variables: { id } },
    );
    expect(errors).toEqual([]);
    return data.participation;
  };
  const ofLast = {
    ...{ firms: 1, entries: 1, members: 1, byFirmType: [{ firmType: 'LITTLE_GIANT', entries: 1 }] },
    bySex: [{ sex: 'female', members: 1 }],
  };
  expect(await figures(next)).toEqual({
    ...{ firms: 2, entries: 2, members: 2 },
    byFirmType: [
      { firmType: 'LITTLE_GIANT', entries: 1 },
      { firmType: 'SPECIALISED', entries: 1 },
    ],
    bySex: [
      { sex: 'female', members: 1 },
      { sex: 'male', members: 1 },
    ],
    yearBefore: ofLast,
  });
  expect(await figures(last)).toEqual({ ...ofLast, yearBefore: null });
});
