import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { newId } from '../../platform/ids.ts';
import { accept, refuse } from '../../platform/result.ts';
import { programmeInScope } from '../../unions/scope.ts';
import { Merchant, type MerchantCategory } from '../merchant.entity.ts';
import { ProgrammeMerchant } from '../programme-merchant.entity.ts';
import { textLength } from '../refusals.ts';
import { isText } from '../text.ts';
import { MerchantApplication } from './application.entity.ts';
import { type Licence, readLicence, takenByOther } from './licence.ts';

export interface NewApplication extends Licence {
  programmeId: string;
  name: string;
  category: MerchantCategory;
  /** What the reviewer should know, 1 to 500 characters; null for nothing. */
  note: string | null;
}

/**
 * Enters the application of a firm for a programme in whose union the admin holds merchants:write; it waits for review.
 * Resolves with the merchant’s id; audited. Refusals: PROGRAMME_UNKNOWN, TEXT_LENGTH (name, legalName, note),
 * CREDIT_CODE_WRONG, MERCHANT_NAME_TAKEN, CREDIT_CODE_TAKEN.
 */
export async function enterApplication(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: NewApplication,
): Promise<Outcome> {
  return act(deps, caller, { operation: 'enterMerchantApplication', key, input }, async (tx, now) => {
    const { programmeId, name, category, note } = input;
    const programme = await programmeInScope(tx, caller, 'merchants:write', programmeId);
    if (!programme.ok) return refuse({ ...programme.refusal, at: 'programmeId' });
    if (!isText(name, 120)) return refuse(textLength('name', 120));
    if (note !== null && !isText(note, 500)) return refuse(textLength('note', 500));
    const licence = readLicence(input);
    if (!licence.ok) return licence;
    const id = newId();
    const taken = await takenByOther(tx, { id, name, creditCode: licence.value.creditCode });
    if (taken) return refuse(taken);
    await tx.insert(Merchant, { id, name, category, state: 'applied', ...licence.value, createdAt: now });
    await tx.insert(ProgrammeMerchant, { programmeId, merchantId: id });
    await tx.insert(MerchantApplication, {
      merchantId: id,
      programmeId,
      state: 'waiting',
      note,
      enteredBy: caller.actor,
      enteredAt: now,
      decidedBy: null,
      decidedAt: null,
      reason: null,
    });
    const target = { targetKind: 'merchant', targetId: id, unionId: programme.value.unionId };
    await recordAudit(tx, { actor: caller.actor, action: 'enterMerchantApplication', ...target, after: input }, now);
    return accept(id);
  });
}
