/** 1,000,000 accruals of 100,000 members: a year's points for a city, posted by one process. */
import { type Connection, createConnection } from 'mysql2/promise';
import type { Deps } from '../../src/platform/deps.ts';
import { newId } from '../../src/platform/ids.ts';
import { databaseUrl } from '../support/database.ts';
import type { Bench, Options } from './bench.ts';
import { measureInTurn, ROUNDS } from './measure.ts';
import { accrueNaively } from './naive/accrue.ts';
import { type Act, Crew } from './naive/crew.ts';
import { insertAll, type Ledger, prepareRows } from './naive/insert-only.ts';
import { BATCH, Poster, seedLedger } from './poster.ts';
import type { Report } from './report.ts';
import { closing, type Keep, onFreshDatabase, requireCoherentLedger, requireDurableCommits } from './setting.ts';
import { rateOf } from './tally.ts';

const DATABASE = 'xingfu_bench_accrue';
const INSERT_ONLY_DATABASE = 'xingfu_bench_insert_only';
const MEMBERS = 100_000;
const ACCRUALS = 1_000_000;

/** Where a run is shortened: roughly as many accruals as a second takes. */
const ACCRUALS_A_SECOND = 20_000;

export const accrueBulk: Bench = {
  name: 'accrue-bulk',
  about: '1,000,000 accruals in batches; against naive (one by one on mysql2; also in parallel) and insert-only',
  run: (options) =>
    onFreshDatabase(DATABASE, (deps) =>
      onFreshDatabase(INSERT_ONLY_DATABASE, (bareDeps) => closing((keep) => compare(deps, bareDeps, keep, options))),
    ),
};

async function compare(deps: Deps, bareDeps: Deps, keep: Keep, { seconds, short }: Options): Promise<Report> {
  const durable = await requireDurableCommits(deps);
  const ledger = await seedLedger(deps, MEMBERS);
  const bare = await seedLedger(bareDeps, MEMBERS);
  const accruals = short ? ACCRUALS_A_SECOND * seconds : Math.ceil(ACCRUALS / ROUNDS);
  const poster = keep(await Poster.start(DATABASE, ledger));
  const crew = keep(await Crew.open(databaseUrl(DATABASE)));
  const connection = await createConnection({ uri: databaseUrl(INSERT_ONLY_DATABASE), timezone: 'Z' });
  keep({ close: () => connection.end() });
  const size = await crew.bestSize(Math.min(seconds, 3), () => accrual(ledger));
  const { ours, ...references } = await measureInTurn(
    [
      { name: 'ours', round: () => poster.post(accruals) },
      { name: 'naive', round: async (time) => rateOf(await crew.run(1, time, () => accrual(ledger))) },
      { name: 'naive-parallel', round: async (time) => rateOf(await crew.run(size, time, () => accrual(ledger))) },
      { name: 'insert-only', round: () => insertRate(connection, bare, accruals) },
    ],
    seconds,
  );
  return {
    bench: 'accrue-bulk',
    unit: 'accruals',
    ours: ours!,
    references,
    aims: { naive: 10, 'insert-only': 0.4 },
    peakRssMb: poster.peakRssMb,
    rssAimMb: 350,
    notes: [
      durable,
      `${accruals} accruals a round, ${BATCH} in a transaction, ${MEMBERS} members; naive-parallel on ${size} connections`,
      await requireCoherentLedger(deps),
    ],
  };
}

/** Inserts the rows of so many accruals; preparing them does not count. */
async function insertRate(connection: Connection, bare: Ledger, accruals: number): Promise<number> {
  let elapsedMs = 0;
  for (let left = accruals; left > 0; left -= BATCH) {
    const rows = prepareRows(bare, BATCH);
    const start = performance.now();
    await insertAll(connection, rows);
    elapsedMs += performance.now() - start;
  }
  return (accruals * 1000) / elapsedMs;
}

function accrual({ programmeId, memberIds }: Ledger): Act {
  const due = {
    programmeId,
    memberId: memberIds[Math.floor(Math.random() * memberIds.length)]!,
    points: 10,
    key: `accrual:${newId()}`,
    causeId: newId(),
    expiresAt: new Date(Date.now() + 365 * 86_400_000),
  };
  return (connection) => accrueNaively(connection, due);
}
