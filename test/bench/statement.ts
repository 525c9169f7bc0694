/**
 * Statement pages in a large ledger: a page deep in the account of a member with 1,000,000 transfers has to cost what
 * the first page of a member with 1,000 does. The ledger takes minutes to build, so its database is kept.
 */
import { statement } from '../../src/ledger/statement.ts';
import type { Bench } from './bench.ts';
import { measureInTurn } from './measure.ts';
import { openDeps, requireDurableCommits } from './setting.ts';
import { largeLedger, sizeOf } from './statement-ledger.ts';

const FIRST = 20;

export const statementPages: Bench = {
  name: 'statement',
  about: 'a deep statement page of a member with 1,000,000 transfers; against the first page of one with 1,000',
  run: async ({ seconds, short }) => {
    const size = sizeOf(short ? 1_000_000 : 10_000_000);
    const database = `xingfu_bench_ledger_${size.transfers}`;
    const ledger = await largeLedger(database, size);
    const deps = await openDeps(database);
    try {
      const durable = await requireDurableCommits(deps);
      const page = (name: string, accountId: string, cursors: readonly (string | undefined)[]) => ({
        name,
        round: async (time: number) => {
          const start = performance.now();
          let pages = 0;
          for (; performance.now() - start < time * 1000; pages++) {
            const after = cursors[pages % cursors.length];
            const { items } = await statement(deps.db.manager, accountId, { first: FIRST, after });
            if (items.length !== FIRST) throw new Error(`${name}: a page of ${items.length}`);
          }
          return (pages * 1000) / (performance.now() - start);
        },
      });
      const { ours, ...references } = await measureInTurn(
        [
          page('ours', ledger.largeAccountId, ledger.deepCursors),
          page('small-first-page', ledger.smallAccountId, [undefined]),
          page('small-deep-page', ledger.smallAccountId, ledger.deepCursors),
          page('large-first-page', ledger.largeAccountId, [undefined]),
        ],
        seconds,
      );
      return {
        bench: 'statement',
        unit: 'pages',
        ours: ours!,
        references,
        aims: { 'small-first-page': 0.75 },
        peakRssMb: process.resourceUsage().maxRSS / 1024,
        notes: [
          durable,
          `pages of ${FIRST}, one at a time, from a ledger of ${size.transfers}; ours: ${size.large} transfers, deep`,
          'the ledger was verified as a whole when it was built; see scale-ledger',
        ],
      };
    } finally {
      await deps.db.destroy();
    }
  },
};
