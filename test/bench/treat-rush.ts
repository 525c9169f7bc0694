/** The 15th at ten: 50,000 members ask for 5,000 cups in the first seconds, and everybody else still gets an answer. */

import { addDays, beijingDay, endOfDay } from '../../src/platform/clock.ts';
import { insertRows } from '../../src/platform/db/sql.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import type { Deps } from '../../src/platform/deps.ts';
import { newId } from '../../src/platform/ids.ts';
import { databaseUrl } from '../support/database.ts';
import type { Bench, Options } from './bench.ts';
import { Child } from './child.ts';
import { type Market, seedMarket, signIn } from './market.ts';
import { measureInTurn } from './measure.ts';
import { type Act, Crew } from './naive/crew.ts';
import { takeNaively } from './naive/treat.ts';
import type { Report } from './report.ts';
import { startApi } from './server.ts';
import { closing, type Keep, onFreshDatabase, requireCoherentLedger, requireDurableCommits } from './setting.ts';
import { rateOf, requireNoErrors, type Tally } from './tally.ts';
import type { Order } from './treat-rush-child.ts';
import { BalanceProbe, p99 } from './treat-rush-probe.ts';

const DATABASE = 'xingfu_bench_treat_rush';
const CONNECTIONS = 512;
/** Of so many who ask one gets a cup; the smaller rushes keep the proportion. */
const ASKING_FOR_A_CUP = 10;
const AIM_NAIVE = 4;
const AIM_BALANCE = 5;
/** Longer than any rush of the reference. */
const NO_END_SECONDS = 3_600;

export const treatRush: Bench = {
  name: 'treat-rush',
  about: '50,000 members ask for 5,000 cups over HTTP, 512 at a time; against naive, and what a balance query notices',
  limit:
    'The one process that answers HTTP bounds it, which naive does not have: a refusal is only a little quicker than a cup, because most of both is GraphQL over HTTP.',
  run: (options) => onFreshDatabase(DATABASE, (deps) => closing((keep) => compare(deps, keep, options))),
};

async function compare(deps: Deps, keep: Keep, { seconds, short }: Options): Promise<Report> {
  const members = short ? 5_000 : 50_000;
  const durable = await requireDurableCommits(deps);
  const market = await seedMarket(deps, { members, offers: 0 });
  const people = market.memberIds.map((subjectId) => ({ door: 'member' as const, subjectId }));
  const callers = await signIn(deps, people);
  const api = keep(await startApi(DATABASE));
  const load = keep(new Child<Order, unknown>('treat-rush-child.ts'));
  await load.ask({ origin: api.origin, callers, connections: CONNECTIONS });
  const probe = keep(new BalanceProbe(api.origin, callers));
  const crew = keep(await Crew.open(databaseUrl(DATABASE)));
  const naive = naiveRush(deps, market, crew);
  const ask = (offerId: string, count: number) => load.ask({ offerId, members: count }) as Promise<Tally>;
  const waits = { idle: [] as number[], rush: [] as number[] };
  const some = members / 5;
  const size = await naive.bestSize(some);
  const rates = await measureInTurn(
    [
      {
        name: 'ours',
        round: async () => {
          waits.idle.push(...(await probe.idle(Math.min(seconds, 3))));
          const offerId = await putUp(deps, market, members / ASKING_FOR_A_CUP);
          probe.start();
          const tally = await ask(offerId, members);
          waits.rush.push(...(await probe.stop()));
          await requireExact(deps, offerId, tally, members);
          return (members * 1000) / tally.elapsedMs;
        },
      },
      { name: 'naive', round: () => naive.rush(size, some) },
      { name: 'given', round: async () => rateOf(await ask(await putUp(deps, market, some), some)) },
      {
        name: 'refused',
        round: async () => {
          const tally = await ask(await putUp(deps, market, 0), some);
          requireNoErrors(tally);
          if (tally.refused.SOLD_OUT !== some) throw new Error(`not all refused: ${JSON.stringify(tally)}`);
          return (some * 1000) / tally.elapsedMs;
        },
      },
    ],
    seconds,
  );
  return {
    bench: 'treat-rush',
    unit: 'answers',
    ours: rates.ours!,
    references: { naive: rates.naive! },
    aims: { naive: AIM_NAIVE },
    peakRssMb: api.peakRssMb(),
    notes: [
      durable,
      `${members} members ask for ${members / ASKING_FOR_A_CUP} cups on ${CONNECTIONS} connections; naive: ${some} for ${some / ASKING_FOR_A_CUP} on ${size} connections, without HTTP`,
      'in every rush exactly the cups that there were are given, none to a member twice',
      verdict('a refusal is so many times as quick as a cup that is given', rates.refused! / rates.given!, 1, 'least'),
      balanceNote(waits),
      await requireCoherentLedger(deps),
    ],
  };
}

function verdict(what: string, value: number, aim: number, bound: 'least' | 'most'): string {
  const met = bound === 'least' ? value >= aim : value <= aim;
  return `${what}: ${value.toFixed(2)}, aim ${bound === 'least' ? '>=' : '<='} ${aim}: ${met ? 'met' : 'short'}`;
}

function balanceNote({ idle, rush }: { idle: number[]; rush: number[] }): string {
  const [quiet, busy] = [p99(idle), p99(rush)];
  const figures = `99 of 100 balance queries within ${quiet.toFixed(1)} ms idle (${idle.length}), ${busy.toFixed(1)} ms in the rush (${rush.length})`;
  return verdict(`${figures}; times idle`, busy / quiet, AIM_BALANCE, 'most');
}

/** Puts a treat of so many cups up that is open until the end of tomorrow. Returns its offer's id. */
async function putUp(deps: Deps, market: Market, cups: number): Promise<string> {
  const now = deps.clock.now();
  const day = addDays(beijingDay(now), 1);
  const [id, { id: merchantId, outletId }] = [newId(), market.merchants[0]!];
  const offer = {
    id,
    programme_id: market.programmeId,
    merchant_id: merchantId,
    title: '奶茶一杯',
    description: '每月礼',
    price: 0,
    sale_from: now,
    sale_to: endOfDay(day),
    limit_count: 1,
    limit_period: 'ever',
    limit_group: newId(),
    use_until: day,
    lapse_policy: 'forfeit',
    state: 'on_sale',
    created_at: now,
  };
  await inTransaction(deps.db, async (tx) => {
    await insertRows(tx, 'offer', Object.keys(offer), [Object.values(offer)]);
    await insertRows(tx, 'offer_outlet', ['offer_id', 'outlet_id'], [[id, outletId]]);
    await insertRows(tx, 'offer_stock', ['offer_id', 'remaining'], [[id, cups]]);
  });
  return id;
}

/** Fails unless a rush gave each cup once, no member two, and refused everybody else because nothing was left. */
async function requireExact(deps: Deps, offerId: string, tally: Tally, members: number): Promise<void> {
  requireNoErrors(tally);
  const [{ given, takers, vouchers, remaining }] = await deps.db.query(
    `SELECT COUNT(*) AS given, COUNT(DISTINCT r.member_id) AS takers, COUNT(v.id) AS vouchers,
            (SELECT remaining FROM offer_stock WHERE offer_id = ?) AS remaining
     FROM redemption r LEFT JOIN voucher v ON v.id = r.id WHERE r.offer_id = ?`,
    [offerId, offerId],
  );
  const cups = members / ASKING_FOR_A_CUP;
  const counts = [tally.accepted, Number(given), Number(takers), Number(vouchers)];
  const exact = counts.every((count) => count === cups) && remaining === 0 && tally.refused.SOLD_OUT === members - cups;
  if (!exact)
    throw new Error(
      `${members} for ${cups} cups: ${JSON.stringify(tally)}, ${given} given to ${takers} with ${vouchers} vouchers, ${remaining} left`,
    );
}

/** The same rush by hand, smaller, without HTTP. Its rates are answers a second. */
function naiveRush(deps: Deps, market: Market, crew: Crew) {
  const rush = async (size: number, members: number): Promise<number> => {
    const offerId = await putUp(deps, market, members / ASKING_FOR_A_CUP);
    let next = 0;
    const act = (): Act | undefined => {
      if (next === members) return undefined;
      const memberId = market.memberIds[next++]!;
      return (c) => takeNaively(c, { memberId, offerId, key: newId() }, deps.config.voucherKey);
    };
    const tally = await crew.run(size, NO_END_SECONDS, act);
    await requireExact(deps, offerId, tally, members);
    return (members * 1000) / tally.elapsedMs;
  };
  const bestSize = async (members: number): Promise<number> => {
    const tried: { size: number; rate: number }[] = [];
    for (const size of [16, 32, 64]) tried.push({ size, rate: await rush(size, members) });
    return tried.sort((a, b) => b.rate - a.rate)[0]!.size;
  };
  return { rush, bestSize };
}
