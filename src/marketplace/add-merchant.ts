import { act } from '../identity/act.ts';
import { recordAudit } from '../identity/audit.ts';
import type { AdminCaller } from '../identity/caller.ts';
import { beijingDay } from '../platform/clock.ts';
import type { Outcome } from '../platform/db/idempotency.ts';
import type { Deps } from '../platform/deps.ts';
import { newId } from '../platform/ids.ts';
import { accept, refuse } from '../platform/result.ts';
import { policyOf } from '../rules/corrections/policy.ts';
import { programmeInScope } from '../unions/scope.ts';
import { type ContractTerms, openTerms } from './contracts/contract-terms.ts';
import { writeContract } from './contracts/write-contract.ts';
import { Merchant, type MerchantCategory } from './merchant.entity.ts';
import { type Licence, readLicence, takenByOther } from './merchants/licence.ts';
import { applicationNeeded } from './merchants/refusals.ts';
import { ProgrammeMerchant } from './programme-merchant.entity.ts';
import { textLength } from './refusals.ts';
import { isText } from './text.ts';

export interface NewMerchant {
  /** The first programme that it serves. */
  programmeId: string;
  name: string;
  category: MerchantCategory;
  /** Left out where it is not at hand: changeLicence records it later. */
  licence?: Licence | undefined;
  /** Left out for a contract from today on without end, at the programme’s price, postpaid. */
  contract?: ContractTerms | undefined;
}

/**
 * Takes a firm under contract, active, for a programme in whose union the admin holds merchants:write: application,
 * review and contract in one act, where the programme wants no second reviewer. Resolves with the merchant's id;
 * audited. Refusals: PROGRAMME_UNKNOWN, SECOND_PERSON_NEEDED, TEXT_LENGTH (name, legalName), CREDIT_CODE_WRONG,
 * MERCHANT_NAME_TAKEN, CREDIT_CODE_TAKEN, those of writeContract.
 */
export async function addMerchant(deps: Deps, caller: AdminCaller, key: string, input: NewMerchant): Promise<Outcome> {
  return act(deps, caller, { operation: 'addMerchant', key, input }, async (tx, now) => {
    const { programmeId, name, category } = input;
    const programme = await programmeInScope(tx, caller, 'merchants:write', programmeId);
    if (!programme.ok) return refuse({ ...programme.refusal, at: 'programmeId' });
    const { reviewMerchants } = await policyOf(tx, programmeId);
    if (reviewMerchants) return refuse(applicationNeeded);
    if (!isText(name, 120)) return refuse(textLength('name', 120));
    const licence = input.licence && readLicence(input.licence);
    if (licence && !licence.ok) return licence;
    const { legalName, creditCode } = licence?.value ?? { legalName: null, creditCode: null };
    const id = newId();
    const taken = await takenByOther(tx, { id, name, creditCode });
    if (taken) return refuse(taken);
    await tx.insert(Merchant, { id, name, category, state: 'active', legalName, creditCode, createdAt: now });
    await tx.insert(ProgrammeMerchant, { programmeId, merchantId: id });
    const terms = input.contract ?? openTerms(beijingDay(now));
    const signed = await writeContract(tx, { programmeId, merchantId: id }, terms, { by: caller.actor, at: now });
    if (!signed.ok) return signed;
    const target = { targetKind: 'merchant', targetId: id, unionId: programme.value.unionId };
    await recordAudit(tx, { actor: caller.actor, action: 'addMerchant', ...target, after: input }, now);
    return accept(id);
  });
}
