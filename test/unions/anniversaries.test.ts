import fc from 'fast-check';
import type { EntityManager } from 'typeorm';
import { expect, test } from 'vitest';
import { newId } from '../../src/platform/ids.ts';
import {
  type AnniversaryQuery,
  type ChangedMember,
  type ChangesQuery,
  type MemberDay,
  membersChangedSince,
  membersOfMonthDay,
} from '../../src/unions/anniversaries.ts';
import { moveMember } from '../../src/unions/move-member.ts';
import { setMemberState } from '../../src/unions/set-member-state.ts';
import type { TestDeps } from '../support/deps.ts';
import { importAll } from './roster/people.ts';
import { accepted, aKey, aMember, anAdmin, aTree, everyPage } from './tree.ts';

const DAYS = ['birth', 'joined', 'unionJoined'] as const satisfies MemberDay[];

test('members are found by the day of the year on which they were born, began to work or joined the union', async () => {
  const { deps, province, eastWorks, westWorks } = await aTree();
  const days = { birthDate: '1990-03-07', joinedOn: '2012-07-01', unionJoinedOn: '2013-12-31' };
  const li = await aMember(deps, eastWorks, days);
  const han = await aMember(deps, westWorks, { ...days, birthDate: '1971-03-07', state: 'frozen' });
  await aMember(deps, eastWorks, { ...days, state: 'left' });
  await aMember(deps, eastWorks, { birthDate: '1990-03-08', joinedOn: '2012-01-07' });
  await aMember(deps, eastWorks);
  const found = (date: MemberDay, monthDays: number[], unionPath = `/${province}/`) =>
    membersOfMonthDay(deps.db.manager, { date, monthDays, unionPath, after: '', limit: 10 });
  expect(await found('birth', [307])).toMatchObject([
    { id: li, date: '1990-03-07' },
    { id: han, date: '1971-03-07' },
  ]);
  expect((await found('joined', [701])).map(({ id, date }) => [id, date])).toEqual([
    [li, '2012-07-01'],
    [han, '2012-07-01'],
  ]);
  const [{ path }] = await deps.db.query('SELECT path FROM union_node WHERE id = ?', [westWorks]);
  expect(await found('unionJoined', [1231], path)).toEqual([{ id: han, unionPath: path, date: '2013-12-31' }]);
  expect(await found('birth', [])).toEqual([]);
});

test('several days at once, each named twice, give every member once and in order of id: the 29th of February too', async () => {
  const { deps, province, eastWorks } = await aTree();
  const leap = await aMember(deps, eastWorks, { birthDate: '1992-02-29' });
  const eve = await aMember(deps, eastWorks, { birthDate: '1993-02-28' });
  await aMember(deps, eastWorks, { birthDate: '1993-03-01' });
  const another = await aMember(deps, eastWorks, { birthDate: '1988-02-29' });
  const asked = { date: 'birth', unionPath: `/${province}/`, after: '', limit: 10 } as const;
  const found = await membersOfMonthDay(deps.db.manager, { ...asked, monthDays: [228, 229, 228, 229] });
  expect(found.map((one) => one.id)).toEqual([leap, eve, another]);
});

test('pages of any size follow one another without a gap or a repeat', async () => {
  const { deps, province, eastWorks, westWorks } = await aTree();
  const expected: string[] = [];
  for (let i = 0; i < 12; i++)
    expected.push(await aMember(deps, i % 3 ? eastWorks : westWorks, { birthDate: `199${i % 5}-0${1 + (i % 2)}-15` }));
  const asked = { date: 'birth', monthDays: [115, 215], unionPath: `/${province}/` } as const;
  const changes = { since: new Date(0), until: new Date('2100-01-01'), unionPath: `/${province}/` };
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 13 }), async (limit) => {
      const born = await everyPage<{ id: string }>((last) =>
        membersOfMonthDay(deps.db.manager, { ...asked, after: last?.id ?? '', limit }),
      );
      expect(born.map((one) => one.id)).toEqual(expected);
      const changed = await everyPage<ChangedMember>((after) =>
        membersChangedSince(deps.db.manager, { ...changes, after, limit }),
      );
      expect(changed.map((one) => one.id)).toEqual(expected);
    }),
    { numRuns: 13 },
  );
});

test('every change of dates, union or state shows among the changes, once, at its last instant', async () => {
  const { deps, province, east, eastWorks, westWorks } = await aTree();
  const admin = await anAdmin(deps, [province]);
  const li = await aMember(deps, eastWorks, { name: '李雷', staffNumber: 'A1', birthDate: '1990-03-07' });
  const han = await aMember(deps, eastWorks, { name: '韩梅梅', staffNumber: 'A2' });
  const since = deps.clock.now();
  const changes = async (given: Partial<ChangesQuery> = {}) =>
    membersChangedSince(deps.db.manager, {
      since,
      until: new Date(deps.clock.now().getTime() + 1),
      unionPath: `/${province}/`,
      after: undefined,
      limit: 10,
      ...given,
    });
  expect((await changes()).map((one) => one.id)).toEqual([li, han]);
  expect(await changes({ until: since })).toEqual([]);

  const at = () => deps.clock.now();
  const moments: Date[] = [];
  const later = () => {
    deps.clock.advance({ minutes: 1 });
    moments.push(at());
  };
  later();
  await importAll(deps, admin, east, [
    ['姓名', '工号', '单位', '入职日期', '入会日期'],
    ['李雷', 'A1', '东厂工会', '2012-07-01', '2013-01-01'],
    ['韩梅梅', 'A2', '东厂工会', '', ''],
    ['张三', 'A3', '东厂工会', '', ''],
  ]);
  const [first, enrolled] = await changes({ since: moments[0]! });
  expect(first).toMatchObject({
    id: li,
    birthDate: '1990-03-07',
    joinedOn: '2012-07-01',
    unionJoinedOn: '2013-01-01',
    updatedAt: moments[0],
  });
  expect(enrolled).toMatchObject({ birthDate: null, joinedOn: null, unionJoinedOn: null, updatedAt: moments[0] });
  later();
  accepted(await moveMember(deps, admin, aKey(), { id: han, unionId: westWorks }));
  later();
  accepted(await setMemberState(deps, admin, aKey(), { id: li, state: 'left', reason: '退休' }));
  expect((await changes({ since: moments[1]! })).map((one) => one.id)).toEqual([han]);
  later();
  accepted(await setMemberState(deps, admin, aKey(), { id: li, state: 'active', reason: '返聘' }));
  expect((await changes()).map(({ id, updatedAt }) => [id, updatedAt])).toEqual([
    [enrolled!.id, moments[0]],
    [han, moments[1]],
    [li, moments[3]],
  ]);
  expect((await changes()).find((one) => one.id === han)?.unionPath).toContain(westWorks);
});

/** So many people of two unions, their days spread over the year. */
async function crowd({ db, clock }: TestDeps, unionIds: readonly string[], size: number): Promise<void> {
  const day = (i: number) => new Date(Date.UTC(1970, 0, 1 + (i % 10_000))).toISOString().slice(0, 10);
  const rows = Array.from({ length: size }, (_, i) => {
    const updatedAt = new Date(clock.now().getTime() + i * 1000);
    return [newId(), unionIds[i % 2], '测试员', day(i), day(i + 1), day(i + 2), 'active', clock.now(), updatedAt];
  });
  for (let from = 0; from < size; from += 1000)
    await db.query(
      `INSERT INTO member (id, union_id, name, birth_date, joined_on, union_joined_on, state, created_at, updated_at)
       VALUES ?`,
      [rows.slice(from, from + 1000)],
    );
}

interface Step {
  table: string | null;
  type: string | null;
  key: string | null;
  rows: number | string | null;
  Extra: string | null;
}

/** How the server reads the members for a query: the step of its plan for the table m, for each part of a union. */
async function plan({ db }: TestDeps, query: (db: EntityManager) => Promise<unknown>): Promise<Step[]> {
  let steps: Step[] = [];
  const explaining = {
    query: async (sql: string, parameters: unknown[]) => {
      steps = await db.query(`EXPLAIN ${sql}`, parameters);
      return [];
    },
  };
  await query(explaining as unknown as EntityManager);
  return steps.filter((step) => step.table === 'm');
}

test('among 20,000 members those of a day and those changed are read by their indexes, in order, and no others', async () => {
  const { deps, province, eastWorks, westWorks } = await aTree();
  await crowd(deps, [eastWorks, westWorks], 20_000);
  const all = `/${province}/`;
  const [{ path: one }] = await deps.db.query('SELECT path FROM union_node WHERE id = ?', [eastWorks]);
  for (const unionPath of [all, one])
    for (const date of DAYS) {
      const asked: AnniversaryQuery = { date, monthDays: [228, 229], unionPath, after: newId(), limit: 500 };
      const parts = await plan(deps, (db) => membersOfMonthDay(db, asked));
      const index = { birth: 'birth', joined: 'joined', unionJoined: 'union_joined' }[date];
      expect(parts.map((part) => part.key)).toEqual(Array(2).fill(`member_${index}_month_day`));
      for (const part of parts) {
        expect(part.Extra).not.toContain('filesort');
        expect(Number(part.rows)).toBeLessThan(200);
      }
    }
  const found = await membersOfMonthDay(deps.db.manager, {
    date: 'birth',
    monthDays: [101],
    unionPath: one,
    after: '',
    limit: 500,
  });
  expect(found.length).toBeGreaterThan(20);
  expect(new Set(found.map((member) => member.unionPath))).toEqual(new Set([one]));
  const since = new Date(deps.clock.now().getTime() + 5_000_000);
  const until = new Date(since.getTime() + 100_000);
  for (const unionPath of [all, one]) {
    const changes = { since, until, unionPath, after: { updatedAt: since, id: newId() }, limit: 500 };
    const [step] = await plan(deps, (db) => membersChangedSince(db, changes));
    expect(step).toMatchObject({ key: 'member_updated', type: 'range' });
    expect(step!.Extra).not.toContain('filesort');
    expect(Number(step!.rows)).toBeLessThan(200);
  }
  expect(
    await membersChangedSince(deps.db.manager, { since, until, unionPath: all, after: undefined, limit: 500 }),
  ).toHaveLength(100);
});
