import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import { type BeijingDay, beijingDay } from '../../platform/clock.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, type Refusal, refuse } from '../../platform/result.ts';
import { isLine } from '../../unions/line.ts';
import type { InnovationContract } from './innovation-contract.entity.ts';
import { InnovationPayment } from './innovation-payment.entity.ts';
import { LARGEST_FUND, LONGEST_PURPOSE, LONGEST_REFERENCE } from './limits.ts';
import { payFromFund } from './pay-from-fund.ts';
import { paymentDay, paymentOutOfRange, referenceTaken, textMalformed } from './refusals.ts';
import { lockContractInScope } from './scope.ts';

/** What was paid from the fund of a contract. */
export interface PaymentGiven {
  contractId: string;
  paidOn: BeijingDay;
  fen: number;
  purpose: string;
  /** Of the bank or the voucher, unique in the contract. */
  reference: string;
}

/**
 * Records what was paid from the fund of a contract (innovation-contracts:write in its union); resolves with the
 * payment's id; audited. Refusals: INNOVATION_CONTRACT_UNKNOWN, PAYMENT_DAY, PAYMENT_OUT_OF_RANGE, TEXT_MALFORMED,
 * REFERENCE_TAKEN, FUND_TOO_LOW.
 */
export async function recordInnovationPayment(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: PaymentGiven,
): Promise<Outcome> {
  return act(deps, caller, { operation: 'recordInnovationPayment', key, input }, async (tx, now) => {
    const { contractId, ...given } = input;
    const found = await lockContractInScope(tx, caller, contractId);
    if (!found.ok) return found;
    const trouble = wrongPayment(found.value, given, now) ?? (await troubleWithReference(tx, input));
    if (trouble) return refuse(trouble);
    const recorded = { rewardId: null, correctsId: null, recordedAt: now, recordedBy: caller.actor };
    const paid = await payFromFund(tx, found.value, [{ ...given, ...recorded }]);
    if (!paid.ok) return paid;
    const id = paid.value[0]!;
    const target = { targetKind: 'innovation_payment', targetId: id, unionId: found.value.unionId };
    await recordAudit(tx, { actor: caller.actor, action: 'recordInnovationPayment', ...target, after: input }, now);
    return accept(id);
  });
}

function wrongPayment(
  { signedOn }: InnovationContract,
  { paidOn, fen, purpose, reference }: Omit<PaymentGiven, 'contractId'>,
  now: Date,
): Refusal | undefined {
  if (paidOn < signedOn || paidOn > beijingDay(now)) return paymentDay;
  if (!Number.isSafeInteger(fen) || fen < 1 || fen > LARGEST_FUND) return paymentOutOfRange;
  if (!isLine(purpose, LONGEST_PURPOSE)) return textMalformed('purpose', LONGEST_PURPOSE);
  return isLine(reference, LONGEST_REFERENCE) ? undefined : textMalformed('reference', LONGEST_REFERENCE);
}

/** Whether a payment of the contract, which is locked, has the reference already. */
export async function troubleWithReference(
  tx: Tx,
  { contractId, reference }: Pick<PaymentGiven, 'contractId' | 'reference'>,
): Promise<Refusal | undefined> {
  return (await tx.existsBy(InnovationPayment, { contractId, reference })) ? referenceTaken : undefined;
}
