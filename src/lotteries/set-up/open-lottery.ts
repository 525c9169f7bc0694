import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import { loadBook } from '../../ledger/load-book.ts';
import { wantedBy } from '../../ledger/post.ts';
import type { Proposal } from '../../ledger/transfer.ts';
import { writeBook } from '../../ledger/write-book.ts';
import type { SoldOffer } from '../../marketplace/decide-redemption.ts';
import { writeStock } from '../../marketplace/releases/stock.ts';
import type { Config } from '../../platform/config.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { points } from '../../platform/points.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import { commitSeed } from '../draw/commit-seed.ts';
import { Lottery } from '../lottery.entity.ts';
import { lockLotteryInScope } from '../lottery.ts';
import { offersOfPrizes, takeStock } from '../prizes/prize-stock.ts';
import { lotteryOpened, lotteryOverBudget, lotteryVoid } from '../refusals.ts';
import { type LotteryPrize, prizesOf } from './set-up-queries.ts';
import type { LotteryTimes } from './terms.ts';

/**
 * Opens a draft before its time (lotteries:write in its programme's union); resolves with its id; audited. Refusals:
 * LOTTERY_UNKNOWN, LOTTERY_OPENED, LOTTERY_VOID, those of `open`.
 */
export async function openLottery(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { lotteryId: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'openLottery', key, input }, async (tx, now) => {
    const found = await lockLotteryInScope(tx, caller, 'lotteries:write', input.lotteryId);
    if (!found.ok) return found;
    const { lottery, unionId } = found.value;
    if (lottery.state === 'void') return refuse(lotteryVoid);
    if (lottery.state !== 'draft') return refuse(lotteryOpened);
    const opened = await open(tx, deps.config, lottery, now);
    if (!opened.ok) return opened;
    const target = { targetKind: 'lottery', targetId: lottery.id, unionId };
    await recordAudit(tx, { actor: caller.actor, action: 'openLottery', ...target, after: { state: 'open' } }, now);
    return accept(lottery.id);
  });
}

/**
 * Opens a draft that the transaction has locked: sets aside the points and the stock of its prizes and publishes the
 * hash of its seed, so that from now on nothing of it can be changed. Writes nothing when it refuses: OVER_BUDGET,
 * STOCK_SHORT, OFFER_NOT_ON_SALE.
 */
export async function open(tx: Tx, config: Config, lottery: Lottery, now: Date): Promise<Result<void>> {
  const { id, programmeId } = lottery;
  const times = timesFrom(lottery, now);
  const prizes = (await prizesOf(tx, [id])).get(id)!;
  const offers = await offersOfPrizes(tx, { ...lottery, ...times }, prizes, now);
  if (!offers.ok) return offers;
  const priced = prizes.map((prize) => withPrice(prize, offers.value));
  const reserved = points(priced.reduce((sum, one) => sum + one.points * one.quantity, 0));
  const proposals = reserved === 0 ? [] : [reservation({ id, programmeId }, reserved)];
  const book = await loadBook(tx, wantedBy(proposals), now);
  const stock = await takeStock(tx, priced, now);
  if (!stock.ok) return stock;
  if (!proposals.every((proposal) => book.post(proposal).ok)) return refuse(lotteryOverBudget);
  await writeBook(tx, book);
  await writeStock(tx, stock.value);
  await fixPrices(tx, priced);
  const opened = { state: 'open' as const, trouble: null, reservedPoints: reserved, openedAt: now };
  const { affected } = await tx.update(Lottery, { id, state: 'draft' }, { ...times, ...opened });
  if (affected !== 1) throw new Error(`the lottery ${id} was opened although it is no draft`);
  await commitSeed(tx, config, { lottery, number: 1, reason: 'first', drawsAt: times.drawsAt }, now);
  return accept(undefined);
}

/** One that opens only after it was to freeze is held later by as much, so that its members have the same time. */
function timesFrom({ opensAt, freezesAt, drawsAt }: LotteryTimes, now: Date): LotteryTimes {
  if (freezesAt > now) return { opensAt, freezesAt, drawsAt };
  const delay = now.getTime() - opensAt.getTime();
  const later = (instant: Date) => new Date(instant.getTime() + delay);
  return { opensAt: later(opensAt), freezesAt: later(freezesAt), drawsAt: later(drawsAt) };
}

function withPrice(prize: LotteryPrize, offers: ReadonlyMap<string, SoldOffer>): LotteryPrize {
  return prize.offerId === null ? prize : { ...prize, points: points(offers.get(prize.offerId)!.price) };
}

function reservation({ id, programmeId }: Pick<Lottery, 'id' | 'programmeId'>, amount: Proposal['points']): Proposal {
  return {
    programmeId,
    kind: 'reservation',
    debit: { kind: 'issuance', ownerId: programmeId },
    credit: { kind: 'prizes', ownerId: programmeId },
    points: amount,
    key: `lottery:${id}:reservation`,
    causeId: id,
  };
}

/** What a voucher is worth is what its offer costs today, whatever it costs when the prizes are paid. */
async function fixPrices(tx: Tx, prizes: readonly LotteryPrize[]): Promise<void> {
  for (const { lotteryId, number, offerId, points: price } of prizes) {
    if (offerId === null) continue;
    await tx.query('UPDATE lottery_prize SET points = ? WHERE lottery_id = ? AND number = ?', [
      price,
      lotteryId,
      number,
    ]);
  }
}
