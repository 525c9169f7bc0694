/** A competition of 531,200 workers is ranked: aggregated, put in order and stored as a version, by one process. */
import { verifyRanking } from '../../src/judging/ranking/verify-ranking.ts';
import type { Deps } from '../../src/platform/deps.ts';
import type { Bench, Options } from './bench.ts';
import { Child } from './child.ts';
import { measureInTurn, ONE_LONG_ROUND, ROUNDS } from './measure.ts';
import type { Order, RankedPanel } from './ranking-child.ts';
import { CRITERIA, JUDGES_PER_ENTRY, type SeededPanel, seedPanel } from './ranking-panel.ts';
import type { Report } from './report.ts';
import { closing, type Keep, onFreshDatabase, requireDurableCommits } from './setting.ts';

const DATABASE = 'xingfu_bench_ranking';
const CANDIDATES = 531_200;
const FIRMS = 2_225;

/** Where a run is shortened: roughly as many candidates as a second takes. */
const CANDIDATES_A_SECOND = 10_000;

export const ranking: Bench = {
  name: 'ranking',
  about: '531,200 workers of 2,225 firms ranked by 8 million scores and stored; against the bare SQL aggregate of them',
  limit:
    'What lies in memory is garbage of pages of scores between two collections; what is kept is some hundred bytes for each candidate.',
  run: (options) => onFreshDatabase(DATABASE, (deps) => closing((keep) => compare(deps, keep, options))),
};

async function compare(deps: Deps, keep: Keep, { seconds, short }: Options): Promise<Report> {
  const durable = await requireDurableCommits(deps);
  const candidates = short ? Math.ceil(CANDIDATES_A_SECOND * seconds) : CANDIDATES;
  const panel = await seedPanel(deps, { candidates, firms: Math.min(FIRMS, candidates) });
  const child = keep(new Child<Order, unknown>('ranking-child.ts'));
  await child.ask({ database: DATABASE });
  let last: RankedPanel | undefined;
  const rankOnce = async () => {
    await forgetRankings(deps);
    last = (await child.ask({ panelId: panel.panelId })) as RankedPanel;
    return (candidates * 1000) / last.elapsedMs;
  };
  const { ours, ...references } = await measureInTurn(
    [
      { name: 'ours', round: rankOnce },
      { name: 'aggregate', round: () => aggregate(deps, panel) },
    ],
    seconds,
    short ? ROUNDS : ONE_LONG_ROUND,
  );
  const { peakRssMb } = last!;
  return {
    bench: 'ranking',
    unit: 'candidates',
    ours: ours!,
    references,
    aims: { aggregate: 0.2 },
    peakRssMb,
    rssAimMb: 400,
    notes: [
      durable,
      `${candidates} candidates, ${CRITERIA} criteria, ${JUDGES_PER_ENTRY} judges each; z-scores, then a trimmed mean; aggregate: AVG by candidate and criterion, which stays in the server`,
      await requireVerified(deps, last!.rankingId, candidates),
    ],
  };
}

/** As it was before it was ranked. */
async function forgetRankings({ db }: Deps): Promise<void> {
  const session = db.createQueryRunner();
  try {
    await session.query('SET FOREIGN_KEY_CHECKS = 0');
    for (const table of ['ranking_place', 'ranking']) await session.query(`TRUNCATE TABLE ${table}`);
    await session.query('SET FOREIGN_KEY_CHECKS = 1');
    await session.query('UPDATE panel SET ranking_count = 0');
  } finally {
    await session.release();
  }
}

/** Averages every criterion of every candidate and keeps nothing. Returns candidates a second. */
async function aggregate({ db }: Deps, { panelId, candidates }: SeededPanel): Promise<number> {
  const start = performance.now();
  const [{ means }] = await db.query(
    `SELECT COUNT(*) AS means, SUM(mean) AS total FROM (
       SELECT candidate_id, criterion_number, AVG(value) AS mean FROM panel_score WHERE panel_id = ?
       GROUP BY candidate_id, criterion_number) aggregated`,
    [panelId],
  );
  const elapsed = performance.now() - start;
  if (Number(means) !== candidates * CRITERIA) throw new Error(`${means} means of ${candidates} candidates`);
  return (candidates * 1000) / elapsed;
}

/** Fails unless everybody has a place and making the version again from the scores gives the same. */
async function requireVerified({ db }: Deps, rankingId: string, candidates: number): Promise<string> {
  const found = await verifyRanking(db, rankingId);
  if (found?.candidates !== candidates || found.differences.length > 0)
    throw new Error(`${found?.candidates} of ${candidates} candidates\n${found?.differences.join('\n')}`);
  return `the last version was made again from its ${found.scores} scores, without a difference`;
}
