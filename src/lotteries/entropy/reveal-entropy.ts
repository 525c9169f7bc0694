import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { partiesOfDraw, readDraw } from '../draw/draw-queries.ts';
import { lockLottery } from '../lottery.ts';
import { isCommitted } from '../proof/reveals.ts';
import { notParty } from '../refusals.ts';
import { revealMade, revealNotCommitted, revealsClosed, revealsNotOpen } from '../refusals-draw.ts';

/**
 * Reveals a party's 32 random bytes (hexadecimal) for the draw that a lottery is at; only for the operator whom the
 * lottery names as that party. Resolves with the lottery's id; audited. It is taken from the announcement of the draw
 * on, when the list of tickets and every commitment are public, until the draw is made.
 * Refusals: LOTTERY_UNKNOWN, REVEALS_NOT_OPEN, REVEALS_CLOSED, REVEAL_MADE, REVEAL_NOT_COMMITTED.
 */
export async function revealEntropy(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { lotteryId: string; reveal: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'revealEntropy', key, input }, async (tx, now) => {
    const { lotteryId, reveal } = input;
    const lottery = await lockLottery(tx, lotteryId);
    const parties = lottery ? await partiesOfDraw(tx, { lotteryId, number: lottery.drawNumber }) : [];
    const party = parties.find(({ operatorId }) => operatorId === caller.operatorId);
    if (!lottery || !party) return refuse(notParty);
    if (lottery.state !== 'frozen') return refuse(isBeforeDraw(lottery.state) ? revealsNotOpen : revealsClosed);
    const draw = await readDraw(tx, lotteryId, lottery.drawNumber);
    if (draw.announcement === null) return refuse(revealsNotOpen);
    if (party.reveal !== null) return refuse(revealMade);
    if (!isCommitted({ name: party.name, commitment: party.commitment!.toString('hex') }, reveal)) {
      return refuse(revealNotCommitted);
    }
    await tx.query(
      `UPDATE lottery_party SET reveal = ?, revealed_at = ?
       WHERE lottery_id = ? AND draw_number = ? AND number = ? AND reveal IS NULL`,
      [Buffer.from(reveal, 'hex'), now, lotteryId, draw.number, party.number],
    );
    const [programme]: { union_id: string }[] = await tx.query('SELECT union_id FROM programme WHERE id = ?', [
      lottery.programmeId,
    ]);
    const target = { targetKind: 'lottery', targetId: lotteryId, unionId: programme!.union_id };
    const after = { drawNumber: draw.number, party: party.name };
    await recordAudit(tx, { actor: caller.actor, action: 'revealEntropy', ...target, after }, now);
    return accept(lotteryId);
  });
}

function isBeforeDraw(state: string): boolean {
  return state === 'draft' || state === 'open';
}
