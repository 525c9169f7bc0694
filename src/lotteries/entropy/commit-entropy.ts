import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { Programme } from '../../unions/programme.entity.ts';
import type { Lottery } from '../lottery.entity.ts';
import { lockLottery } from '../lottery.ts';
import { commitmentCopied, commitmentMade, commitmentMalformed, commitmentsClosed, notParty } from '../refusals.ts';
import { type LotteryParty, partiesOf } from '../set-up/set-up-queries.ts';

/**
 * Publishes the hash of what a party of the draw that is to come will reveal, as 64 hexadecimal digits; resolves with
 * the lottery's id; audited. For the admin who stands for the party, signed in herself. It is given once and stays.
 * Refusals: LOTTERY_UNKNOWN, COMMITMENT_MALFORMED, COMMITMENTS_CLOSED, COMMITMENT_MADE, COMMITMENT_COPIED.
 */
export async function commitEntropy(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { lotteryId: string; commitment: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'commitEntropy', key, input }, async (tx, now) => {
    const { lotteryId, commitment } = input;
    const lottery = await lockLottery(tx, lotteryId);
    const parties = lottery ? (await partiesOf(tx, [lotteryId])).get(lotteryId)! : [];
    const ofDraw = parties.filter(({ drawNumber }) => drawNumber === lottery?.drawNumber);
    const own = ofDraw.find(({ operatorId }) => operatorId === caller.operatorId);
    if (!lottery || !own) return refuse(notParty);
    if (!/^[0-9a-f]{64}$/.test(commitment)) return refuse(commitmentMalformed);
    if (own.commitment !== null) return refuse(commitmentMade);
    if (!takesCommitments(lottery, ofDraw)) return refuse(commitmentsClosed);
    // Who copies another's hash without its secret could only withhold; who copies both adds nothing.
    const hash = Buffer.from(commitment, 'hex');
    if (parties.some((party) => party.commitment?.equals(hash))) return refuse(commitmentCopied);
    await tx.query(
      `UPDATE lottery_party SET commitment = ?, committed_at = ?
       WHERE lottery_id = ? AND draw_number = ? AND number = ? AND commitment IS NULL`,
      [hash, now, lotteryId, own.drawNumber, own.number],
    );
    const { unionId } = await tx.findOneByOrFail(Programme, { id: lottery.programmeId });
    const target = { targetKind: 'lottery', targetId: lotteryId, unionId };
    const after = { drawNumber: own.drawNumber, party: own.name, commitment };
    await recordAudit(tx, { actor: caller.actor, action: 'commitEntropy', ...target, after }, now);
    return accept(lotteryId);
  });
}

/** The first draw takes commitments until the freeze, one that draws again until somebody reveals. */
function takesCommitments({ state, drawNumber }: Lottery, parties: readonly LotteryParty[]): boolean {
  if (drawNumber === 1) return state === 'open';
  return state === 'frozen' && parties.every(({ reveal }) => reveal === null);
}
