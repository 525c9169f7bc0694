import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { fastify } from 'fastify';
import { readXlsx } from 'hucre/xlsx';
import { describe, expect, test } from 'vitest';
import { statementFileUrl } from '../../../src/marketplace/settlement/files/address.ts';
import { makeStatementFiles, pathOf } from '../../../src/marketplace/settlement/files/make-files.ts';
import { statementFileRoute } from '../../../src/marketplace/settlement/files/serve-route.ts';
import { StatementFile } from '../../../src/marketplace/settlement/files/statement-file.entity.ts';
import { verifyStatement } from '../../../src/marketplace/settlement/verify-statement.ts';
import { aClosedMonth, allLines } from './world.ts';

type World = Awaited<ReturnType<typeof aClosedMonth>>;

const filesOf = ({ deps }: World) => deps.db.manager.find(StatementFile, { order: { format: 'ASC' } });
const contentOf = ({ deps }: World, file: StatementFile) => readFile(pathOf(deps.config, file.id));

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

describe('the verification of a statement', () => {
  test('finds what the ledger and the contracts say', async () => {
    const world = await aClosedMonth();
    expect(await verifyStatement(world.deps.db, world.statementId)).toEqual({
      lines: 2,
      points: 200,
      fen: 2000,
      differences: [],
    });
    expect(await verifyStatement(world.deps.db, 'none')).toBeUndefined();
  });

  test('tells a line whose rate is not the contract’s, a sum that is wrong, and a transfer that is on no statement', async () => {
    const world = await aClosedMonth();
    const { db } = world.deps;
    const [line] = await allLines(world.deps);
    await db.query('UPDATE contract SET point_price_fen = 11');
    const verified = await verifyStatement(db, world.statementId);
    expect(verified!.differences[0]).toBe(`rate of line ${line!.id}: 10, the contract says 11`);
    await db.query('UPDATE contract SET point_price_fen = NULL');
    world.at('2026-07-20T02:00:00Z');
    await world.use();
    const missing = await verifyStatement(db, world.statementId);
    expect(missing!.differences).toMatchObject([
      expect.stringMatching(/^transfer .*: of the month, and on no statement$/),
    ]);
  });
});
