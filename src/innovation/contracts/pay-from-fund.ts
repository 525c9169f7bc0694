import type { Tx } from '../../platform/db/transaction.ts';
import { newId } from '../../platform/ids.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import type { InnovationContract } from './innovation-contract.entity.ts';
import { InnovationPayment } from './innovation-payment.entity.ts';
import { fundTooLow } from './refusals.ts';

/** A payment that is about to be written; its number follows from the contract. */
export type NewPayment = Omit<InnovationPayment, 'id' | 'contractId' | 'number'>;

/**
 * Writes payments of a contract that the transaction has locked, all of them or none, and resolves with their ids.
 * Refusal: FUND_TOO_LOW, where they would go beyond the fund. That the reference is free, the caller has looked.
 */
export async function payFromFund(
  tx: Tx,
  { id: contractId, fundFen, paidFen, paymentCount }: InnovationContract,
  payments: readonly NewPayment[],
): Promise<Result<string[]>> {
  const fen = payments.reduce((sum, payment) => sum + payment.fen, 0);
  const { affectedRows } = await tx.query(
    `UPDATE innovation_contract SET paid_fen = paid_fen + ?, payment_count = payment_count + ?
     WHERE id = ? AND paid_fen + ? BETWEEN 0 AND fund_fen`,
    [fen, payments.length, contractId, fen],
  );
  if (affectedRows !== 1) return refuse(fundTooLow(fundFen - paidFen, fen));
  const rows = payments.map((payment, i) => ({ id: newId(), contractId, number: paymentCount + i + 1, ...payment }));
  await tx.insert(InnovationPayment, rows);
  return accept(rows.map(({ id }) => id));
}
