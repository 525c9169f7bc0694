/** 531,200 workers of 2,225 firms are entered from one file by one process: those of a province in a year. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Connection, createConnection } from 'mysql2/promise';
import { EntryImport } from '../../src/competitions/entries/import/entry-import.entity.ts';
import { importEntries } from '../../src/competitions/entries/import/import-entries.ts';
import { receiveEntries } from '../../src/competitions/entries/import/upload-entries.ts';
import { certificateNumber } from '../../src/platform/certificate/number.ts';
import type { Deps } from '../../src/platform/deps.ts';
import { newId } from '../../src/platform/ids.ts';
import { databaseUrl } from '../support/database.ts';
import type { Bench, Options } from './bench.ts';
import { Child } from './child.ts';
import type { Done, Order } from './entry-import-child.ts';
import { clerkOf, csvOf, type Field, firmOf, openCompetition, seedField } from './entry-import-field.ts';
import type { Report } from './report.ts';
import { closing, type Keep, onFreshDatabase, requireDurableCommits } from './setting.ts';

const DATABASE = 'xingfu_bench_entry_import';
const BARE_DATABASE = 'xingfu_bench_entry_insert';
const WORKERS = 531_200;
const FIRMS = 2_225;

/** Where a run is shortened: roughly as many rows as a second takes. */
const ROWS_A_SECOND = 3_000;

/** Rows in a transaction of the reference: as many as a batch of ours has at the most. */
const ROWS_AT_ONCE = 1_000;

export const entryImport: Bench = {
  name: 'entry-import',
  about: '531,200 workers checked and entered from one file; against the bare multi-row INSERT of the same rows',
  run: (options) =>
    onFreshDatabase(DATABASE, (deps) =>
      onFreshDatabase(BARE_DATABASE, (bareDeps) => closing((keep) => compare(deps, bareDeps, keep, options))),
    ),
};

async function compare(deps: Deps, bareDeps: Deps, keep: Keep, { seconds, short }: Options): Promise<Report> {
  const durable = await requireDurableCommits(deps);
  const workers = short ? Math.ceil(ROWS_A_SECOND * seconds) : WORKERS;
  const firms = Math.ceil((FIRMS * workers) / WORKERS);
  const storageDir = await mkdtemp(join(tmpdir(), 'xingfu-bench-entries-'));
  keep({ close: () => rm(storageDir, { recursive: true, force: true }) });
  const withStorage = { ...deps, config: { ...deps.config, storageDir } };
  const field = await seedField(deps, firms, workers);
  const bare = await seedField(bareDeps, firms, workers);
  const child = keep(new Child<Order, unknown>('entry-import-child.ts'));
  await child.ask({ database: DATABASE, storageDir });
  const connection = await createConnection({ uri: databaseUrl(BARE_DATABASE), timezone: 'Z' });
  keep({ close: () => connection.end() });
  // One round: it is so long that it evens itself out.
  const { checked, entered } = await enterAll(withStorage, child, field, await openCompetition(deps, field, 1));
  const reference = await insertRate(bareDeps, connection, bare, await openCompetition(bareDeps, bare, 1));
  const rate = (elapsedMs: number) => (workers * 1000) / elapsedMs;
  return {
    bench: 'entry-import',
    unit: 'rows',
    ours: rate(checked.elapsedMs + entered.elapsedMs),
    references: { 'insert-only': reference },
    aims: {},
    peakRssMb: entered.peakRssMb,
    rssAimMb: 400,
    notes: [
      durable,
      `${workers} workers of ${firms} firms; dry run ${Math.round(rate(checked.elapsedMs))} rows/s, import ${Math.round(rate(entered.elapsedMs))} rows/s; ours is both together`,
      `insert-only: ${ROWS_AT_ONCE} entries and their members in a transaction`,
      'every worker was entered once, and the figures of participation say so',
    ],
  };
}

async function enterAll(deps: Deps, child: Child<Order, unknown>, field: Field, competitionId: string) {
  const clerk = clerkOf(field);
  const upload = { competitionId, unionId: field.provinceId, fileName: '报名.csv' };
  const received = await receiveEntries(deps, clerk, upload, csvOf(field));
  if (!received.ok) throw new Error(received.refusal.code);
  const importId = received.value;
  const checked = (await child.ask({ work: 'check', importId })) as Done;
  const asked = await importEntries(deps, clerk, newId(), { id: importId });
  if (!asked.ok) throw new Error(asked.refusal.code);
  const entered = (await child.ask({ work: 'import', importId })) as Done;
  await requireEntered(deps, importId, competitionId, field.memberIds.length);
  return { checked, entered };
}

/** Fails unless every worker was entered once and is counted. */
async function requireEntered({ db }: Deps, importId: string, competitionId: string, workers: number): Promise<void> {
  const { state, entriesMade, rowsBad } = await db.manager.findOneByOrFail(EntryImport, { id: importId });
  const [{ n }] = await db.query('SELECT COUNT(*) AS n FROM entry_member WHERE competition_id = ? AND is_in = 1', [
    competitionId,
  ]);
  const [counted] = await db.query('SELECT members FROM participation WHERE competition_id = ?', [competitionId]);
  if (
    state !== 'imported' ||
    entriesMade !== workers ||
    rowsBad > 0 ||
    Number(n) !== workers ||
    counted?.members !== workers
  )
    throw new Error(
      `of ${workers}: ${state}, ${entriesMade} made, ${rowsBad} bad, ${n} in, ${counted?.members} counted`,
    );
}

/** Inserts an entry and its member for each worker; preparing the rows does not count. */
async function insertRate(deps: Deps, connection: Connection, field: Field, competitionId: string): Promise<number> {
  const { firmIds, memberIds } = field;
  const [{ id: stageId }] = await deps.db.query('SELECT id FROM competition_stage WHERE competition_id = ?', [
    competitionId,
  ]);
  const now = deps.clock.now();
  let elapsedMs = 0;
  for (let from = 0; from < memberIds.length; from += ROWS_AT_ONCE) {
    const members = memberIds.slice(from, from + ROWS_AT_ONCE);
    const entries = members.map((_, j) => {
      const [id, firm] = [newId(), firmIds[firmOf(from + j, memberIds.length, firmIds.length)]];
      const number = certificateNumber(deps.config, 'B', id);
      return [id, competitionId, stageId, firm, 'individual', '职工', number, 'entered', 'specialised', 'system', now];
    });
    const people = members.map((member, j) => [
      newId(),
      entries[j]![0],
      competitionId,
      member,
      'member',
      'male',
      40,
      now,
    ]);
    const start = performance.now();
    await connection.beginTransaction();
    await connection.query(
      'INSERT INTO entry (id, competition_id, stage_id, union_id, kind, name, number, state, firm_type, entered_by, entered_at) VALUES ?',
      [entries],
    );
    await connection.query(
      'INSERT INTO entry_member (id, entry_id, competition_id, member_id, role, sex, age, joined_at) VALUES ?',
      [people],
    );
    await connection.commit();
    elapsedMs += performance.now() - start;
  }
  return (memberIds.length * 1000) / elapsedMs;
}
