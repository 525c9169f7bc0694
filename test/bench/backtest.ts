/** A year of 1,000,000 events is replayed by the rules that paid it: the back-test has to find what was paid, to the point. */
import { type Connection, createConnection, type RowDataPacket } from 'mysql2/promise';
import type { Deps } from '../../src/platform/deps.ts';
import { databaseUrl } from '../support/database.ts';
import { askForBacktest, Replayer, requireSameAsPaid } from './backtest-replayer.ts';
import type { Bench, Options } from './bench.ts';
import { measureInTurn, ONE_LONG_ROUND, ROUNDS } from './measure.ts';
import type { Report } from './report.ts';
import { Judge, requireAllJudged } from './rules-judge.ts';
import { EVENTS_PER_MEMBER, type RulesProgramme, seedProgramme } from './rules-programme.ts';
import { Recorder } from './rules-recorder.ts';
import { closing, type Keep, onFreshDatabase, requireCoherentLedger, requireDurableCommits } from './setting.ts';

const DATABASE = 'xingfu_bench_backtest';
const EVENTS = 1_000_000;

/** Where a run is shortened: roughly as many events as are replayed in a second. */
const EVENTS_A_SECOND = 20_000;

/** How many events are recorded before they are judged. */
const RECORDED_AT_ONCE = 50_000;

/** Events in a page of the reference. */
const PAGE = 2_000;

export const backtest: Bench = {
  name: 'backtest',
  about: 'a year of 1,000,000 events replayed by the rules that paid it; against reading the events and nothing else',
  limit:
    'What lies in memory is garbage of pages of events between two collections; what is kept is bounded by one page of members.',
  run: (options) => onFreshDatabase(DATABASE, (deps) => closing((keep) => compare(deps, keep, options))),
};

async function compare(deps: Deps, keep: Keep, { seconds, short }: Options): Promise<Report> {
  const durable = await requireDurableCommits(deps);
  const events = short ? Math.ceil(EVENTS_A_SECOND * seconds) : EVENTS;
  const programme = await seedProgramme(deps, Math.ceil(events / EVENTS_PER_MEMBER));
  await closing((keepJudge) => recordAndJudge(deps, keepJudge, programme, events));
  const { programmeId, members } = programme;
  const judged = await requireAllJudged(deps);
  const replayer = keep(await Replayer.start(DATABASE));
  const connection = await createConnection({ uri: databaseUrl(DATABASE), timezone: 'Z', dateStrings: ['DATE'] });
  keep({ close: () => connection.end() });
  const { ours, ...references } = await measureInTurn(
    [
      { name: 'ours', round: () => replayRate(deps, replayer, programmeId, events) },
      { name: 'bare-read', round: () => readRate(connection, programmeId, events) },
    ],
    seconds,
    short ? ROUNDS : ONE_LONG_ROUND,
  );
  return {
    bench: 'backtest',
    unit: 'events',
    ours: ours!,
    references,
    aims: {},
    peakRssMb: replayer.peakRssMb,
    rssAimMb: 350,
    notes: [
      durable,
      `${events} events of ${members.length} members a round, found what was paid, to the point; bare-read: pages of ${PAGE}, their JSON parsed`,
      judged,
      await requireCoherentLedger(deps),
    ],
  };
}

async function recordAndJudge(deps: Deps, keep: Keep, programme: RulesProgramme, events: number): Promise<void> {
  const recorder = new Recorder(deps, programme, events);
  const judge = keep(await Judge.start(DATABASE));
  for (let left = events; left > 0; left -= RECORDED_AT_ONCE) {
    await judge.judge(await recorder.record(Math.min(left, RECORDED_AT_ONCE)));
  }
}

async function replayRate(deps: Deps, replayer: Replayer, programmeId: string, events: number): Promise<number> {
  const backtestId = await askForBacktest(deps, programmeId);
  const elapsedMs = await replayer.run(backtestId);
  await requireSameAsPaid(deps, backtestId, events);
  return (events * 1000) / elapsedMs;
}

interface EventRow extends RowDataPacket {
  id: string;
  attributes: string;
  facts: string;
}

/** Reads the columns of events that a back-test needs, page by page in the order in which they lie. */
async function readRate(connection: Connection, programmeId: string, events: number): Promise<number> {
  const start = performance.now();
  let read = 0;
  for (let last = ''; ; ) {
    const [rows] = await connection.query<EventRow[]>(
      `SELECT id, member_id, type, attributes, occurred_on, facts, state, judgement_id, revocation_id, recorded_at
       FROM activity_event FORCE INDEX (PRIMARY) WHERE programme_id = ? AND id > ? ORDER BY id LIMIT ?`,
      [programmeId, last, PAGE],
    );
    if (rows.length === 0) break;
    read += rows.map(({ attributes, facts }) => [JSON.parse(attributes), JSON.parse(facts)]).length;
    last = rows.at(-1)!.id;
  }
  if (read !== events) throw new Error(`${read} of ${events} events were read`);
  return (events * 1000) / (performance.now() - start);
}
