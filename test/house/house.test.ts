import { readdir, readFile } from 'node:fs/promises';
import { beforeAll, expect, test } from 'vitest';
import { type Source, sources } from './sources.ts';

/** From the ground up. Folders of one floor may not import each other. Files that stand in src itself are the roof. */
const FLOORS = [
  ['platform'],
  ['identity'],
  ['unions', 'operations'],
  ['ledger', 'evidence'],
  ['rules', 'cards', 'notices', 'judging'],
  ['marketplace', 'competitions', 'innovation'],
  ['lotteries'],
];
const ROOF = FLOORS.length;

/** Arrows that run sideways and are wanted nevertheless, "room -> room". */
const NAMED_ARROWS = new Set<string>();

let program: Source[];
beforeAll(async () => {
  program = await sources('src', 'workers');
});

function roomOf(path: string): string {
  const [top, room = '', ...inside] = path.split('/');
  return top === 'src' && inside.length > 0 && room !== 'demo' ? room : 'roof';
}

function floorOf(room: string): number {
  return room === 'roof' ? ROOF : FLOORS.findIndex((floor) => floor.includes(room));
}

test('every folder of src stands on a floor', async () => {
  const folders = (await readdir('src', { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const homeless = folders.map(({ name }) => name).filter((name) => name !== 'demo' && floorOf(name) < 0);
  expect(homeless).toEqual([]);
});

test('imports run down the floors, never up and never sideways', () => {
  const wrong = program.flatMap(({ path, imports }) =>
    imports
      .filter(({ isOurs, target }) => isOurs && roomOf(target) !== roomOf(path))
      .filter(({ target }) => floorOf(roomOf(target)) >= floorOf(roomOf(path)))
      .filter(({ target }) => !NAMED_ARROWS.has(`${roomOf(path)} -> ${roomOf(target)}`))
      .map(({ target }) => `${path} -> ${target}`),
  );
  expect(wrong).toEqual([]);
});

test('the program does not import its tests, and no process imports another', () => {
  const wrong = program.flatMap(({ path, imports }) =>
    imports
      .filter(({ target }) => target.startsWith('test/') || (path.startsWith('src/') && target.startsWith('workers/')))
      .map(({ target }) => `${path} -> ${target}`),
  );
  expect(wrong).toEqual([]);
});

test('no file imports itself by way of others', () => {
  const byPath = new Map(program.map((source) => [source.path, source]));
  const done = new Set<string>();
  const rings: string[] = [];
  const visit = (path: string, way: string[]) => {
    if (way.includes(path)) rings.push([...way.slice(way.indexOf(path)), path].join(' -> '));
    if (done.has(path) || way.includes(path)) return;
    for (const { isOurs, isType, target } of byPath.get(path)?.imports ?? [])
      if (isOurs && !isType) visit(target, [...way, path]);
    done.add(path);
  };
  for (const { path } of program) visit(path, []);
  expect(rings).toEqual([]);
});

test('what GraphQL shows and what TypeORM stores are never one class', () => {
  const wrong = program.flatMap(({ path, imports }) => {
    const packages = new Set(imports.map(({ target }) => target));
    if (/\/graphql\/[^/]+\.ts$/.test(path) && packages.has('typeorm')) return [`${path} imports typeorm`];
    if (path.endsWith('.entity.ts') && packages.has('type-graphql')) return [`${path} imports type-graphql`];
    return [];
  });
  expect(wrong).toEqual([]);
});

test('a file hands nothing on that it did not make: there are no barrels', () => {
  const barrels = program.filter(
    ({ path, text }) => /(^|\/)index\.ts$/.test(path) || /^export\s+(type\s+)?(\*|\{[^}]*\})\s+from\s/m.test(text),
  );
  expect(barrels.map(({ path }) => path)).toEqual([]);
});

test('no file is longer than 300 lines', () => {
  const long = program
    .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
    .filter(({ lines }) => lines > 300);
  expect(long).toEqual([]);
});

test('only the ledger writes the tables of the ledger', async () => {
  const migration = (await readdir('migrations')).find((name) => name.endsWith('-create-ledger.ts'))!;
  const sql = await readFile(`migrations/${migration}`, 'utf8');
  const tables = [...sql.matchAll(/CREATE TABLE (\w+)/g)].map(([, table]) => table!);
  expect(tables).toEqual(expect.arrayContaining(['transfer', 'lot', 'lot_movement', 'account']));
  const names = tables.join('|');
  const statement = new RegExp(
    `\\b(?:INSERT\\s+(?:IGNORE\\s+)?INTO|REPLACE\\s+INTO|UPDATE|DELETE\\s+FROM|TRUNCATE(?:\\s+TABLE)?)\\s+\`?(?:${names})\\b`,
    'i',
  );
  const helper = new RegExp(`\\b(?:insertRows|updateRows)\\(\\s*\\w+,\\s*'(?:${names})'`);
  const wrong = program
    .filter(({ path }) => !path.startsWith('src/ledger/'))
    .filter(({ text }) => statement.test(text) || helper.test(text));
  expect(wrong.map(({ path }) => path)).toEqual([]);
});

test('no entity, resolver or job is written and then forgotten', async () => {
  const text = (path: string) => program.find((source) => source.path === path)!.text;
  const forgotten = program.flatMap(({ path, text: code }) => {
    const names = (pattern: RegExp) => [...code.matchAll(pattern)].map(([, name]) => name!);
    if (path.endsWith('.entity.ts'))
      return names(/^@Entity\(.*\)\nexport class (\w+)/gm).filter(
        (name) => !text('src/entities.ts').includes(` ${name},`),
      );
    if (path.startsWith('workers/jobs/'))
      return names(/^export const (\w+): Job</gm).filter((name) => !text('workers/jobs.ts').includes(` ${name},`));
    return names(/^export class (\w+Resolver) /gm).filter(
      (name) => !(text('src/resolvers.ts') + text('src/doors.ts')).includes(name),
    );
  });
  expect(forgotten).toEqual([]);
});

test('nothing is saved by TypeORM behind our backs', () => {
  const saving = program.filter(({ text }) => /\.save\(|synchronize: true/.test(text));
  expect(saving.map(({ path }) => path)).toEqual([]);
});

test('no file keeps a note of work that is left', () => {
  const notes = program.filter(({ text }) => /\b(TODO|FIXME|XXX|HACK)\b/.test(text));
  expect(notes.map(({ path }) => path)).toEqual([]);
});

test('what a process is told by its environment, it is told at its start: no domain looks there', () => {
  const reading = program
    .filter(({ path, text }) => text.includes('process.env') && roomOf(path) !== 'roof')
    .map(({ path }) => path);
  expect(reading).toEqual([]);
});

test('.env.example and the README tell every variable of the configuration', async () => {
  const config = program.find(({ path }) => path === 'src/platform/config.ts')!;
  const variables = [...config.text.matchAll(/^ {2}([A-Z][A-Z_]+): /gm)].map(([, name]) => name!);
  expect(variables.length).toBeGreaterThan(10);
  for (const file of ['.env.example', 'README.md', 'README.zh-CN.md']) {
    const text = await readFile(file, 'utf8');
    const untold = variables.filter((name) => !new RegExp(`\\b${name}\\b`).test(text));
    expect(untold, `untold in ${file}`).toEqual([]);
  }
});
