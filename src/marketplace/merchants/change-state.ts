import { lookUpAnew } from '../../identity/live-callers.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { MerchantState } from '../merchant.entity.ts';
import { MerchantStaff } from '../merchant-staff.entity.ts';

/** Writes the state of a merchant whose row the caller has locked; what its staff may do is looked up anew at once. */
export async function changeState(tx: Tx, merchantId: string, state: MerchantState): Promise<void> {
  await tx.query('UPDATE merchant SET state = ? WHERE id = ?', [state, merchantId]);
  const staff = await tx.findBy(MerchantStaff, { merchantId });
  for (const { operatorId } of staff) lookUpAnew(tx.dataSource, operatorId);
}
