import { beijingDay } from '../../platform/clock.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { groupBy } from '../../platform/group-by.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import { LONGEST_PURPOSE } from '../contracts/limits.ts';
import { type NewPayment, payFromFund } from '../contracts/pay-from-fund.ts';
import { findContracts } from '../contracts/queries.ts';
import { lockContracts } from '../contracts/scope.ts';
import type { Reward } from './reward.entity.ts';

/**
 * Pays the money of rewards that are being released from the funds of their contracts, a payment for each reward, in the
 * order of the list. Refusal: FUND_TOO_LOW at "listId", where a fund does not suffice for its part of the list.
 */
export async function payMoney(
  tx: Tx,
  rewards: readonly Reward[],
  recordedBy: string,
  now: Date,
): Promise<Result<void>> {
  const byContract = groupBy(
    rewards.filter(({ moneyFen }) => moneyFen > 0),
    ({ contractId }) => contractId,
  );
  await lockContracts(tx, [...byContract.keys()]);
  const contracts = await findContracts(tx, [...byContract.keys()]);
  for (const [contractId, some] of byContract) {
    const payments = some.map(
      ({ id, listId, number, title, moneyFen }): NewPayment => ({
        paidOn: beijingDay(now),
        fen: moneyFen,
        purpose: [...`创新成果奖励：${title}`].slice(0, LONGEST_PURPOSE).join(''),
        reference: `${listId}-${number}`,
        ...{ rewardId: id, correctsId: null, recordedAt: now, recordedBy },
      }),
    );
    const paid = await payFromFund(tx, contracts.get(contractId)!, payments);
    if (!paid.ok) return refuse({ ...paid.refusal, at: 'listId' });
  }
  return accept(undefined);
}
