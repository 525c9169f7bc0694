import { act } from '../identity/act.ts';
import { recordAudit } from '../identity/audit.ts';
import type { AdminCaller } from '../identity/caller.ts';
import type { Outcome } from '../platform/db/idempotency.ts';
import type { Deps } from '../platform/deps.ts';
import { accept, refuse } from '../platform/result.ts';
import { programmeInScope } from '../unions/scope.ts';
import { ProgrammeMerchant } from './programme-merchant.entity.ts';
import { merchantNotActive } from './refusals.ts';
import { merchantInScope, serves } from './scope.ts';

/**
 * Has a merchant serve one more programme; resolves with the merchant's id; audited. The admin must hold
 * merchants:write in that programme's union and in the union of one that the merchant serves already: a merchant is
 * shared by the union above both. Refusals: PROGRAMME_UNKNOWN, MERCHANT_UNKNOWN, MERCHANT_NOT_ACTIVE.
 */
export async function joinProgramme(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { merchantId: string; programmeId: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'joinProgramme', key, input }, async (tx, now) => {
    const { merchantId, programmeId } = input;
    const programme = await programmeInScope(tx, caller, 'merchants:write', programmeId);
    if (!programme.ok) return refuse({ ...programme.refusal, at: 'programmeId' });
    const found = await merchantInScope(tx, caller, 'merchants:write', merchantId);
    if (!found.ok) return found;
    if (found.value.merchant.state !== 'active') return refuse(merchantNotActive);
    if (await serves(tx, merchantId, programmeId)) return accept(merchantId);
    await tx.insert(ProgrammeMerchant, { programmeId, merchantId });
    const target = { targetKind: 'merchant', targetId: merchantId, unionId: programme.value.unionId };
    await recordAudit(tx, { actor: caller.actor, action: 'joinProgramme', ...target, after: { programmeId } }, now);
    return accept(merchantId);
  });
}
