import { beforeEach, expect, test } from 'vitest';
import { type AchievementFilter, achievementsIn } from '../../../src/innovation/achievements/list.ts';
import { unionPath } from '../../../src/unions/queries.ts';
import { countQueries } from '../../support/count-queries.ts';
import { accepted, everyPage } from '../../unions/tree.ts';
import { aDeclaringWorld, aFirm, aPerson, type DeclaringWorld } from './world.ts';

let world: DeclaringWorld;
beforeEach(async () => {
  world = await aDeclaringWorld();
});

const pathOf = async (unionId: string) => (await unionPath(world.deps.db.manager, unionId))!;
const titles = async (filter: AchievementFilter) =>
  (await achievementsIn(world.deps.db.manager, filter, { first: 100, after: undefined })).items.map(
    ({ title }) => title,
  );

test('a list shows what was submitted, the newest first, by each filter and by several', async () => {
  const { deps, declared, draft, admit, anotherSeason, season, westWorks, province, west } = world;
  await aFirm(deps, westWorks, 'state');
  const western = await aPerson(deps, westWorks);
  const first = await declared({ title: '甲', kind: 'method' });
  await declared({ title: '乙', field: '电气', post: 'professional' });
  await declared({ title: '丙' }, western);
  accepted(await draft({ title: '草稿' }));
  accepted(await admit(first));
  const next = await anotherSeason();
  const later = accepted(await draft({ title: '丁' }, undefined, next));
  accepted(await world.submit(later));
  const all = { unionPaths: [await pathOf(province)] };
  expect(await titles(all)).toEqual(['丁', '丙', '乙', '甲']);
  expect(await titles({ seasonId: season.id })).toEqual(['丙', '乙', '甲']);
  expect(await titles({ ...all, kind: 'method' })).toEqual(['甲']);
  expect(await titles({ ...all, group: 'professionals' })).toEqual(['乙']);
  expect(await titles({ ...all, state: 'eligible' })).toEqual(['甲']);
  expect(await titles({ seasonId: season.id, categoryNumber: 3 })).toEqual(['甲']);
  expect(await titles({ ...all, field: ' 电气 ' })).toEqual(['乙']);
  expect(await titles({ ...all, ownership: 'state' })).toEqual(['丙']);
  expect(await titles({ unionPaths: [await pathOf(west)] })).toEqual(['丙']);
  expect(await titles({ unionPaths: [await pathOf(west)], kind: 'method' })).toEqual([]);
  expect(await titles({ unionPaths: [] })).toEqual([]);
});

test('a search finds a number, or words of the title wherever they stand, however they were typed', async () => {
  const { declared, giveBack, change, submit, season } = world;
  await declared({ title: '薄板焊接变形控制' });
  await declared({ title: '焊接机器人（AI 视觉）' });
  const third = await declared({ title: '主轴维护' });
  const search = (text: string) => titles({ seasonId: season.id, search: text });
  expect(await search('焊接')).toEqual(['焊接机器人（AI 视觉）', '薄板焊接变形控制']);
  expect(await search('ａi视觉')).toEqual(['焊接机器人（AI 视觉）']);
  expect(await search('变形 控制')).toEqual(['薄板焊接变形控制']);
  expect(await search('焊接变形控制方法')).toEqual([]);
  expect(await search('3')).toEqual(['主轴维护']);
  expect(await search('焊')).toEqual([]);
  expect(await search('%_')).toEqual([]);
  accepted(await giveBack(third));
  accepted(await change(third, { title: '导轨维护' }));
  expect(await search('导轨')).toEqual([]);
  accepted(await submit(third));
  expect(await search('导轨')).toEqual(['导轨维护']);
  expect(await search('主轴')).toEqual([]);
});

test('pages follow one another without a gap, and each costs the same', async () => {
  const { deps, declared, season, province } = world;
  for (let i = 0; i < 7; i++) await declared({ title: `焊接成果${i}` });
  const unionPaths = [await pathOf(province)];
  for (const filter of [{ seasonId: season.id }, { unionPaths }, { unionPaths, search: '焊接' }]) {
    const costs = new Set<number>();
    const read = await everyPage<string>(async (after) => {
      let items: string[] = [];
      const cost = await countQueries(deps.db, async () => {
        items = (await achievementsIn(deps.db.manager, filter, { first: 2, after })).items.map(({ id }) => id);
      });
      if (items.length > 0) costs.add(cost);
      return items;
    });
    expect(read).toHaveLength(7);
    expect(read).toEqual([...read].sort().reverse());
    expect(costs.size).toBe(1);
  }
});
