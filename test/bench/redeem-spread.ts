/** 20,000 members buy 100 offers: the usual day, many at once. */
import type { Bench } from './bench.ts';
import { benchRedemptions } from './redeem.ts';

export const redeemSpread: Bench = {
  name: 'redeem-spread',
  about: 'redemptions of 100 offers over HTTP; against naive (one transaction each on mysql2, without HTTP) and empty',
  limit:
    'Processor time bounds it, not the disk: scale-processes tells what a redemption costs API and database. GraphQL over HTTP alone takes as much as the whole of `empty`, so 0.35 of it would leave deciding, writing and committing twice that, on two cores for everything.',
  run: (options) =>
    benchRedemptions(
      {
        bench: 'redeem-spread',
        database: 'xingfu_bench_redeem_spread',
        offers: 100,
        aims: { naive: 1.5, empty: 0.35 },
      },
      options,
    ),
};
