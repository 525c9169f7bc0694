import { createHash } from 'node:crypto';
import { appendFile, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { fastify } from 'fastify';
import { readXlsx } from 'hucre/xlsx';
import { beforeEach, describe, expect, test } from 'vitest';
import { statementFileUrl } from '../../../src/marketplace/settlement/files/address.ts';
import { folderOf, makeStatementFiles, pathOf } from '../../../src/marketplace/settlement/files/make-files.ts';
import { statementFileRoute } from '../../../src/marketplace/settlement/files/serve-route.ts';
import { StatementFile } from '../../../src/marketplace/settlement/files/statement-file.entity.ts';
import { sweepStatementFiles } from '../../../src/marketplace/settlement/files/sweep-files.ts';
import { newId } from '../../../src/platform/ids.ts';
import { testDeps } from '../../support/deps.ts';
import { aClosedMonth, allLines } from './world.ts';

type World = Awaited<ReturnType<typeof aClosedMonth>>;

const filesOf = ({ deps }: World) => deps.db.manager.find(StatementFile, { order: { format: 'ASC' } });
const contentOf = ({ deps }: World, file: StatementFile) => readFile(pathOf(deps.config, file.id));

beforeEach(async () => rm((await testDeps()).config.storageDir, { recursive: true, force: true }));

describe('the files of a statement', () => {
  test('hold every line and the sums, as text that Excel opens and no formula', async () => {
    const world = await aClosedMonth();
    await world.deps.db.query('UPDATE offer SET title = \'=HYPERLINK("http://x")\'');
    await makeStatementFiles(world.deps, world.statementId);
    const [csv, xlsx] = await filesOf(world);
    const text = (await contentOf(world, csv!)).toString('utf8');
    expect(text.startsWith('\uFEFF行号,日期,')).toBe(true);
    const lines = await allLines(world.deps);
    const rows: string[][] = parse(text, { bom: true });
    expect(rows).toHaveLength(lines.length + 2);
    expect(rows[1]!.slice(0, 5)).toEqual([lines[0]!.id, '2026-07-01', '核销', '\'=HYPERLINK("http://x")', '一店']);
    expect(rows.at(-1)).toEqual(['合计', '', '', '', '', '', '200', '', '20', '']);
    const book = await readXlsx(await contentOf(world, xlsx!));
    const [sheet] = book.sheets;
    expect(sheet!.name).toBe('结算单 2026-07');
    expect(sheet!.rows).toHaveLength(lines.length + 2);
    expect(sheet!.rows[1]![3]).toBe('=HYPERLINK("http://x")');
    expect(sheet!.rows[1]!.slice(6, 9)).toEqual([100, 10, 10]);
  });

  test('are made once, also by two processes at once, and are what their sums say', async () => {
    const world = await aClosedMonth();
    const make = () => makeStatementFiles(world.deps, world.statementId);
    await Promise.all([make(), make(), make()]);
    const files = await filesOf(world);
    expect(files.map(({ format }) => format)).toEqual(['csv', 'xlsx']);
    await make();
    expect(await filesOf(world)).toEqual(files);
    for (const file of files) {
      const content = await contentOf(world, file);
      expect(content).toHaveLength(file.size);
      expect(createHash('sha256').update(content).digest()).toEqual(file.sha256);
    }
  });

  test('are served to whoever has an address that this server signed, for five minutes', async () => {
    const world = await aClosedMonth();
    await makeStatementFiles(world.deps, world.statementId);
    const [csv] = await filesOf(world);
    const app = fastify();
    statementFileRoute(app, world.deps);
    const url = statementFileUrl(world.deps.config, csv!.id, world.deps.clock.now());
    const got = await app.inject(url);
    expect(got.statusCode).toBe(200);
    expect(got.rawPayload).toEqual(await contentOf(world, csv!));
    expect(got.headers['content-disposition']).toMatch(/^attachment; filename\*=UTF-8''%E7%BB%93/);
    expect((await app.inject(url.replace(/signature=./, 'signature=_'))).statusCode).toBe(404);
    world.at('2026-08-03T02:05:00Z');
    const late = await app.inject(url);
    expect([late.statusCode, late.json().refusal.code]).toEqual([410, 'STATEMENT_FILE_ADDRESS_EXPIRED']);
    await app.close();
  });
});

/** A statement with its files, and the API's route to them. */
async function aDownload() {
  const world = await aClosedMonth();
  const { deps } = world;
  await makeStatementFiles(deps, world.statementId);
  await deps.db.query('DELETE FROM outbox');
  const app = fastify();
  statementFileRoute(app, deps);
  const get = (file: StatementFile) => app.inject(statementFileUrl(deps.config, file.id, deps.clock.now()));
  const asked = () => deps.db.query('SELECT job, payload FROM outbox');
  return { ...world, get, asked };
}

describe('a file whose content is not what was recorded', () => {
  const harms: [string, (path: string) => Promise<unknown>][] = [
    ['was cut off', (path) => writeFile(path, '')],
    ['was added to', (path) => appendFile(path, '合计')],
    ['has another byte', async (path) => writeFile(path, (await readFile(path)).fill(0, 40, 41))],
    ['has gone', (path) => rm(path)],
  ];
  test.each(harms)('because it %s is not handed out, but made anew', async (_, harm) => {
    const world = await aDownload();
    const [csv, xlsx] = await filesOf(world);
    const content = await contentOf(world, csv!);
    await harm(pathOf(world.deps.config, csv!.id));
    const [first, second] = await Promise.all([world.get(csv!), world.get(csv!)]);
    expect([first.statusCode, first.json().refusal.code]).toEqual([503, 'STATEMENT_FILE_DAMAGED']);
    expect([404, 503]).toContain(second.statusCode);
    const payload = JSON.stringify({ statementId: world.statementId });
    expect(await world.asked()).toEqual([{ job: 'make-statement-files', payload }]);
    expect(await filesOf(world)).toEqual([xlsx]);

    await makeStatementFiles(world.deps, world.statementId);
    const [anew, same] = await filesOf(world);
    expect(same).toEqual(xlsx);
    expect(anew!.id).not.toBe(csv!.id);
    expect(anew!.sha256).toEqual(csv!.sha256);
    expect((await world.get(anew!)).rawPayload).toEqual(content);
    expect((await world.get(csv!)).statusCode).toBe(404);
  });
});

describe('the sweep of files', () => {
  test('deletes those that no statement names a day after they were written, and nothing else', async () => {
    const world = await aDownload();
    const { config, clock } = world.deps;
    expect(await sweepStatementFiles(world.deps)).toBe(0);
    const [left, fresh] = [newId(), newId()];
    const other = 'notes.txt';
    const names = [...(await filesOf(world)).map(({ id }) => id), left, fresh, other];
    const now = clock.now().getTime() / 1000;
    for (const name of names) {
      const path = pathOf(config, name);
      if (name === left || name === fresh || name === other) await writeFile(path, 'x');
      const age = name === fresh ? 86_399 : 86_401;
      await utimes(path, now - age, now - age);
    }
    expect(await sweepStatementFiles(world.deps)).toBe(1);
    expect((await readdir(folderOf(config))).sort()).toEqual(names.filter((name) => name !== left).sort());
    expect(await sweepStatementFiles(world.deps)).toBe(0);
  });

  test('finds nothing where no file was ever made', async () => {
    expect(await sweepStatementFiles(await testDeps())).toBe(0);
  });
});
