import { expect, test } from 'vitest';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import { newId } from '../../src/platform/ids.ts';
import { createUnion, createUnionAs } from '../../src/unions/create-union.ts';
import { branchUnions, childUnions, findUnions, topUnions, unionPath } from '../../src/unions/queries.ts';
import { renameUnion } from '../../src/unions/rename-union.ts';
import { testDeps } from '../support/deps.ts';
import { aKey, anAdmin, aTree, aUnion, auditTrail, refused } from './tree.ts';

const first = (first: number, after?: string) => ({ first, after });

test("a union's path is its parent's and its own id", async () => {
  const { deps, province, east, eastWorks } = await aTree();
  const db = deps.db.manager;
  expect(await unionPath(db, province)).toBe(`/${province}/`);
  expect(await unionPath(db, eastWorks)).toBe(`/${province}/${east}/${eastWorks}/`);
  expect(await unionPath(db, newId())).toBeUndefined();
  const branch = await branchUnions(db, `/${province}/${east}/`);
  expect(branch.map((union) => union.id)).toEqual([east, eastWorks]);
  expect(await findUnions(db, [eastWorks, newId()])).toMatchObject([
    { id: eastWorks, parentId: east, name: '东厂工会', kind: 'enterprise', createdAt: deps.clock.now() },
  ]);
});

test('two unions under one parent, or two roots, cannot have one name; under two parents they can', async () => {
  const { deps, east, west } = await aTree();
  const make = (parentId: string | null, name: string) =>
    inTransaction(deps.db, (tx) => createUnion(tx, { parentId, name, kind: 'city' }, deps.clock.now()));
  expect(await make(east, '东厂工会')).toMatchObject(refused('UNION_NAME_TAKEN'));
  expect(await make(null, '省总工会')).toMatchObject(refused('UNION_NAME_TAKEN'));
  expect(await make(west, '东厂工会')).toMatchObject({ ok: true });
  expect(await deps.db.query('SELECT COUNT(*) AS n FROM union_node')).toEqual([{ n: 6 }]);
});

test('of eight that make a union of one name at once, one makes it', async () => {
  const { deps, east } = await aTree();
  const outcomes = await Promise.all(
    Array.from({ length: 8 }, () =>
      inTransaction(deps.db, (tx) =>
        createUnion(tx, { parentId: east, name: '新厂工会', kind: 'enterprise' }, deps.clock.now()),
      ),
    ),
  );
  expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
  expect(outcomes.filter((outcome) => !outcome.ok)).toMatchObject(Array(7).fill(refused('UNION_NAME_TAKEN')));
});

test('the tree has fourteen levels and no fifteenth; a parent must exist; a name must be one', async () => {
  const deps = await testDeps();
  let parentId: string | null = null;
  for (let level = 1; level <= 14; level++) parentId = await aUnion(deps, parentId, `第${level}级`);
  const make = (parent: string | null, name: string) =>
    inTransaction(deps.db, (tx) => createUnion(tx, { parentId: parent, name, kind: 'city' }, deps.clock.now()));
  expect(await make(parentId, '第15级')).toMatchObject(refused('UNION_TOO_DEEP'));
  expect(await make(newId(), '孤儿')).toMatchObject(refused('UNION_UNKNOWN'));
  for (const name of ['', ' 前空格', '后空格 ', '长'.repeat(121)])
    expect(await make(null, name)).toMatchObject(refused('NAME_MALFORMED'));
  expect(await deps.db.query('SELECT COUNT(*) AS n FROM union_node')).toEqual([{ n: 14 }]);
});

test('an admin makes and renames unions of her branch, and the audit says so', async () => {
  const { deps, east, eastWorks } = await aTree();
  const admin = await anAdmin(deps, [east]);
  const made = await createUnionAs(deps, admin, aKey(), { parentId: east, name: '分厂工会', kind: 'grass-roots' });
  if (!made.ok) throw new Error(made.refusal.code);
  expect(await renameUnion(deps, admin, aKey(), { id: made.value, name: '东厂工会' })).toMatchObject(
    refused('UNION_NAME_TAKEN'),
  );
  expect(await renameUnion(deps, admin, aKey(), { id: made.value, name: '一分厂工会' })).toEqual(made);
  expect(await findUnions(deps.db.manager, [made.value])).toMatchObject([{ name: '一分厂工会', parentId: east }]);
  expect(await findUnions(deps.db.manager, [eastWorks])).toMatchObject([{ name: '东厂工会' }]);
  const common = { actor: admin.actor, targetId: made.value, unionId: made.value };
  expect(await auditTrail(deps)).toEqual([
    {
      ...common,
      action: 'createUnion',
      before: null,
      after: { parentId: east, name: '分厂工会', kind: 'grass-roots' },
    },
    { ...common, action: 'renameUnion', before: { name: '分厂工会' }, after: { name: '一分厂工会' } },
  ]);
});

test('a mutation that is sent again makes nothing again', async () => {
  const { deps, east } = await aTree();
  const admin = await anAdmin(deps, [east]);
  const input = { parentId: east, name: '分厂工会', kind: 'grass-roots' as const };
  const key = aKey();
  const made = await createUnionAs(deps, admin, key, input);
  expect(await createUnionAs(deps, admin, key, input)).toEqual(made);
  expect(await createUnionAs(deps, admin, key, { ...input, name: '别的' })).toMatchObject(refused('KEY_REUSED'));
  expect(await auditTrail(deps)).toHaveLength(1);
  expect(await deps.db.query('SELECT COUNT(*) AS n FROM union_node')).toEqual([{ n: 6 }]);
});

test('an admin of another branch, of a lower union, or without the permission changes nothing and learns nothing', async () => {
  const { deps, east, west, eastWorks } = await aTree();
  const strangers = [
    await anAdmin(deps, [west]),
    await anAdmin(deps, [eastWorks]),
    await anAdmin(deps, [east], ['unions:read']),
    await anAdmin(deps, []),
  ];
  const before = await deps.db.query('SELECT * FROM union_node ORDER BY id');
  for (const stranger of strangers) {
    const make = { parentId: east, name: '东厂工会', kind: 'city' as const };
    expect(await createUnionAs(deps, stranger, aKey(), make)).toMatchObject(refused('UNION_UNKNOWN'));
    expect(await renameUnion(deps, stranger, aKey(), { id: east, name: '' })).toMatchObject(refused('UNION_UNKNOWN'));
  }
  expect(await deps.db.query('SELECT * FROM union_node ORDER BY id')).toEqual(before);
  expect(await auditTrail(deps)).toEqual([]);
});

test('the tops of branches leave out a branch inside another, and pages end where the list does', async () => {
  const { deps, province, east, west, eastWorks } = await aTree();
  const db = deps.db.manager;
  const paths = [`/${province}/${east}/`, `/${province}/${east}/${eastWorks}/`, `/${province}/${west}/`];
  const page = await topUnions(db, paths, first(1));
  expect(page).toMatchObject({ items: [{ id: east }], hasNextPage: true });
  expect(await topUnions(db, paths, first(1, east))).toMatchObject({ items: [{ id: west }], hasNextPage: false });
  expect(await topUnions(db, [], first(10))).toEqual({ items: [], hasNextPage: false });
});

test('the children of many unions are paged each for itself', async () => {
  const { deps, east, west, eastWorks, westWorks } = await aTree();
  const second = await aUnion(deps, east, '东二厂工会');
  const third = await aUnion(deps, east, '东三厂工会');
  const pages = await childUnions(deps.db.manager, [east, west, eastWorks], first(2));
  const ids = (id: string) => pages.get(id)?.items.map((union) => union.id);
  expect([ids(east), ids(west), ids(eastWorks)]).toEqual([[eastWorks, second], [westWorks], []]);
  expect([...pages.values()].map((page) => page.hasNextPage)).toEqual([true, false, false]);
  const next = await childUnions(deps.db.manager, [east, west], first(2, second));
  expect(next.get(east)?.items.map((union) => union.id)).toEqual([third]);
  expect(next.get(west)?.items.map((union) => union.id)).toEqual(westWorks > second ? [westWorks] : []);
});
