import { expect, test } from 'vitest';
import { foundAlliance } from '../../../src/innovation/alliances/found-alliance.ts';
import { memberStudiosOf } from '../../../src/innovation/alliances/queries.ts';
import { countStudios } from '../../../src/innovation/studios/figures/count-studios.ts';
import { findStudios, studiosIn } from '../../../src/innovation/studios/queries.ts';
import { unionPath } from '../../../src/unions/queries.ts';
import { accepted, aKey, anAdmin, aUnion, everyPage } from '../../unions/tree.ts';
import { aStudio, aStudioWorld, type StudioWorld } from './world.ts';

const WOMEN_AI = ['女职工', '人工智能'];

/** An agricultural group of seven farms under the province, and its admin. */
async function aGroup({ deps, province }: StudioWorld) {
  const groupId = await aUnion(deps, province, '农垦集团工会');
  const farms: string[] = [];
  for (let i = 1; i <= 7; i++) farms.push(await aUnion(deps, groupId, `第${i}农场工会`, 'grass-roots'));
  const admin = await anAdmin(deps, [groupId]);
  const path = (await unionPath(deps.db.manager, groupId))!;
  return { groupId, farms, admin, path };
}

test('a group has 107 named studios, 30 of them women’s AI studios, and 5 alliances, one of seven studios over seven firms', async () => {
  const world = await aStudioWorld();
  const { deps, apply, publish, afterNotice } = world;
  const { manager } = deps.db;
  const { groupId, farms, admin, path } = await aGroup(world);
  const studioIds: string[] = [];
  for (let i = 0; i < 107; i++) {
    const fields = { field: i % 2 === 0 ? '良种繁育' : '农机改装', tags: i < 30 ? WOMEN_AI : [] };
    studioIds.push(await aStudio(deps, admin, farms[i % 7]!, fields));
  }
  const unnamed = await aStudio(deps, admin, farms[0]!, { field: '农机改装', tags: ['女职工'] });
  const level = { level: 'firm' as const, namingUnionId: groupId };
  const namingIds: string[] = [];
  for (const id of studioIds) namingIds.push(accepted(await apply(id, level, admin)));
  accepted(await publish(namingIds, { unionId: groupId, level: 'firm', name: '集团创新工作室拟命名名单' }, admin));
  expect((await countStudios(manager, path)).named).toBe(0);
  await afterNotice();
  const allianceIds: string[] = [];
  for (let i = 0; i < 5; i++) {
    const [lead, ...others] = studioIds.slice(i * 7, i * 7 + (i === 0 ? 7 : 3)) as [string, ...string[]];
    const alliance = { unionId: groupId, name: `第${i + 1}联盟`, field: '良种繁育', leadStudioId: lead };
    allianceIds.push(accepted(await foundAlliance(deps, admin, aKey(), { ...alliance, memberStudioIds: others })));
  }
  const members = (await memberStudiosOf(manager, allianceIds)).get(allianceIds[0]!)!;
  const allied = await findStudios(manager, [studioIds[0]!, ...members.map(({ studioId }) => studioId)]);
  expect(members).toHaveLength(6);
  expect(new Set([...allied.values()].map(({ unionId }) => unionId)).size).toBe(7);
  expect(await countStudios(manager, path)).toEqual({
    ...{ studios: 108, named: 107, alliances: 5, alliedStudios: 19 },
    byLevel: [
      { level: 'firm', named: 107 },
      { level: 'city', named: 0 },
      { level: 'province', named: 0 },
      { level: 'nation', named: 0 },
    ],
    byField: expect.arrayContaining([
      { value: '良种繁育', studios: 54, named: 54 },
      { value: '农机改装', studios: 54, named: 53 },
    ]),
    byTag: [
      { value: '女职工', studios: 31, named: 30 },
      { value: '人工智能', studios: 30, named: 30 },
    ],
  });
  const filter = { state: undefined, field: undefined, tag: undefined, namedAt: 'any' as const };
  const listed = await everyPage(async (last?: { id: string }) => {
    const { items } = await studiosIn(manager, [path], filter, { first: 20, after: last?.id });
    return items;
  });
  expect(listed.map(({ id }) => id)).toEqual([...studioIds].reverse());
  expect(listed.map(({ id }) => id)).not.toContain(unnamed);
}, 120_000);

test('figures of a branch count what stands there now: no dissolved studio, no name that has ended, no other branch', async () => {
  const world = await aStudioWorld();
  const { deps, eastWorks, westWorks, admin, province, named, found } = world;
  await named();
  await found();
  await aStudio(deps, admin, westWorks);
  const figures = async (unionId: string) =>
    countStudios(deps.db.manager, (await unionPath(deps.db.manager, unionId))!);
  expect(await figures(eastWorks)).toMatchObject({ studios: 2, named: 1, alliances: 0, alliedStudios: 0 });
  expect(await figures(province)).toMatchObject({ studios: 3, named: 1 });
  await deps.db.query(
    "UPDATE studio_naming SET state = 'withdrawn', reason = '弄虚作假', ended_on = '2026-03-16' WHERE state = 'named'",
  );
  expect(await figures(eastWorks)).toMatchObject({ studios: 2, named: 0 });
});
