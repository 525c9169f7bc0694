/** The same crowd on ledgers of a hundred thousand, one million and ten million transfers. */
import { verifyLedger } from '../../src/ledger/verify.ts';
import type { Deps } from '../../src/platform/deps.ts';
import type { Bench, Options } from './bench.ts';
import { LoadClient } from './load.ts';
import { seedMarket, signIn } from './market.ts';
import { measureInTurn } from './measure.ts';
import { redeemTarget } from './redeem.ts';
import { figure, type Report } from './report.ts';
import { type Server, startApi } from './server.ts';
import { closing, type Keep, requireDurableCommits } from './setting.ts';
import { type LargeLedger, largeLedger, readPages, sizeOf } from './statement-ledger.ts';
import { rateOf } from './tally.ts';

const MEMBERS = 5_000;
const OFFERS = 100;
const SIZES = [100_000, 1_000_000, 10_000_000];
const SIZES_SHORT = [10_000, 100_000, 1_000_000];

export const scaleLedger: Bench = {
  name: 'scale-ledger',
  about: 'redemptions over HTTP and deep statement pages in ledgers of 0.1, 1 and 10 million transfers',
  run: (options) => closing((keep) => measure(keep, options)),
};

interface Town {
  name: string;
  deps: Deps;
  api: Server;
  ledger: LargeLedger;
  transfers: number;
  gigabytes: number;
}

async function measure(keep: Keep, { seconds, short }: Options): Promise<Report> {
  const load = keep(new LoadClient());
  const towns: Town[] = [];
  for (const size of short ? SIZES_SHORT : SIZES) towns.push(await openTown(keep, load, size));
  const buying = towns.map(({ name }) => ({
    name,
    round: async (time: number) => rateOf(await load.run(name, { seconds: time })),
  }));
  const redemptions = await measureInTurn(buying, seconds);
  const pages = await measureInTurn(
    towns.map(({ name, deps, ledger }) => ({
      name,
      round: (time: number) => readPages(deps, ledger.largeAccountId, ledger.deepCursors, time),
    })),
    Math.min(seconds, 2),
  );
  const curve = [['transfers', 'GB with indexes', 'redemptions/s', 'deep statement pages/s', 'whole verification, s']];
  for (const town of towns) {
    const { name, transfers, gigabytes } = town;
    const cells = [transfers, gigabytes, redemptions[name]!, pages[name]!, await verifyWhole(town)];
    curve.push(cells.map(figure));
  }
  const [small, middle, large] = towns.map(({ name }) => redemptions[name]!);
  return {
    bench: 'scale-ledger',
    unit: 'redemptions',
    ours: large!,
    references: { [towns[1]!.name]: middle!, [towns[0]!.name]: small! },
    aims: {},
    peakRssMb: Math.max(...towns.map(({ api }) => api.peakRssMb())),
    curve,
    notes: [
      await requireDurableCommits(towns[0]!.deps),
      `ours: the largest; each ledger has a tenth of its transfers in one account; ${MEMBERS} members buy ${OFFERS} offers`,
      'every ledger was verified as a whole, without a difference',
    ],
  };
}

async function openTown(keep: Keep, load: LoadClient, size: number): Promise<Town> {
  const ledger = await largeLedger(sizeOf(size));
  const { deps } = ledger;
  keep({ close: () => deps.db.destroy() });
  const [{ transfers }] = await deps.db.query('SELECT COUNT(*) AS transfers FROM transfer');
  const market = await seedMarket(deps, { members: MEMBERS, offers: OFFERS });
  const people = market.memberIds.map((subjectId) => ({ door: 'member' as const, subjectId }));
  const api = keep(await startApi(ledger.database));
  const name = `${figure(size / 1_000_000)} million`;
  await load.add(name, redeemTarget([api], await signIn(deps, people), market.offerIds));
  return { name, deps, api, ledger, transfers: Number(transfers), gigabytes: await gigabytesOf(deps) };
}

/** Of the tables that grow with every transfer. */
async function gigabytesOf({ db }: Deps): Promise<number> {
  await db.query('ANALYZE TABLE transfer, posting, lot, lot_movement');
  const [{ bytes }] = await db.query(
    `SELECT SUM(data_length + index_length) AS bytes FROM information_schema.tables
      WHERE table_schema = DATABASE() AND table_name IN ('transfer', 'posting', 'lot', 'lot_movement')`,
  );
  return Number(bytes) / 1_000_000_000;
}

/** Verifies the whole ledger and returns for how many seconds. Throws on any difference. */
async function verifyWhole({ name, deps }: Town): Promise<number> {
  const start = performance.now();
  const { differences } = await verifyLedger(deps.db);
  if (differences.length > 0) throw new Error(`${name}: ${differences.join('\n')}`);
  return (performance.now() - start) / 1000;
}
