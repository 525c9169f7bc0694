/** The same crowd before one, two and four API processes on one database. */
import { cpus } from 'node:os';
import type { Bench, Options } from './bench.ts';
import { costsOfOne, readCosts } from './costs.ts';
import { LoadClient } from './load.ts';
import { seedMarket, signIn } from './market.ts';
import { measureInTurn, median } from './measure.ts';
import { redeemTarget } from './redeem.ts';
import { figure, type Report } from './report.ts';
import { type Server, startApi } from './server.ts';
import { closing, onFreshDatabase, requireCoherentLedger, requireDurableCommits } from './setting.ts';
import { rateOf } from './tally.ts';

const DATABASE = 'xingfu_bench_scale_processes';
const MEMBERS = 20_000;
const OFFERS = 100;
const PROCESSES = [1, 2, 4];

type Cost = ReturnType<typeof costsOfOne>;

export const scaleProcesses: Bench = {
  name: 'scale-processes',
  about: 'redemptions of 100 offers over HTTP by one, two and four API processes on one database',
  run: measure,
};

function measure({ seconds }: Options): Promise<Report> {
  return onFreshDatabase(DATABASE, (deps) =>
    closing(async (keep) => {
      const durable = await requireDurableCommits(deps);
      const market = await seedMarket(deps, { members: MEMBERS, offers: OFFERS });
      const people = market.memberIds.map((subjectId) => ({ door: 'member' as const, subjectId }));
      const callers = await signIn(deps, people);
      const apis: Server[] = [];
      for (let i = 0; i < Math.max(...PROCESSES); i++) apis.push(keep(await startApi(DATABASE)));
      const load = keep(new LoadClient());
      const costs = new Map<string, Cost[]>();
      const contestants = [];
      for (const count of PROCESSES) {
        const name = String(count);
        await load.add(name, redeemTarget(apis.slice(0, count), callers, market.offerIds));
        const round = async (time: number) => {
          const before = await readCosts(deps.db, apis);
          const tally = await load.run(name, { seconds: time });
          const cost = costsOfOne(before, await readCosts(deps.db, apis), tally.accepted);
          costs.set(name, [...(costs.get(name) ?? []), cost]);
          return rateOf(tally);
        };
        contestants.push({ name, round });
      }
      const rates = await measureInTurn(contestants, seconds);
      return {
        bench: 'scale-processes',
        unit: 'redemptions',
        ours: rates[4]!,
        references: { 'one process': rates[1]!, 'two processes': rates[2]! },
        aims: {},
        peakRssMb: Math.max(...apis.map((api) => api.peakRssMb())),
        curve: curveOf(rates, costs),
        notes: [
          durable,
          `${cpus().length} cores for API processes, database and load client together`,
          await requireCoherentLedger(deps),
        ],
      };
    }),
  );
}

function curveOf(rates: Record<string, number>, costs: ReadonlyMap<string, Cost[]>): string[][] {
  const heads = ['API processes', 'redemptions/s', 'API, µs each', 'database, µs each', 'cores busy'];
  heads.push('statements each', 'redo, bytes each');
  const rows = PROCESSES.map((count) => {
    const all = costs.get(String(count))!;
    const of = (pick: (cost: Cost) => number) => figure(median(all.map(pick)));
    return [
      String(count),
      figure(rates[count]!),
      of(({ apiMicroseconds }) => apiMicroseconds),
      of(({ databaseMicroseconds }) => databaseMicroseconds),
      of(({ coresBusy }) => coresBusy),
      of(({ statements }) => statements),
      of(({ redoBytes }) => redoBytes),
    ];
  });
  return [heads, ...rows];
}
