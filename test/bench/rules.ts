/** 300,000 events of 30,000 members are judged by 50 rules, and what they earn is posted, by one process. */
import type { Deps } from '../../src/platform/deps.ts';
import { EVENTS_AT_ONCE } from '../../src/rules/job-definitions.ts';
import type { Bench, Options } from './bench.ts';
import { measureInTurn, ROUNDS } from './measure.ts';
import { BATCH, Poster, seedLedger } from './poster.ts';
import type { Report } from './report.ts';
import { Judge, requireAllJudged } from './rules-judge.ts';
import { EVENTS_PER_MEMBER, seedProgramme } from './rules-programme.ts';
import { Recorder } from './rules-recorder.ts';
import { closing, type Keep, onFreshDatabase, requireCoherentLedger, requireDurableCommits } from './setting.ts';

const DATABASE = 'xingfu_bench_rules';
const POSTING_DATABASE = 'xingfu_bench_rules_posting';

/** Rounds, and the one that warms up. */
const ALL_ROUNDS = ROUNDS + 1;
const EVENTS = 300_000;

/** Where a run is shortened: roughly as many events as a second takes. */
const EVENTS_A_SECOND = 5_000;

export const rules: Bench = {
  name: 'rules',
  about: '300,000 events judged by 50 rules, what they earn posted; against accrue-bulk, posting as many accruals',
  limit:
    'Writing bounds it, not judging: six rows for an event (accrual, judgement and the state of the event beside transfer, lot and balance) in some 17 index trees, against three rows in 9.',
  run: (options) =>
    onFreshDatabase(DATABASE, (deps) =>
      onFreshDatabase(POSTING_DATABASE, (postingDeps) => closing((keep) => compare(deps, postingDeps, keep, options))),
    ),
};

async function compare(deps: Deps, postingDeps: Deps, keep: Keep, { seconds, short }: Options): Promise<Report> {
  const durable = await requireDurableCommits(deps);
  const events = short ? Math.ceil(EVENTS_A_SECOND * seconds) : Math.floor(EVENTS / ALL_ROUNDS);
  const members = Math.ceil((events * ALL_ROUNDS) / EVENTS_PER_MEMBER);
  const recorder = new Recorder(deps, await seedProgramme(deps, members), events * ALL_ROUNDS);
  const judge = keep(await Judge.start(DATABASE));
  const poster = keep(await Poster.start(POSTING_DATABASE, await seedLedger(postingDeps, members)));
  const { ours, ...references } = await measureInTurn(
    [
      { name: 'ours', round: async () => judge.judge(await recorder.record(events)) },
      { name: 'accrue-bulk', round: () => poster.post(events) },
    ],
    seconds,
  );
  return {
    bench: 'rules',
    unit: 'events',
    ours: ours!,
    references,
    aims: { 'accrue-bulk': 0.5 },
    peakRssMb: judge.peakRssMb,
    notes: [
      durable,
      `${events} events a round, ${EVENTS_AT_ONCE} in a transaction, ${members} members; accrue-bulk: as many accruals, ${BATCH} in a transaction`,
      `${judge.statementsFor(EVENTS_AT_ONCE).toFixed(1)} statements a transaction, BEGIN and COMMIT among them`,
      await requireAllJudged(deps),
      await requireCoherentLedger(deps),
    ],
  };
}
