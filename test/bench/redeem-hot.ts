/** 20,000 members rush for one offer: the noon release, gone in seconds. And it is gone at exactly its stock. */
import type { Bench } from './bench.ts';
import { addOffer } from './market.ts';
import { benchRedemptions, type Rush } from './redeem.ts';
import { requireNoErrors } from './tally.ts';

const STOCK = 2_000;
const REQUESTS = 20_000;

export const redeemHot: Bench = {
  name: 'redeem-hot',
  about: `redemptions of one offer over HTTP; against naive and empty; and ${REQUESTS} requests for ${STOCK} pieces`,
  limit:
    'As in redeem-spread: a batch of redemptions costs the database little, and what is left is that one process answers HTTP, which naive does not have.',
  run: (options) =>
    benchRedemptions(
      {
        bench: 'redeem-hot',
        database: 'xingfu_bench_redeem_hot',
        offers: 1,
        aims: { naive: 4 },
        check: sellOut,
      },
      options,
    ),
};

async function sellOut({ deps, market, load, target }: Rush): Promise<string> {
  const offerId = await addOffer(deps, market, 0, STOCK);
  await load.add('sell-out', target([offerId]));
  const tally = await load.run('sell-out', { requests: REQUESTS });
  requireNoErrors(tally);
  const [{ sold, remaining }] = await deps.db.query(
    `SELECT (SELECT COUNT(*) FROM redemption WHERE offer_id = ?) AS sold,
            (SELECT remaining FROM offer_stock WHERE offer_id = ?) AS remaining`,
    [offerId, offerId],
  );
  const found = `${REQUESTS} requests for ${STOCK} pieces: ${tally.accepted} accepted, ${JSON.stringify(tally.refused)}, ${sold} redemptions, ${remaining} left`;
  const exact =
    tally.accepted === STOCK &&
    tally.refused.SOLD_OUT === REQUESTS - STOCK &&
    Number(sold) === STOCK &&
    remaining === 0;
  if (!exact) throw new Error(found);
  return `${found}, in ${(tally.elapsedMs / 1000).toFixed(1)} s`;
}
