import type { EntityManager } from 'typeorm';
import { type AdminCaller, mayIn } from '../../identity/caller.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import { unionPath } from '../../unions/queries.ts';
import { InnovationContract } from './innovation-contract.entity.ts';
import { InnovationPayment } from './innovation-payment.entity.ts';
import { innovationContractUnknown, paymentUnknown } from './refusals.ts';

/** The contract, when the admin holds the permission in its union. Refusal: INNOVATION_CONTRACT_UNKNOWN. */
export async function innovationContractInScope(
  db: EntityManager,
  caller: AdminCaller,
  permission: string,
  id: string,
): Promise<Result<InnovationContract>> {
  const contract = await db.findOneBy(InnovationContract, { id });
  const path = contract ? await unionPath(db, contract.unionId) : undefined;
  return contract && path !== undefined && mayIn(caller, permission, path)
    ? accept(contract)
    : refuse(innovationContractUnknown);
}

/** `innovationContractInScope` with innovation-contracts:write and the contract locked, so that its fund holds still. */
export async function lockContractInScope(
  tx: Tx,
  caller: AdminCaller,
  id: string,
): Promise<Result<InnovationContract>> {
  await lockContracts(tx, [id]);
  return innovationContractInScope(tx, caller, 'innovation-contracts:write', id);
}

/** Locks contracts, in the order of their ids. */
export async function lockContracts(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.query('SELECT id FROM innovation_contract WHERE id IN (?) ORDER BY id FOR UPDATE', [['', ...ids]]);
}

/** The payment, when the admin holds the permission in the union of its contract. Refusal: PAYMENT_UNKNOWN. */
export async function paymentInScope(
  db: EntityManager,
  caller: AdminCaller,
  permission: string,
  id: string,
): Promise<Result<InnovationPayment>> {
  const payment = await db.findOneBy(InnovationPayment, { id });
  const contract = payment && (await innovationContractInScope(db, caller, permission, payment.contractId));
  return payment && contract?.ok ? accept(payment) : refuse(paymentUnknown);
}
