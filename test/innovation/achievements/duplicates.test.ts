import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { bandKeys } from '../../../src/innovation/achievements/duplicates/bands.ts';
import { gramsOf, plain, similarity } from '../../../src/innovation/achievements/duplicates/grams.ts';
import { possibleDuplicates } from '../../../src/innovation/achievements/duplicates/possible-duplicates.ts';
import { countQueries } from '../../support/count-queries.ts';
import { accepted } from '../../unions/tree.ts';
import { aDeclaringWorld, type DeclaringWorld, textOf } from './world.ts';

// Common characters, of which texts of any length can be made that have little in common.
const sign = fc.integer({ min: 0x4e00, max: 0x4e00 + 2000 }).map((code) => String.fromCharCode(code));
const someText = fc.array(sign, { minLength: 60, maxLength: 400 }).map((signs) => signs.join(''));

const keys = (text: string) => new Set(bandKeys({ title: '', text }).map(({ band, value }) => `${band} ${value}`));
const share = (one: string, other: string) => [...keys(one)].some((key) => keys(other).has(key));
const alike = (one: string, other: string) => similarity(gramsOf(plain(one), 3), gramsOf(plain(other), 3));

test('how much two texts have in common: order does not matter, all of a text is one, nothing in common is nought', () => {
  fc.assert(
    fc.property(someText, someText, (one, other) => {
      expect(alike(one, other)).toBe(alike(other, one));
      expect(alike(one, one)).toBe(1);
      expect(alike(one, other)).toBeGreaterThanOrEqual(0);
      expect(alike(one, other)).toBeLessThanOrEqual(1);
    }),
    { numRuns: 50 },
  );
  expect(alike('分段退焊', '激光熔覆')).toBe(0);
  expect(alike('', '')).toBe(0);
});

test('spaces, punctuation, width and case make a copy no other text', () => {
  fc.assert(
    fc.property(someText, fc.array(fc.nat(60), { maxLength: 10 }), (text, places) => {
      const spread = places.reduce((one, place) => `${one.slice(0, place)}，\n ${one.slice(place)}`, text);
      expect(keys(spread)).toEqual(keys(text));
    }),
    { numRuns: 50 },
  );
  expect(plain('ＡＩ 焊接（二）。')).toBe(plain('ai焊接二'));
});

test('a text in which one character of twenty was changed anywhere shares a band, and is much alike', () => {
  fc.assert(
    fc.property(
      someText,
      fc.infiniteStream(fc.tuple(fc.nat(), sign, fc.constantFrom('put', 'drop', 'add'))),
      (text, edits) => {
        let changed = text;
        for (let left = Math.floor(text.length / 20); left > 0; left--) {
          const [where, put, how] = edits.next().value!;
          const place = where % changed.length;
          const after = how === 'add' ? place : place + 1;
          changed = changed.slice(0, place) + (how === 'drop' ? '' : put) + changed.slice(after);
        }
        expect(share(text, changed)).toBe(true);
        expect(alike(text, changed)).toBeGreaterThan(0.6);
      },
    ),
    { numRuns: 100 },
  );
});

let world: DeclaringWorld;
beforeEach(async () => {
  world = await aDeclaringWorld();
});

const found = async (id: string) =>
  (await possibleDuplicates(world.deps.db.manager, id)).map(({ achievement, text, title, samePatent }) => ({
    ...{ id: achievement.id, text: Math.round(text * 100), title: Math.round(title * 100), samePatent },
  }));

test('a copy is found by both, whichever came first, also across seasons; the unrelated, drafts and the withdrawn are not', async () => {
  const { declared, draft, withdraw, anotherSeason } = world;
  const text = textOf(1);
  const one = await declared({ title: '薄板焊接变形控制', text });
  const later = await anotherSeason();
  const copy = accepted(
    await draft({ title: '一种新的工装', text: `${text.slice(0, 99)}， ${text.slice(99)}。` }, undefined, later),
  );
  expect(await found(one)).toEqual([]);
  accepted(await world.submit(copy));
  const unrelated = await declared({ title: '数控机床主轴维护', text: textOf(2) });
  accepted(await draft({ title: '草稿', text }));
  const gone = await declared({ title: '撤回', text });
  accepted(await withdraw(gone));
  expect(await found(one)).toEqual([{ id: copy, text: 100, title: 0, samePatent: false }]);
  expect(await found(copy)).toEqual([{ id: one, text: 100, title: 0, samePatent: false }]);
  expect(await found(unrelated)).toEqual([]);
});

test('the same title, or the same patent, is found where the texts have nothing in common', async () => {
  const { declared } = world;
  const one = await declared({ title: '薄板焊接变形控制', text: textOf(1) });
  const named = await declared({ title: '薄板焊接变形控制！', text: textOf(3) });
  expect(await found(one)).toEqual([{ id: named, text: 0, title: 100, samePatent: false }]);
  const patent = { kind: 'patent', title: '一种焊枪', text: textOf(4), patentNumber: 'ZL201710601862.3' } as const;
  const first = await declared(patent);
  const applied = await declared({
    ...patent,
    title: '送丝机构',
    text: textOf(5),
    patentNumber: '2017 1 0601862.3',
  });
  expect(await found(first)).toEqual([{ id: applied, text: 0, title: 0, samePatent: true }]);
});

test('what is found follows the text that was submitted last', async () => {
  const { declared, giveBack, change, submit } = world;
  const one = await declared({ title: '甲成果名称', text: textOf(1) });
  const other = await declared({ title: '乙项目简介', text: textOf(2) });
  accepted(await giveBack(other));
  accepted(await change(other, { title: '乙项目简介', text: textOf(1) }));
  expect(await found(one)).toEqual([]);
  accepted(await submit(other));
  expect((await found(one)).map(({ id }) => id)).toEqual([other]);
  accepted(await giveBack(other));
  accepted(await change(other, { title: '乙项目简介', text: textOf(2) }));
  accepted(await submit(other));
  expect(await found(one)).toEqual([]);
  const [{ rows }] = await world.deps.db.query(
    'SELECT COUNT(*) AS `rows` FROM achievement_band WHERE achievement_id = ?',
    [other],
  );
  expect(Number(rows)).toBe(bandKeys({ title: '乙项目简介', text: textOf(2) }).length);
});

test('asks no more of the database for many copies than for one', async () => {
  const { declared, deps } = world;
  const one = await declared({ text: textOf(1) });
  await declared({ text: textOf(1) });
  const ask = () => possibleDuplicates(deps.db.manager, one);
  const before = await countQueries(deps.db, ask);
  for (let i = 0; i < 14; i++) await declared({ text: textOf(1) });
  expect(await ask()).toHaveLength(10);
  expect(await countQueries(deps.db, ask)).toBe(before);
});
