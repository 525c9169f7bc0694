import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import { beijingDay } from '../../platform/clock.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, type Refusal, refuse } from '../../platform/result.ts';
import { isLine } from '../../unions/line.ts';
import { InnovationPayment } from './innovation-payment.entity.ts';
import { LONGEST_PURPOSE, LONGEST_REFERENCE } from './limits.ts';
import { payFromFund } from './pay-from-fund.ts';
import { troubleWithReference } from './record-payment.ts';
import { paymentOfReward, paymentTakenBack, paymentUnknown, textMalformed } from './refusals.ts';
import { lockContractInScope } from './scope.ts';

/** Which payment was recorded wrongly, why, and the reference of the entry that takes it back. */
export interface TakenBack {
  paymentId: string;
  purpose: string;
  reference: string;
}

/**
 * Takes back a payment that was recorded wrongly (innovation-contracts:write in its union) by an entry of the same money
 * below zero; both stay on record. Resolves with the id of the new entry; audited. Refusals: PAYMENT_UNKNOWN,
 * PAYMENT_TAKEN_BACK, PAYMENT_OF_REWARD, TEXT_MALFORMED, REFERENCE_TAKEN.
 */
export async function takeBackPayment(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: TakenBack,
): Promise<Outcome> {
  return act(deps, caller, { operation: 'takeBackInnovationPayment', key, input }, async (tx, now) => {
    const { paymentId, ...given } = input;
    const payment = await tx.findOneBy(InnovationPayment, { id: paymentId });
    const contract = payment && (await lockContractInScope(tx, caller, payment.contractId));
    if (!payment || !contract?.ok) return refuse(paymentUnknown);
    const trouble = await troubleWith(tx, payment, given);
    if (trouble) return refuse(trouble);
    const entry = { ...given, paidOn: beijingDay(now), fen: -payment.fen, rewardId: null, correctsId: payment.id };
    const taken = await payFromFund(tx, contract.value, [{ ...entry, recordedAt: now, recordedBy: caller.actor }]);
    if (!taken.ok) return taken;
    const id = taken.value[0]!;
    const target = { targetKind: 'innovation_payment', targetId: id, unionId: contract.value.unionId };
    const after = { ...input, fen: -payment.fen };
    await recordAudit(tx, { actor: caller.actor, action: 'takeBackInnovationPayment', ...target, after }, now);
    return accept(id);
  });
}

async function troubleWith(
  tx: Tx,
  { id, contractId, rewardId, correctsId }: InnovationPayment,
  { purpose, reference }: Omit<TakenBack, 'paymentId'>,
): Promise<Refusal | undefined> {
  if (rewardId !== null) return paymentOfReward;
  if (correctsId !== null || (await tx.existsBy(InnovationPayment, { correctsId: id }))) return paymentTakenBack;
  if (!isLine(purpose, LONGEST_PURPOSE)) return textMalformed('purpose', LONGEST_PURPOSE);
  if (!isLine(reference, LONGEST_REFERENCE)) return textMalformed('reference', LONGEST_REFERENCE);
  return troubleWithReference(tx, { contractId, reference });
}
