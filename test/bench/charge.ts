/**
 * Counters scan a member's card code and charge points (扫码, 扣分). Ours is the harder case, 256 cashiers of one merchant;
 * its references are the same at 100 merchants, and by hand.
 */
import type { Deps } from '../../src/platform/deps.ts';
import { newId } from '../../src/platform/ids.ts';
import { databaseUrl } from '../support/database.ts';
import { type Bench, CONNECTIONS, type Options } from './bench.ts';
import type { Order } from './charge-child.ts';
import { type Counters, seedCounters } from './charge-counters.ts';
import { makeVisit } from './charge-visit.ts';
import { Child } from './child.ts';
import { measureInTurn } from './measure.ts';
import { chargeNaively } from './naive/charge.ts';
import { type Act, Crew } from './naive/crew.ts';
import { scanNaively } from './naive/scan.ts';
import type { Report } from './report.ts';
import { startApi } from './server.ts';
import { closing, type Keep, onFreshDatabase, requireCoherentLedger, requireDurableCommits } from './setting.ts';
import { rateOf, type Tally } from './tally.ts';

const DATABASE = 'xingfu_bench_charge';
const MEMBERS = 20_000;
const MERCHANTS = 100;
const AIM_NAIVE = 1.5;

export const charges: Bench = {
  name: 'charge',
  about: `scan and charge over HTTP at one hot merchant; against spread (at ${MERCHANTS} merchants) and naive (without HTTP)`,
  run: (options) => onFreshDatabase(DATABASE, (deps) => closing((keep) => compare(deps, keep, options))),
};

async function compare(deps: Deps, keep: Keep, { seconds }: Options): Promise<Report> {
  const durable = await requireDurableCommits(deps);
  const counters = await seedCounters(deps, { members: MEMBERS, merchants: MERCHANTS, tills: CONNECTIONS });
  const { phones, spread, hot } = counters;
  const api = keep(await startApi(DATABASE));
  const load = keep(new Child<Order, unknown>('charge-child.ts'));
  await load.ask({ origin: api.origin, phones, tills: { spread, hot } });
  const crew = keep(await Crew.open(databaseUrl(DATABASE)));
  const act = naiveAct(deps, counters);
  const size = await crew.bestSize(Math.min(seconds, 3), () => act);
  const serve = (at: string) => async (time: number) => rateOf((await load.ask({ at, seconds: time })) as Tally);
  const rates = await measureInTurn(
    [
      { name: 'hot', round: serve('hot') },
      { name: 'spread', round: serve('spread') },
      { name: 'naive', round: async (time) => rateOf(await crew.run(size, time, () => act)) },
    ],
    seconds,
  );
  const ofSpread = rates.spread! / rates.naive!;
  return {
    bench: 'charge',
    unit: 'charges',
    ours: rates.hot!,
    references: { spread: rates.spread!, naive: rates.naive! },
    aims: { spread: 0.8, naive: AIM_NAIVE },
    peakRssMb: api.peakRssMb(),
    notes: [
      durable,
      'a charge is two requests and two commits: the scan of a code, and the charge against it',
      `spread is ${ofSpread.toFixed(2)} times naive, aim >= ${AIM_NAIVE}: ${ofSpread >= AIM_NAIVE ? 'met' : 'short'}`,
      `${CONNECTIONS} connections with a cashier each, ${MEMBERS} members; naive at ${MERCHANTS} merchants on ${size} connections`,
      await requireAllPosted(deps),
      await requireCoherentLedger(deps),
    ],
  };
}

function naiveAct({ config }: Deps, { phones, spread }: Counters): Act {
  return async (connection) => {
    const { operatorId, merchantId, outletId } = spread[Math.floor(Math.random() * spread.length)]!;
    const { code, billFen } = makeVisit(phones);
    const till = { operatorId, merchantId, outletId };
    const scan = await scanNaively(connection, { ...till, requestNumber: newId(), code }, config);
    if (!scan.ok) return scan.refusal.code;
    return chargeNaively(connection, { ...till, requestNumber: newId(), scanId: scan.value, billFen });
  };
}

/** Fails unless every charge was posted, each against a scan and with a transfer of its points. Says in a line how many. */
async function requireAllPosted({ db }: Deps): Promise<string> {
  const [{ charges, posted, transfers }] = await db.query(
    `SELECT COUNT(*) AS charges, IFNULL(SUM(charge.state = 'posted'), 0) AS posted, COUNT(transfer.id) AS transfers
     FROM charge LEFT JOIN transfer ON transfer.id = charge.transfer_id AND transfer.kind = 'charge'
       AND transfer.points = charge.points AND transfer.cause_id = charge.id`,
  );
  const found = `${charges} charges, ${posted} of them posted, ${transfers} with their transfer`;
  if (Number(posted) !== Number(charges) || Number(transfers) !== Number(charges)) throw new Error(found);
  return found;
}
