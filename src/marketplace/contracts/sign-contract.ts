import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { refuse } from '../../platform/result.ts';
import { programmeInScope } from '../../unions/scope.ts';
import { isOver } from '../merchant.entity.ts';
import { changeState } from '../merchants/change-state.ts';
import { merchantEnded } from '../refusals.ts';
import { merchantInScope, serves } from '../scope.ts';
import type { ContractTerms } from './contract-terms.ts';
import type { Served } from './contracts.ts';
import { merchantNotReviewed, merchantNotServing } from './refusals.ts';
import { writeContract } from './write-contract.ts';

/**
 * Signs a contract with a merchant for a programme that it serves, in whose union the admin holds merchants:write; the
 * first contract makes an approved merchant active. Resolves with the contract's id; audited. Refusals:
 * PROGRAMME_UNKNOWN, MERCHANT_UNKNOWN, MERCHANT_NOT_SERVING, MERCHANT_ENDED, MERCHANT_NOT_REVIEWED, those of
 * writeContract.
 */
export async function signContract(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: Served & { contract: ContractTerms },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'signContract', key, input }, async (tx, now) => {
    const { programmeId, merchantId, contract } = input;
    await tx.query('SELECT id FROM merchant WHERE id = ? FOR UPDATE', [merchantId]);
    const programme = await programmeInScope(tx, caller, 'merchants:write', programmeId);
    if (!programme.ok) return refuse({ ...programme.refusal, at: 'programmeId' });
    const found = await merchantInScope(tx, caller, 'merchants:write', merchantId);
    if (!found.ok) return found;
    const { state } = found.value.merchant;
    if (!(await serves(tx, merchantId, programmeId))) return refuse(merchantNotServing);
    if (isOver(found.value.merchant)) return refuse(merchantEnded);
    if (state === 'applied') return refuse(merchantNotReviewed);
    const signed = await writeContract(tx, { programmeId, merchantId }, contract, { by: caller.actor, at: now });
    if (!signed.ok) return signed;
    if (state === 'approved') await changeState(tx, merchantId, 'active');
    const target = { targetKind: 'contract', targetId: signed.value, unionId: programme.value.unionId };
    await recordAudit(tx, { actor: caller.actor, action: 'signContract', ...target, after: input }, now);
    return signed;
  });
}
