/**
 * Closing a month: every redemption becomes a line of its merchant's statement. Against the bare query that only sums
 * the same transfers, which is the least that any settlement has to read.
 */
import { closeMonths } from '../../src/marketplace/settlement/close-months.ts';
import type { Deps } from '../../src/platform/deps.ts';
import type { Bench, Options } from './bench.ts';
import { measureInTurn } from './measure.ts';
import type { Report } from './report.ts';
import { onFreshDatabase, requireCoherentLedger, requireDurableCommits } from './setting.ts';
import { type SettleLedger, seedRedemptions } from './settle-ledger.ts';

const MERCHANTS = 100;
const REDEMPTIONS = 1_000_000;
const CLOSING = new Date('2026-08-03T02:00:00Z');

export const settleMonth: Bench = {
  name: 'settle',
  about: 'closing a month of 1,000,000 redemptions over 100 merchants; against the bare aggregate query',
  run: (options) =>
    onFreshDatabase('xingfu_bench_settle', (deps) => compare({ ...deps, clock: { now: () => CLOSING } }, options)),
};

async function compare(deps: Deps, { seconds, short }: Options): Promise<Report> {
  const durable = await requireDurableCommits(deps);
  const [merchants, redemptions] = short ? [MERCHANTS / 10, REDEMPTIONS / 10] : [MERCHANTS, REDEMPTIONS];
  const begun = new Date('2026-07-01T00:00:00Z');
  const ledger = await seedRedemptions({ ...deps, clock: { now: () => begun } }, { merchants, redemptions });
  const coherent = await requireCoherentLedger(deps);
  const { ours, ...references } = await measureInTurn(
    [
      { name: 'ours', round: () => close(deps) },
      { name: 'aggregate', round: () => aggregate(deps, ledger) },
    ],
    seconds,
  );
  return {
    bench: 'settle',
    unit: 'redemptions',
    ours: ours!,
    references,
    aims: { aggregate: 0.5 },
    peakRssMb: process.resourceUsage().maxRSS / 1024,
    rssAimMb: 350,
    notes: [durable, `${redemptions} redemptions of a month at ${merchants} merchants, one round each`, coherent],
  };
}

/** Closes the month as if it had never been closed. Returns lines a second. */
async function close(deps: Deps): Promise<number> {
  const session = deps.db.createQueryRunner();
  await session.query('SET FOREIGN_KEY_CHECKS = 0');
  for (const table of [
    'settlement_rate',
    'settlement_late',
    'settlement_statement',
    'settlement_mark',
    'settlement_run',
  ])
    await session.query(`TRUNCATE TABLE ${table}`);
  await session.query('SET FOREIGN_KEY_CHECKS = 1');
  await session.release();
  const start = performance.now();
  const statements = await closeMonths(deps);
  const elapsed = performance.now() - start;
  if (statements === 0) throw new Error('nothing was closed');
  const [{ lines }] = await deps.db.query('SELECT SUM(line_count) AS `lines` FROM settlement_statement');
  return (Number(lines) * 1000) / elapsed;
}

/** Sums the month for each merchant and keeps nothing. Returns transfers a second. */
async function aggregate({ db }: Deps, { accountIds }: SettleLedger): Promise<number> {
  const start = performance.now();
  const sums: { transfers: string }[] = await db.query(
    `SELECT credit_account_id, COUNT(*) AS transfers, SUM(points) AS points, SUM(points * 10) AS fen FROM transfer
     WHERE credit_account_id IN (?) AND day BETWEEN '2026-07-01' AND '2026-07-31' GROUP BY credit_account_id`,
    [accountIds],
  );
  const elapsed = performance.now() - start;
  return (sums.reduce((sum, { transfers }) => sum + Number(transfers), 0) * 1000) / elapsed;
}
