import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { lotteryInScope } from '../lottery.ts';
import { sha256 } from '../proof/bytes.ts';
import { flawOfRound, QUICKNET } from '../proof/drand.ts';
import { roundForged, roundNotAwaited } from '../refusals-draw.ts';
import { keepRound } from './keep-round.ts';

/**
 * Hands in the round of drand that a draw waits for (lotteries:write), where the server has no way to the relays;
 * resolves with the lottery's id; audited. Nobody can cheat with it: it is checked against drand's pinned key, and
 * which round it must be was announced. The signature is hexadecimal. Refusals: LOTTERY_UNKNOWN, ROUND_FORGED,
 * ROUND_NOT_AWAITED.
 */
export async function supplyEntropy(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { lotteryId: string; round: number; signature: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'supplyEntropy', key, input }, async (tx, now) => {
    const { lotteryId, round, signature } = input;
    const found = await lotteryInScope(tx, caller, 'lotteries:write', lotteryId);
    if (!found.ok) return found;
    const randomness = sha256(Buffer.from(signature, 'hex')).toString('hex');
    const supplied = { chain: QUICKNET.chain, round, signature, randomness };
    if (flawOfRound(supplied) !== undefined) return refuse(roundForged);
    if (!(await keepRound(tx, lotteryId, supplied))) return refuse(roundNotAwaited);
    const target = { targetKind: 'lottery', targetId: lotteryId, unionId: found.value.unionId };
    await recordAudit(
      tx,
      { actor: caller.actor, action: 'supplyEntropy', ...target, after: { round, signature } },
      now,
    );
    return accept(lotteryId);
  });
}
