import { act } from '../identity/act.ts';
import { recordAudit } from '../identity/audit.ts';
import type { AdminCaller } from '../identity/caller.ts';
import type { Outcome } from '../platform/db/idempotency.ts';
import type { Deps } from '../platform/deps.ts';
import { newId } from '../platform/ids.ts';
import { accept, refuse } from '../platform/result.ts';
import { programmeInScope } from '../unions/scope.ts';
import { Merchant, type MerchantCategory } from './merchant.entity.ts';
import { ProgrammeMerchant } from './programme-merchant.entity.ts';
import { merchantNameTaken, textLength } from './refusals.ts';
import { isText } from './text.ts';

export interface NewMerchant {
  /** The first programme that it serves. */
  programmeId: string;
  name: string;
  category: MerchantCategory;
}

/**
 * Takes a firm under contract, active, for a programme in whose union the admin holds merchants:write; resolves with
 * the merchant's id; audited. Refusals: PROGRAMME_UNKNOWN, TEXT_LENGTH, MERCHANT_NAME_TAKEN.
 */
export async function addMerchant(deps: Deps, caller: AdminCaller, key: string, input: NewMerchant): Promise<Outcome> {
  return act(deps, caller, { operation: 'addMerchant', key, input }, async (tx, now) => {
    const { programmeId, name, category } = input;
    const programme = await programmeInScope(tx, caller, 'merchants:write', programmeId);
    if (!programme.ok) return refuse({ ...programme.refusal, at: 'programmeId' });
    if (!isText(name, 120)) return refuse(textLength('name', 120));
    if (await tx.existsBy(Merchant, { name })) return refuse(merchantNameTaken);
    const id = newId();
    await tx.insert(Merchant, { id, name, category, state: 'active', createdAt: now });
    await tx.insert(ProgrammeMerchant, { programmeId, merchantId: id });
    const target = { targetKind: 'merchant', targetId: id, unionId: programme.value.unionId };
    await recordAudit(tx, { actor: caller.actor, action: 'addMerchant', ...target, after: input }, now);
    return accept(id);
  });
}
