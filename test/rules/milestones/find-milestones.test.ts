import { expect, test } from 'vitest';
import { addDays } from '../../../src/platform/clock.ts';
import { insertRows } from '../../../src/platform/db/sql.ts';
import { newId } from '../../../src/platform/ids.ts';
import { findMilestones } from '../../../src/rules/milestones/find-milestones.ts';
import { beginRun } from '../../../src/rules/milestones/runs.ts';
import { findMilestonesJob } from '../../../workers/jobs/find-milestones.ts';
import { countQueries } from '../../support/count-queries.ts';
import { aUnion } from '../../unions/tree.ts';
import { fixed } from '../world.ts';
import { aYear, EVERY_BIRTHDAY, forYears } from './world.ts';

type Year = Awaited<ReturnType<typeof aYear>>;

/** Puts so many people on the roll who were all born on one day, long before anything is looked for. */
async function manyBornOn({ deps, unionId }: Year, birthDate: string, count: number): Promise<void> {
  const then = new Date('2026-01-01T00:00:00Z');
  const rows = Array.from({ length: count }, () => [newId(), unionId, '测试员', birthDate, 'active', then, then]);
  const columns = ['id', 'union_id', 'name', 'birth_date', 'state', 'created_at', 'updated_at'];
  await insertRows(deps.db.manager, 'member', columns, rows);
}

test('a birthday is recorded on its day, with the year, and pays once however often the job runs', async () => {
  const { deps, publish, join, pay, lived, balance, runs } = await aYear('2026-08-03');
  await publish('生日', 'milestone.birthday', EVERY_BIRTHDAY);
  const ann = await join({ birthDate: '1990-08-03' });
  await join({ birthDate: '1990-08-04' });
  await join({});
  for (let run = 0; run < 3; run++) {
    await findMilestonesJob.run(deps, {}, async () => {});
    await pay();
  }
  expect(await lived()).toEqual([
    { type: 'milestone.birthday', occurredOn: '2026-08-03', attributes: { 年份: 2026 }, state: 'paid' },
  ]);
  expect(await balance(ann)).toBe(100);
  expect(await runs()).toEqual([{ day: '2026-08-03', state: 'done', recorded: 1 }]);
  await expect(deps).toHaveCoherentLedger();
});

test('next year’s birthday is another one', async () => {
  const { deps, skipTo, publish, join, find, pay, days, balance } = await aYear('2026-08-03');
  await publish('生日', 'milestone.birthday', EVERY_BIRTHDAY);
  const ann = await join({ birthDate: '1990-08-03' });
  await find();
  await skipTo('2027-08-03');
  expect(await find()).toBe(1);
  await pay();
  expect(await days(ann)).toEqual(['2026-08-03', '2027-08-03']);
  expect(await balance(ann)).toBe(200);
  await expect(deps).toHaveCoherentLedger();
});

test('four processes that look at once record and count each milestone once', async () => {
  const year = await aYear('2026-08-03');
  const { deps, publish, find, pay, count, runs } = year;
  await publish('生日', 'milestone.birthday', EVERY_BIRTHDAY);
  await manyBornOn(year, '1990-08-03', 1200);
  const recorded = await Promise.all([find(), find(), find(), find()]);
  expect(recorded.reduce((sum, one) => sum + one, 0)).toBe(1200);
  expect(await runs()).toEqual([{ day: '2026-08-03', state: 'done', recorded: 1200 }]);
  await pay();
  expect(await count('activity_event')).toBe(1200);
  expect(await count("transfer WHERE kind = 'accrual' AND points = 100")).toBe(1200);
  await expect(deps).toHaveCoherentLedger();
});

test('a process that ends amid a run leaves it to the next one, also when that starts a day later', async () => {
  const year = await aYear('2026-08-03');
  const { deps, at, publish, join, find, days, runs } = year;
  await publish('生日', 'milestone.birthday', EVERY_BIRTHDAY);
  await manyBornOn(year, '1990-08-03', 700);
  await join({ birthDate: '1991-08-04' });
  const ended = findMilestones(deps, async () => {
    throw new Error('the process ends');
  });
  await expect(ended).rejects.toThrow('the process ends');
  expect(await runs()).toEqual([{ day: '2026-08-03', state: 'running', recorded: 500 }]);
  at('2026-08-04');
  expect(await find()).toBe(201);
  expect(await runs()).toEqual([
    { day: '2026-08-03', state: 'done', recorded: 700 },
    { day: '2026-08-04', state: 'done', recorded: 1 },
  ]);
  expect(new Set(await days())).toEqual(new Set(['2026-08-03', '2026-08-04']));
});

test('after forty days without a process every milestone is recorded on its true day', async () => {
  const { deps, at, publish, join, find, pay, days, balance, runs } = await aYear('2026-08-03');
  await publish('生日', 'milestone.birthday', EVERY_BIRTHDAY);
  await publish('工龄', 'milestone.service', forYears('服务年数', 10));
  await find();
  const ann = await join({ birthDate: '1990-08-04', joinedOn: '2016-09-12' });
  const bo = await join({ birthDate: '1990-08-20', joinedOn: '2016-09-13' });
  at('2026-09-12');
  expect(await find()).toBe(3);
  await pay();
  expect(await days(ann)).toEqual(['2026-08-04', '2026-09-12']);
  expect(await days(bo)).toEqual(['2026-08-20']);
  expect([await balance(ann), await balance(bo)]).toEqual([200, 100]);
  const all = await runs();
  expect(all.map((run) => run.day)).toEqual(Array.from({ length: 41 }, (_, i) => addDays('2026-08-03', i)));
  expect(new Set(all.map((run) => run.state))).toEqual(new Set(['done']));
  await expect(deps).toHaveCoherentLedger();
});

test('what lies further back than a year is passed over', async () => {
  const { deps, programmeId, at, skipTo } = await aYear('2026-08-03');
  await skipTo('2026-08-04');
  at('2027-08-20');
  const run = await beginRun(deps.db, programmeId, '2027-08-20', deps.clock.now());
  expect(run?.day).toBe('2026-08-20');
});

test('29 February is kept on the 28th in a year without it, and nobody’s day is kept twice', async () => {
  const { deps, at, skipTo, publish, join, find, pay, days, lived, balance } = await aYear('2027-02-25');
  await publish('生日', 'milestone.birthday', EVERY_BIRTHDAY);
  await publish('工龄', 'milestone.service', forYears('服务年数', 3, 4));
  await publish('会龄', 'milestone.membership', forYears('入会年数', 3, 4));
  const leap = await join({ birthDate: '1992-02-29', joinedOn: '2024-02-29', unionJoinedOn: '2024-02-29' });
  const eve = await join({ birthDate: '1993-02-28', joinedOn: '2024-02-28' });
  const after = await join({ birthDate: '1993-03-01' });
  await find();
  for (const lastDay of ['2027-03-02', '2028-03-02']) {
    await skipTo(`${lastDay.slice(0, 4)}-02-27`);
    at(lastDay);
    await find();
  }
  await pay();
  expect(await days(leap)).toEqual([...Array(3).fill('2027-02-28'), ...Array(3).fill('2028-02-29')]);
  expect(await days(eve)).toEqual([...Array(2).fill('2027-02-28'), ...Array(2).fill('2028-02-28')]);
  expect(await days(after)).toEqual(['2027-03-01', '2028-03-01']);
  expect((await lived(leap)).map((event) => Object.values(event.attributes)[0])).toEqual([2027, 3, 3, 2028, 4, 4]);
  expect([await balance(leap), await balance(eve), await balance(after)]).toEqual([200 + 140, 200 + 70, 200]);
  await expect(deps).toHaveCoherentLedger();
});

test('years of service and of membership are recorded when a rule has an answer to their number', async () => {
  const { deps, publish, join, find, pay, lived, balance } = await aYear('2026-08-03');
  await publish('工龄', 'milestone.service', forYears('服务年数', 1, 5, 10));
  await publish('会龄', 'milestone.membership', {
    award: { kind: 'fixed', points: 30 },
    occurrence: { kind: 'values', attributes: ['入会年数'] },
    condition: {
      kind: 'any',
      conditions: [
        { kind: 'attribute', attribute: '入会年数', is: 'equal', values: [3] },
        { kind: 'not', condition: { kind: 'fact', fact: 'membership_years', is: 'less', values: [20] } },
      ],
    },
  });
  const one = await join({ joinedOn: '2025-08-03', unionJoinedOn: '2024-08-03' });
  const three = await join({ joinedOn: '2023-08-03', unionJoinedOn: '2023-08-03' });
  const ten = await join({ joinedOn: '2016-08-03', unionJoinedOn: '2005-08-03' });
  const ahead = await join({ joinedOn: '2027-08-03' });
  const today = await join({ joinedOn: '2026-08-03', unionJoinedOn: '2026-08-03' });
  await find();
  await pay();
  const numbers = async (id: string) => (await lived(id)).map((event) => event.attributes);
  expect(await numbers(one)).toEqual([{ 服务年数: 1 }]);
  expect(await numbers(three)).toEqual([{ 入会年数: 3 }]);
  expect(await numbers(ten)).toEqual([{ 入会年数: 21 }, { 服务年数: 10 }]);
  expect([...(await numbers(ahead)), ...(await numbers(today))]).toEqual([]);
  expect([await balance(one), await balance(three), await balance(ten)]).toEqual([10, 30, 130]);
  await expect(deps).toHaveCoherentLedger();
});

test('a number that the rules reward in another branch is recorded, so that it can be explained', async () => {
  const { deps, unionId, at, publish, join, find, pay, lived } = await aYear('2026-08-02');
  const elsewhere = { kind: 'branch', unionIds: [await aUnion(deps, unionId, '分会')] } as const;
  await publish('工龄', 'milestone.service', { ...forYears('服务年数', 5), condition: elsewhere });
  const ended = { from: null, until: '2026-08-02' };
  await publish('会龄', 'milestone.membership', { ...forYears('入会年数', 5), period: ended });
  const ann = await join({ joinedOn: '2021-08-03', unionJoinedOn: '2021-08-03' });
  at('2026-08-03');
  await find();
  await pay();
  expect(await lived(ann)).toMatchObject([{ attributes: { 服务年数: 5 }, state: 'no_award' }]);
});

test('a frozen member has milestones; one who left has none, and neither has one of another branch', async () => {
  const { deps, publish, join, find, days } = await aYear('2026-08-03');
  await publish('生日', 'milestone.birthday', EVERY_BIRTHDAY);
  const frozen = await join({ birthDate: '1990-08-03', state: 'frozen' });
  await join({ birthDate: '1990-08-03', state: 'left' });
  const elsewhere = await aYear('2026-08-03');
  await elsewhere.join({ birthDate: '1990-08-03' });
  expect(await find()).toBe(1);
  expect(await days(frozen)).toEqual(['2026-08-03']);
  expect(await deps.db.query('SELECT recorded_by FROM activity_event')).toEqual([{ recorded_by: 'system:milestones' }]);
});

test('a programme without such rules records nothing and keeps its days', async () => {
  const { at, publish, join, find, count, runs } = await aYear('2026-08-03');
  await publish('分会荣誉', 'honour', fixed(1000));
  await join({ birthDate: '1990-08-03', joinedOn: '2016-08-03', unionJoinedOn: '2016-08-03' });
  expect(await find()).toBe(0);
  at('2026-08-04');
  expect(await find()).toBe(0);
  expect(await count('activity_event')).toBe(0);
  expect((await runs()).map((run) => run.state)).toEqual(['done', 'done']);
});

test('a rule that comes in force after the day’s run is served the next day, and nothing from before it', async () => {
  const { deps, at, publish, join, find, pay, days, balance } = await aYear('2026-08-02');
  const before = await join({ birthDate: '1990-08-02' });
  const ann = await join({ birthDate: '1990-08-03' });
  await find();
  at('2026-08-03');
  await find();
  at('2026-08-03', '10:00');
  await publish('生日', 'milestone.birthday', EVERY_BIRTHDAY);
  await join({ birthDate: '1990-08-02' });
  expect(await find()).toBe(0);
  at('2026-08-04');
  expect(await find()).toBe(1);
  await pay();
  expect(await days()).toEqual(['2026-08-03']);
  expect([await balance(before), await balance(ann)]).toEqual([0, 100]);
  await expect(deps).toHaveCoherentLedger();
});

test('how many statements a run takes does not grow with members whose day it is not', async () => {
  const year = await aYear('2026-08-03');
  const { deps, at, publish, join, find } = year;
  await publish('生日', 'milestone.birthday', EVERY_BIRTHDAY);
  await publish('工龄', 'milestone.service', forYears('服务年数', 10));
  for (const day of ['04', '05', '06']) await join({ birthDate: `1990-08-${day}`, joinedOn: `2016-08-${day}` });
  await find();
  // The run of the day after still looks at those who have just joined.
  at('2026-08-04');
  await find();
  at('2026-08-05');
  const few = await countQueries(deps.db, find);
  await manyBornOn(year, '1990-08-08', 20_000);
  at('2026-08-06');
  expect(await countQueries(deps.db, find)).toBe(few);
});
