import { act } from '../identity/act.ts';
import { recordAudit } from '../identity/audit.ts';
import type { AdminCaller } from '../identity/caller.ts';
import { beijingDay } from '../platform/clock.ts';
import type { Outcome } from '../platform/db/idempotency.ts';
import type { Deps } from '../platform/deps.ts';
import { accept, refuse } from '../platform/result.ts';
import { programmeInScope } from '../unions/scope.ts';
import { type ContractTerms, openTerms } from './contracts/contract-terms.ts';
import { writeContract } from './contracts/write-contract.ts';
import { ProgrammeMerchant } from './programme-merchant.entity.ts';
import { merchantNotActive } from './refusals.ts';
import { merchantInScope, serves } from './scope.ts';

/**
 * Has a merchant serve one more programme, under a contract of its own there: from today on without end, at the
 * programme's price and postpaid, where none is given. Resolves with the merchant's id; audited. The admin must hold
 * merchants:write in that programme's union and in the union of one that the merchant serves already: a merchant is
 * shared by the union above both. Refusals: PROGRAMME_UNKNOWN, MERCHANT_UNKNOWN, MERCHANT_NOT_ACTIVE, those of
 * writeContract.
 */
export async function joinProgramme(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { merchantId: string; programmeId: string; contract?: ContractTerms | undefined },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'joinProgramme', key, input }, async (tx, now) => {
    const { merchantId, programmeId } = input;
    await tx.query('SELECT id FROM merchant WHERE id = ? FOR UPDATE', [merchantId]);
    const programme = await programmeInScope(tx, caller, 'merchants:write', programmeId);
    if (!programme.ok) return refuse({ ...programme.refusal, at: 'programmeId' });
    const found = await merchantInScope(tx, caller, 'merchants:write', merchantId);
    if (!found.ok) return found;
    if (found.value.merchant.state !== 'active') return refuse(merchantNotActive);
    if (await serves(tx, merchantId, programmeId)) return accept(merchantId);
    await tx.insert(ProgrammeMerchant, { programmeId, merchantId });
    const contract = input.contract ?? openTerms(beijingDay(now));
    const signed = await writeContract(tx, { programmeId, merchantId }, contract, { by: caller.actor, at: now });
    if (!signed.ok) return signed;
    const target = { targetKind: 'merchant', targetId: merchantId, unionId: programme.value.unionId };
    await recordAudit(
      tx,
      { actor: caller.actor, action: 'joinProgramme', ...target, after: { programmeId, contract } },
      now,
    );
    return accept(merchantId);
  });
}
