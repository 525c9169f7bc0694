import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import { isText } from '../../marketplace/text.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, type Refusal, refuse } from '../../platform/result.ts';
import { LONGEST_REASON } from '../limits.ts';
import type { Lottery } from '../lottery.entity.ts';
import { lockLotteryInScope } from '../lottery.ts';
import { reasonNeeded } from '../refusals.ts';
import { lotterySettled, notDrawnYet, nothingToDraw } from '../refusals-draw.ts';
import { commitSeed } from './commit-seed.ts';
import type { DrawnPrize } from './lottery-draw.entity.ts';

/** The round of drand that is named lies so far ahead that nobody can know it. */
const AHEAD_MS = 10 * 60_000;

/**
 * Sets a new draw of the places whose wins were taken away or lapsed and were not drawn again yet (lotteries:write);
 * resolves with the lottery's id; audited. It has a seed of its own and entropy that does not exist yet, where parties
 * reveal they commit themselves anew; who has won before in this lottery wins in no later draw. The lottery is
 * frozen again until then, and its winners come in notice anew. Wins that stand are paid meanwhile as before.
 * Refusals: LOTTERY_UNKNOWN, REASON_NEEDED, LOTTERY_SETTLED, NOT_DRAWN_YET, NOTHING_TO_DRAW.
 */
export async function drawAgain(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { lotteryId: string; reason: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'drawAgain', key, input }, async (tx, now) => {
    const { lotteryId, reason } = input;
    const found = await lockLotteryInScope(tx, caller, 'lotteries:write', lotteryId);
    if (!found.ok) return found;
    const { lottery, unionId } = found.value;
    const not = whyNot(lottery, reason);
    if (not) return refuse(not);
    const number = lottery.drawNumber + 1;
    const prizes = await takePlaces(tx, lotteryId, number);
    if (prizes.length === 0) return refuse(nothingToDraw);
    const drawsAt = new Date(now.getTime() + AHEAD_MS);
    await commitSeed(tx, deps.config, { lottery, number, reason: 'again', drawsAt }, now);
    await tx.query('UPDATE lottery_draw SET prizes = ? WHERE lottery_id = ? AND number = ?', [
      JSON.stringify(prizes),
      lotteryId,
      number,
    ]);
    await tx.query(
      `INSERT INTO lottery_party (lottery_id, draw_number, number, name, operator_id)
       SELECT lottery_id, ?, number, name, operator_id FROM lottery_party WHERE lottery_id = ? AND draw_number = 1`,
      [number, lotteryId],
    );
    await tx.query("UPDATE lottery SET state = 'frozen', draw_number = ?, trouble = NULL WHERE id = ?", [
      number,
      lotteryId,
    ]);
    const target = { targetKind: 'lottery', targetId: lotteryId, unionId };
    const after = { drawNumber: number, prizes, reason };
    await recordAudit(tx, { actor: caller.actor, action: 'drawAgain', ...target, after }, now);
    return accept(lotteryId);
  });
}

function whyNot({ state, settledAt }: Lottery, reason: string): Refusal | undefined {
  if (!isText(reason, LONGEST_REASON)) return reasonNeeded;
  if (settledAt !== null) return lotterySettled;
  return state === 'in_notice' || state === 'final' ? undefined : notDrawnYet;
}

/** Marks the places that the draw of this number gives anew, and counts them by prize. */
async function takePlaces(tx: Tx, lotteryId: string, drawNumber: number): Promise<DrawnPrize[]> {
  await tx.query(
    `UPDATE lottery_win SET drawn_again = ?
     WHERE lottery_id = ? AND state IN ('disqualified', 'lapsed') AND drawn_again IS NULL`,
    [drawNumber, lotteryId],
  );
  const rows: { prize: number; quantity: string }[] = await tx.query(
    `SELECT prize_number AS prize, COUNT(*) AS quantity FROM lottery_win
     WHERE lottery_id = ? AND drawn_again = ? GROUP BY prize_number ORDER BY prize_number`,
    [lotteryId, drawNumber],
  );
  return rows.map(({ prize, quantity }) => ({ prize, quantity: Number(quantity) }));
}
