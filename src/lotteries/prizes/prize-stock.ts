import type { SoldOffer } from '../../marketplace/decide-redemption.ts';
import { findSoldOffers } from '../../marketplace/offers/find-sold-offers.ts';
import { lockStock, type Stock, writeStock } from '../../marketplace/releases/stock.ts';
import { beijingDay } from '../../platform/clock.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { accept, type Refusal, type Result, refuse } from '../../platform/result.ts';
import type { Lottery } from '../lottery.entity.ts';
import { prizeOfferNotOnSale, prizeStockShort } from '../refusals.ts';
import type { LotteryPrize } from '../set-up/set-up-queries.ts';

/** The offers of a lottery's vouchers, by id. Refusal: OFFER_NOT_ON_SALE, also where vouchers end before the draw. */
export async function offersOfPrizes(
  tx: Tx,
  { programmeId, drawsAt }: Lottery,
  prizes: readonly LotteryPrize[],
  now: Date,
): Promise<Result<Map<string, SoldOffer>>> {
  const ids = prizes.flatMap(({ offerId }) => offerId ?? []);
  const offers = ids.length === 0 ? new Map<string, SoldOffer>() : await findSoldOffers(tx, ids, now);
  for (const { offerId, number } of prizes) {
    if (offerId === null) continue;
    const offer = offers.get(offerId);
    const lasts = offer && (offer.useUntil === null || offer.useUntil > beijingDay(drawsAt));
    const isSold = lasts && offer.programmeId === programmeId && offer.isOnSale && now < offer.saleTo;
    if (!isSold) return refuse(prizeOfferNotOnSale(`prizes.${number - 1}.offerId`));
  }
  return accept(offers);
}

/** Locks the stock that a lottery's vouchers come from, and takes their pieces in memory. Refusal: STOCK_SHORT. */
export async function takeStock(
  tx: Tx,
  prizes: readonly LotteryPrize[],
  now: Date,
): Promise<Result<Map<string, Stock>>> {
  const ids = [...new Set(prizes.flatMap(({ offerId }) => offerId ?? []))];
  const stock = await lockStock(tx, ids, now);
  for (const prize of prizes) {
    const short = prize.offerId !== null && take(stock.get(prize.offerId), prize);
    if (short) return refuse(short);
  }
  return accept(stock);
}

function take(stock: Stock | undefined, { number, quantity }: LotteryPrize): Refusal | undefined {
  const left = stock?.remaining ?? 0;
  if (!stock || left < quantity) return prizeStockShort(`prizes.${number - 1}.quantity`, left);
  stock.remaining -= quantity;
  stock.isChanged = true;
  return undefined;
}

/** Gives pieces back to the stock of offers: so many by each offer's id. */
export async function giveStockBack(tx: Tx, pieces: ReadonlyMap<string, number>, now: Date): Promise<void> {
  const stock = await lockStock(tx, [...pieces.keys()], now);
  for (const [offerId, count] of pieces) {
    const one = stock.get(offerId);
    if (!one) throw new Error(`the offer ${offerId} has no stock`);
    one.remaining += count;
    one.isChanged = true;
  }
  await writeStock(tx, stock);
}
