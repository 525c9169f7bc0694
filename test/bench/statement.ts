/**
 * Statement pages in a large ledger: a page deep in the account of a member with 1,000,000 transfers has to cost what
 * the first page of a member with 1,000 does. The ledger takes minutes to build, so its database is kept.
 */
import type { Bench } from './bench.ts';
import { measureInTurn } from './measure.ts';
import { requireDurableCommits } from './setting.ts';
import { largeLedger, PAGE, readPages, sizeOf } from './statement-ledger.ts';

export const statementPages: Bench = {
  name: 'statement',
  about: 'a deep statement page of a member with 1,000,000 transfers; against the first page of one with 1,000',
  run: async ({ seconds, short }) => {
    const size = sizeOf(short ? 1_000_000 : 10_000_000);
    const ledger = await largeLedger(size);
    const { deps } = ledger;
    try {
      const durable = await requireDurableCommits(deps);
      const page = (name: string, accountId: string, cursors: readonly (string | undefined)[]) => ({
        name,
        round: (time: number) => readPages(deps, accountId, cursors, time),
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
          `pages of ${PAGE}, one at a time, from a ledger of ${size.transfers}; ours: ${size.large} transfers, deep`,
          'the ledger was verified as a whole when it was built; see scale-ledger',
        ],
      };
    } finally {
      await deps.db.destroy();
    }
  },
};
