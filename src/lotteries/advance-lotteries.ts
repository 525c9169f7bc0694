import { inTransaction } from '../platform/db/transaction.ts';
import type { Deps } from '../platform/deps.ts';
import { Failures } from '../platform/failures.ts';
import type { ReportProgress } from '../platform/jobs.ts';
import { announceDraw } from './draw/announce-draw.ts';
import { drawLottery } from './draw/draw-lottery.ts';
import { fetchEntropy } from './entropy/fetch-entropy.ts';
import { completeList } from './freeze/complete-list.ts';
import { countTickets } from './freeze/count-tickets.ts';
import { freezeLottery } from './freeze/freeze-lottery.ts';
import { Lottery } from './lottery.entity.ts';
import { lockLottery } from './lottery.ts';
import { finishNotice } from './prizes/finish-notice.ts';
import { lapsePrizes } from './prizes/lapse-prizes.ts';
import { noticeWinners } from './prizes/notice-winners.ts';
import { payPrizes } from './prizes/pay-prizes.ts';
import { settleWhenDone } from './prizes/settle-lottery.ts';
import { callOff } from './set-up/void-lottery.ts';
import { refundTickets } from './tickets/refund-tickets.ts';

const NO_TICKETS = '没有人持有奖券';
const TOO_FEW_REVEALS = '公开随机数的单位不足两方';

/**
 * Takes every step that is due of every lottery that was opened and is not settled, from the freeze to the last prize,
 * one lottery after the other. Each step is one file, looks at the state that the database holds under the lottery's
 * lock and is taken once: an end at any line, another machine, a late turn or a clock set back change nothing. One
 * lottery that fails keeps no other back. Resolves with how many steps were taken; throws at the end when one failed.
 */
export async function advanceLotteries(deps: Deps, progress?: ReportProgress): Promise<number> {
  const lotteries: { id: string }[] = await deps.db.query(
    "SELECT id FROM lottery WHERE settled_at IS NULL AND state NOT IN ('draft', 'void') ORDER BY draws_at, id",
  );
  const failures = new Failures(deps.log);
  let steps = 0;
  for (const { id } of lotteries) {
    await failures.keep({ lotteryId: id }, 'a lottery could not be advanced', async () => {
      steps += await advanceLottery(deps, id);
    });
    await progress?.({ done: steps });
  }
  failures.throwAny('lotteries failed');
  return steps;
}

/** Takes the steps of one lottery that are due, one after the other, until none is. Resolves with how many. */
export async function advanceLottery(deps: Deps, lotteryId: string): Promise<number> {
  for (let steps = 0; ; steps++) {
    const lottery = await deps.db.manager.findOneByOrFail(Lottery, { id: lotteryId });
    if (!(await takeStep(deps, lottery))) return steps;
  }
}

/** Takes the first step that is due. Whether there was one. */
async function takeStep(deps: Deps, lottery: Lottery): Promise<boolean> {
  const { id } = lottery;
  if (lottery.state === 'open') return freezeLottery(deps, id);
  if (lottery.state === 'frozen' && lottery.listedAt === null) return completeList(deps, id);
  if (lottery.state === 'frozen' && lottery.root === null) return countTickets(deps, id);
  // What is owed to members does not wait for a draw that is made again.
  if (lottery.listedAt !== null && (await payWhatIsDue(deps, id))) return true;
  if (lottery.state === 'frozen') return draw(deps, lottery);
  if (lottery.state === 'drawn') return noticeWinners(deps, id);
  if (lottery.state === 'in_notice') return finishNotice(deps, id);
  return lottery.state === 'final' && settleWhenDone(deps, id);
}

async function payWhatIsDue(deps: Deps, lotteryId: string): Promise<boolean> {
  const refunded = await refundTickets(deps, lotteryId);
  const paid = await payPrizes(deps, lotteryId);
  return refunded + paid + (await lapsePrizes(deps, lotteryId)) > 0;
}

async function draw(deps: Deps, lottery: Lottery): Promise<boolean> {
  if (lottery.ticketCount === 0) return voidFrozen(deps, lottery.id, NO_TICKETS);
  if (await announceDraw(deps, lottery.id)) return true;
  if (await fetchEntropy(deps, lottery)) return true;
  const outcome = await drawLottery(deps, lottery.id);
  // Places that are drawn again wait for the parties: those who won before keep what they have.
  if (outcome === 'missing' && lottery.drawNumber === 1) return voidFrozen(deps, lottery.id, TOO_FEW_REVEALS);
  return outcome === 'drawn';
}

/** Calls a lottery off that was frozen and cannot be drawn. */
function voidFrozen({ db, clock }: Deps, lotteryId: string, reason: string): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const lottery = await lockLottery(tx, lotteryId);
    if (lottery?.state !== 'frozen') return false;
    await callOff(tx, lottery, reason, clock.now());
    return true;
  });
}
