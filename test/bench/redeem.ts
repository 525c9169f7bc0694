/** Redemptions under load, as redeem-spread and redeem-hot measure them: through HTTP, naively, and nothing at all. */
import type { Deps } from '../../src/platform/deps.ts';
import { newId } from '../../src/platform/ids.ts';
import { databaseUrl } from '../support/database.ts';
import { CONNECTIONS, type Options } from './bench.ts';
import { emptyTarget } from './empty.ts';
import { LoadClient, type Target } from './load.ts';
import { type Market, seedMarket, signIn } from './market.ts';
import { measureInTurn } from './measure.ts';
import { type Act, Crew } from './naive/crew.ts';
import { redeemNaively } from './naive/redeem.ts';
import type { Report } from './report.ts';
import { type Server, startApi, startEmptyServer } from './server.ts';
import { closing, onFreshDatabase, requireCoherentLedger, requireDurableCommits } from './setting.ts';
import { rateOf } from './tally.ts';

const MEMBERS = 20_000;
const REDEEM = `mutation Redeem($key: String!, $offerId: Id!) {
  redeem(key: $key, offerId: $offerId) { ... on Redemption { id voucher { code } } ... on Refusal { code } }
}`;

/** What a further check of a bench may use once the rates are measured. */
export interface Rush {
  deps: Deps;
  market: Market;
  load: LoadClient;
  /** The load client's target for buying these offers. */
  target(offerIds: readonly string[]): Target;
}

interface Shape {
  bench: string;
  database: string;
  offers: number;
  aims: Record<string, number>;
  /** Runs after the measurement and returns a line of what it found; throws when that is wrong. */
  check?(rush: Rush): Promise<string>;
}

/** Measures random members who buy random offers as fast as the servers answer. */
export function benchRedemptions(shape: Shape, { seconds }: Options): Promise<Report> {
  return onFreshDatabase(shape.database, (deps) =>
    closing(async (keep) => {
      const durable = await requireDurableCommits(deps);
      const market = await seedMarket(deps, { members: MEMBERS, offers: shape.offers });
      const callers = await signIn(
        deps,
        market.memberIds.map((subjectId) => ({ door: 'member' as const, subjectId })),
      );
      const api = keep(await startApi(shape.database));
      const empty = keep(await startEmptyServer());
      const load = keep(new LoadClient());
      const crew = keep(await Crew.open(databaseUrl(shape.database)));
      const target = (offerIds: readonly string[]) => redeemTarget([api], callers, offerIds);
      await load.add('ours', target(market.offerIds));
      await load.add('empty', emptyTarget(empty, callers));
      const act = naiveAct(deps, market);
      const size = await crew.bestSize(Math.min(seconds, 3), () => act);
      const { ours, ...references } = await measureInTurn(
        [
          { name: 'ours', round: async (time) => rateOf(await load.run('ours', { seconds: time })) },
          { name: 'naive', round: async (time) => rateOf(await crew.run(size, time, () => act)) },
          { name: 'empty', round: async (time) => rateOf(await load.run('empty', { seconds: time })) },
        ],
        seconds,
      );
      const peakRssMb = api.peakRssMb();
      const setting = `${CONNECTIONS} connections, ${MEMBERS} members, offers: ${shape.offers}; naive on ${size} connections`;
      const notes = [durable, setting];
      if (shape.check) notes.push(await shape.check({ deps, market, load, target }));
      notes.push(await requireCoherentLedger(deps));
      return { bench: shape.bench, unit: 'redemptions', ours: ours!, references, aims: shape.aims, peakRssMb, notes };
    }),
  );
}

/** The load client's target for buying these offers from these servers. */
export function redeemTarget(apis: readonly Server[], callers: string[], offerIds: readonly string[]): Target {
  return {
    origins: apis.map(({ origin }) => origin),
    path: '/graphql/member',
    query: REDEEM,
    accepted: '{"data":{"redeem":{"id":"',
    decks: [{ callers, variables: offerIds.map((id) => `"offerId":"${id}"`), once: false }],
    connections: CONNECTIONS,
  };
}

function naiveAct({ config }: Deps, { memberIds, offerIds }: Market): Act {
  const any = (ids: readonly string[]) => ids[Math.floor(Math.random() * ids.length)]!;
  return (connection) =>
    redeemNaively(connection, { memberId: any(memberIds), offerId: any(offerIds), key: newId() }, config.voucherKey);
}
