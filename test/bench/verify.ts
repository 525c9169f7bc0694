/** Counters of 13 merchants verify vouchers (核销), each with its own request number. */

import { redeem } from '../../src/marketplace/redeem.ts';
import { voucherCode } from '../../src/marketplace/voucher-code.ts';
import type { Deps } from '../../src/platform/deps.ts';
import { newId } from '../../src/platform/ids.ts';
import { databaseUrl } from '../support/database.ts';
import { type Bench, CONNECTIONS, type Options } from './bench.ts';
import { emptyTarget } from './empty.ts';
import { type Deck, LoadClient, type Target } from './load.ts';
import { type Cashier, type Market, seedCashiers, seedMarket, signIn } from './market.ts';
import { measureInTurn, ROUNDS } from './measure.ts';
import { type Act, Crew } from './naive/crew.ts';
import { verifyNaively } from './naive/verify.ts';
import type { Report } from './report.ts';
import { type Server, startApi, startEmptyServer } from './server.ts';
import { closing, type Keep, onFreshDatabase, requireCoherentLedger, requireDurableCommits } from './setting.ts';
import { rateOf } from './tally.ts';

const DATABASE = 'xingfu_bench_verify';
const MEMBERS = 20_000;
const OFFERS = 100;

/** Vouchers for each second of all rounds: more than this machine verifies. A round that runs out of them ends early. */
const OURS_A_SECOND = 5_000;
const NAIVE_A_SECOND = 3_500;

const VERIFY = `mutation Verify($key: String!, $outletId: Id!, $code: String!) {
  verifyVoucher(requestNumber: $key, outletId: $outletId, code: $code) {
    ... on Verification { id }
    ... on Refusal { code }
  }
}`;

export const verifyVouchers: Bench = {
  name: 'verify',
  about: 'verification of vouchers over HTTP; against naive (one transaction each on mysql2, without HTTP) and empty',
  run: (options) => onFreshDatabase(DATABASE, (deps) => closing((keep) => compare(deps, keep, options))),
};

async function compare(deps: Deps, keep: Keep, { seconds }: Options): Promise<Report> {
  const durable = await requireDurableCommits(deps);
  const market = await seedMarket(deps, { members: MEMBERS, offers: OFFERS });
  const cashiers = await seedCashiers(deps, market, CONNECTIONS);
  const callers = await signIn(
    deps,
    cashiers.map(({ operatorId }) => ({ door: 'merchant' as const, subjectId: operatorId })),
  );
  const tried = 4 * Math.min(seconds, 3);
  const measured = (ROUNDS + 1) * seconds;
  const ofOurs = await makeVouchers(deps, market, Math.ceil(OURS_A_SECOND * measured));
  const ofNaive = await makeVouchers(deps, market, Math.ceil(NAIVE_A_SECOND * (measured + tried)));
  const api = keep(await startApi(DATABASE));
  const empty = keep(await startEmptyServer());
  const load = keep(new LoadClient());
  const crew = keep(await Crew.open(databaseUrl(DATABASE)));
  await load.add('ours', verifyTarget(api, decksOf(cashiers, callers, ofOurs)));
  await load.add('empty', emptyTarget(empty, callers));
  const next = naiveActs(deps, cashiers, ofNaive);
  const size = await crew.bestSize(Math.min(seconds, 3), next);
  const { ours, ...references } = await measureInTurn(
    [
      { name: 'ours', round: async (time) => rateOf(await load.run('ours', { seconds: time })) },
      { name: 'naive', round: async (time) => rateOf(await crew.run(size, time, next)) },
      { name: 'empty', round: async (time) => rateOf(await load.run('empty', { seconds: time })) },
    ],
    seconds,
  );
  return {
    bench: 'verify',
    unit: 'verifications',
    ours: ours!,
    references,
    aims: { naive: 1.5 },
    peakRssMb: api.peakRssMb(),
    notes: [
      durable,
      `${CONNECTIONS} connections with a cashier each, of 13 merchants; naive on ${size} connections`,
      await requireCoherentLedger(deps),
    ],
  };
}

interface Shown {
  merchantNumber: number;
  code: string;
}

/** Has random members buy offers through the program's own redeem, and returns the vouchers' codes. */
async function makeVouchers(deps: Deps, market: Market, count: number): Promise<Shown[]> {
  const made: Shown[] = [];
  const buyOn = async (buyer: number) => {
    for (let number = buyer; number < count; number += CONNECTIONS) {
      const memberId = market.memberIds[Math.floor(Math.random() * market.memberIds.length)]!;
      const offer = number % market.offerIds.length;
      const actor = `member:${memberId}`;
      const outcome = await redeem(deps, { actor, memberId, key: newId(), offerId: market.offerIds[offer]! });
      if (!outcome.ok) throw new Error(`no voucher could be made: ${outcome.refusal.code}`);
      const code = voucherCode(deps.config.voucherKey, outcome.value);
      made.push({ merchantNumber: offer % market.merchants.length, code });
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, (_, buyer) => buyOn(buyer)));
  return made;
}

/** Deals the vouchers out: each to a cashier of its own merchant. */
function dealt(cashiers: readonly Cashier[], market: number, vouchers: readonly Shown[]): Shown[][] {
  const hands: Shown[][] = cashiers.map(() => []);
  const turn = new Map<number, number>();
  for (const voucher of vouchers) {
    const { merchantNumber } = voucher;
    const at = turn.get(merchantNumber) ?? merchantNumber;
    hands[at]!.push(voucher);
    const next = at + market;
    turn.set(merchantNumber, next < cashiers.length ? next : merchantNumber);
  }
  return hands;
}

function decksOf(cashiers: readonly Cashier[], callers: readonly string[], vouchers: readonly Shown[]): Deck[] {
  const merchants = new Set(cashiers.map(({ merchant }) => merchant.id)).size;
  return dealt(cashiers, merchants, vouchers).map((hand, i) => ({
    callers: [callers[i]!],
    variables: hand.map(({ code }) => `"outletId":"${cashiers[i]!.merchant.outletId}","code":"${code}"`),
    once: true,
  }));
}

function verifyTarget(api: Server, decks: Deck[]): Target {
  return {
    origins: [api.origin],
    path: '/graphql/merchant',
    query: VERIFY,
    accepted: '{"data":{"verifyVoucher":{"id":"',
    decks,
    connections: CONNECTIONS,
  };
}

/** Hands out one act for each voucher, until there is none left. */
function naiveActs({ config }: Deps, cashiers: readonly Cashier[], vouchers: readonly Shown[]): () => Act | undefined {
  let number = 0;
  return () => {
    const voucher = vouchers[number++];
    if (!voucher) return undefined;
    const { operatorId, merchant } = cashiers[voucher.merchantNumber]!;
    const shown = { operatorId, merchantId: merchant.id, outletId: merchant.outletId, code: voucher.code };
    return (connection) => verifyNaively(connection, { ...shown, requestNumber: newId() }, config.voucherKey);
  };
}
