import { type GraphQLSchema, graphql } from 'graphql';
import { buildSchema } from 'type-graphql';
import { beforeAll, expect, test } from 'vitest';
import type { AdminCaller } from '../../../src/identity/caller.ts';
import type { AdminContext } from '../../../src/identity/context.ts';
import type { Language } from '../../../src/platform/result.ts';
import { AdminRosterResolver } from '../../../src/unions/roster/graphql.ts';
import { importMembers } from '../../../src/unions/roster/import-members.ts';
import { countQueries } from '../../support/count-queries.ts';
import type { TestDeps } from '../../support/deps.ts';
import { aKey, aMember, anAdmin, aTree } from '../tree.ts';
import { inventedId, inventedPhone } from './files.ts';
import { check, silent } from './people.ts';

let schema: GraphQLSchema;

beforeAll(async () => {
  schema = await buildSchema({ resolvers: [AdminRosterResolver], authChecker: () => true, validate: false });
});

async function ask(
  deps: TestDeps,
  caller: AdminCaller,
  source: string,
  variableValues = {},
  language: Language = 'zh',
) {
  const contextValue = { deps, caller, language, ip: '', requestId: '' } as unknown as AdminContext;
  const { data, errors } = await graphql({ schema, source, variableValues, contextValue });
  expect(errors).toBeUndefined();
  // biome-ignore lint/suspicious/noExplicitAny: a test knows what it asked for.
  return data as any;
}

const IMPORT = `
  query ($id: Id!, $first: Int, $after: String) {
    rosterImport(id: $id) {
      id fileName isFull state rowsRead rowsDone rowsBad membersCreated membersUpdated membersUnchanged membersMissing
      failure { code message } finishedAt union { name }
      problems(first: $first, after: $after) { nodes { row heading code message } pageInfo { hasNextPage endCursor } }
      missingMembers(first: $first) { nodes { id maskedPhone maskedIdNumber } pageInfo { hasNextPage } }
    }
  }`;

const IMPORTS = `
  query ($unionId: Id!, $first: Int, $after: String) {
    rosterImports(unionId: $unionId, first: $first, after: $after) {
      nodes { id state problems(first: 2) { nodes { row code } } missingMembers { nodes { id union { name } } } union { name } }
      pageInfo { hasNextPage endCursor }
    }
  }`;

const START = `
  mutation ($key: String!, $id: Id!) {
    importRoster(key: $key, id: $id) { __typename ... on RosterImport { id state } ... on Refusal { code message } }
  }`;

const FILE = [
  ['姓名', '身份证号', '工号'],
  ['测试甲', '123', ''],
  ['', inventedId(2), ''],
  ['测试丙', inventedId(3), 'A3'],
];

async function scene() {
  const tree = await aTree();
  const { deps, east, west } = tree;
  const missing = await aMember(deps, east, { phone: inventedPhone(1), idNumber: inventedId(9) });
  const caller = await anAdmin(deps, [east]);
  const stranger = await anAdmin(deps, [west]);
  return { ...tree, caller, stranger, missing };
}

test('an import shows its state, figures, problems by page and the members it misses, masked', async () => {
  const { deps, east, caller, missing } = await scene();
  const { id } = await check(deps, caller, east, FILE, true);
  const { rosterImport } = await ask(deps, caller, IMPORT, { id, first: 1 }, 'en');
  expect(rosterImport).toMatchObject({
    id,
    fileName: '名册.csv',
    isFull: true,
    state: 'CHECKED',
    rowsRead: 3,
    rowsDone: 0,
    rowsBad: 2,
    membersMissing: 1,
    failure: null,
    finishedAt: null,
    union: { name: '东市总工会' },
    problems: { nodes: [{ row: 2, heading: '身份证号', code: 'ID_NUMBER_FORM' }], pageInfo: { hasNextPage: true } },
    missingMembers: {
      nodes: [{ id: missing, maskedPhone: '139****0001', maskedIdNumber: '110*************97' }],
      pageInfo: { hasNextPage: false },
    },
  });
  expect(rosterImport.problems.nodes[0].message).toMatch(/^An ID number has 18 characters/);
  const after = rosterImport.problems.pageInfo.endCursor;
  const next = await ask(deps, caller, IMPORT, { id, first: 1, after });
  expect(next.rosterImport.problems).toMatchObject({
    nodes: [{ row: 3, code: 'NAME_MISSING', message: '姓名为空，请填写姓名。' }],
    pageInfo: { hasNextPage: false },
  });
});

test('importRoster starts the import, tells why not, and gives one outcome for one key', async () => {
  const { deps, east, caller, stranger } = await scene();
  const { id } = await check(deps, caller, east, FILE);
  const key = aKey();
  expect((await ask(deps, stranger, START, { key, id })).importRoster).toMatchObject({ code: 'IMPORT_UNKNOWN' });
  expect((await ask(deps, caller, START, { key: 'short', id })).importRoster).toMatchObject({ code: 'KEY_MALFORMED' });
  for (let time = 0; time < 2; time++)
    expect((await ask(deps, caller, START, { key, id })).importRoster).toEqual({
      __typename: 'RosterImport',
      id,
      state: 'IMPORTING',
    });
  expect((await ask(deps, caller, START, { key: aKey(), id })).importRoster).toMatchObject({ code: 'IMPORT_STARTED' });
  await importMembers(deps, id, silent);
  expect((await ask(deps, caller, IMPORT, { id })).rosterImport).toMatchObject({
    state: 'IMPORTED',
    rowsDone: 3,
    membersCreated: 1,
    finishedAt: deps.clock.now().toISOString(),
  });
});

test('a failed import tells its reason in the language of the caller', async () => {
  const { deps, east, caller } = await scene();
  const { id } = await check(deps, caller, east, [['姓名', '工号']]);
  expect((await ask(deps, caller, IMPORT, { id }, 'en')).rosterImport).toMatchObject({
    state: 'FAILED',
    failure: { code: 'NO_ROWS', message: 'There is nobody below the row of headings.' },
  });
});

test('an import of another branch is not there, and neither is one that never was', async () => {
  const { deps, east, caller, stranger } = await scene();
  const { id } = await check(deps, caller, east, FILE);
  expect(await ask(deps, stranger, IMPORT, { id })).toEqual({ rosterImport: null });
  const nothing = { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } };
  expect(await ask(deps, stranger, IMPORTS, { unionId: east })).toEqual({ rosterImports: nothing });
});

test('the imports of a union come newest first, with as many statements for many as for one', async () => {
  const { deps, east, eastWorks, caller } = await scene();
  const ids: string[] = [];
  for (let i = 0; i < 4; i++) ids.unshift((await check(deps, caller, east, FILE, true)).id);
  await check(deps, caller, eastWorks, FILE);
  const { rosterImports } = await ask(deps, caller, IMPORTS, { unionId: east, first: 3 });
  expect(rosterImports.nodes.map((one: { id: string }) => one.id)).toEqual(ids.slice(0, 3));
  expect(rosterImports.nodes[2].problems.nodes).toEqual([
    { row: 2, code: 'ID_NUMBER_FORM' },
    { row: 3, code: 'NAME_MISSING' },
  ]);
  const after = rosterImports.pageInfo.endCursor;
  const next = await ask(deps, caller, IMPORTS, { unionId: east, first: 3, after });
  expect(next.rosterImports.nodes.map((one: { id: string }) => one.id)).toEqual([ids[3]]);
  const statements = (first: number) =>
    countQueries(deps.db, () => ask(deps, caller, IMPORTS, { unionId: east, first }));
  expect(await statements(4)).toBe(await statements(1));
});
