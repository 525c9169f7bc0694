/** 20,000 members buy 100 offers: the usual day, many at once. */
import type { Bench } from './bench.ts';
import { benchRedemptions } from './redeem.ts';

export const redeemSpread: Bench = {
  name: 'redeem-spread',
  about: 'redemptions of 100 offers over HTTP; against naive (one transaction each on mysql2, without HTTP) and empty',
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
