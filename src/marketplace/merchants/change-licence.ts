import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { isOver } from '../merchant.entity.ts';
import { merchantEnded } from '../refusals.ts';
import { wholeMerchantInScope } from '../scope.ts';
import { type Licence, readLicence, takenByOther } from './licence.ts';

/**
 * Records what stands on the licence of a merchant now; resolves with the merchant’s id; audited. The admin must hold
 * merchants:write in the unions of all programmes that it serves. Refusals: MERCHANT_UNKNOWN, MERCHANT_SHARED,
 * MERCHANT_ENDED, TEXT_LENGTH (legalName), CREDIT_CODE_WRONG, CREDIT_CODE_TAKEN.
 */
export async function changeLicence(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { merchantId: string } & Licence,
): Promise<Outcome> {
  return act(deps, caller, { operation: 'changeMerchantLicence', key, input }, async (tx, now) => {
    const { merchantId } = input;
    await tx.query('SELECT id FROM merchant WHERE id = ? FOR UPDATE', [merchantId]);
    const found = await wholeMerchantInScope(tx, caller, 'merchants:write', merchantId);
    if (!found.ok) return found;
    const { merchant, unionId } = found.value;
    if (isOver(merchant)) return refuse(merchantEnded);
    const licence = readLicence(input);
    if (!licence.ok) return licence;
    const after = licence.value;
    const taken = await takenByOther(tx, { id: merchantId, name: merchant.name, creditCode: after.creditCode });
    if (taken) return refuse(taken);
    const before = { legalName: merchant.legalName, creditCode: merchant.creditCode };
    if (JSON.stringify(before) === JSON.stringify(after)) return accept(merchantId);
    await tx.query('UPDATE merchant SET legal_name = ?, credit_code = ? WHERE id = ?', [
      after.legalName,
      after.creditCode,
      merchantId,
    ]);
    const target = { targetKind: 'merchant', targetId: merchantId, unionId };
    await recordAudit(tx, { actor: caller.actor, action: 'changeMerchantLicence', ...target, before, after }, now);
    return accept(merchantId);
  });
}
