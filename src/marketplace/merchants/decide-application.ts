import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import { isSamePerson } from '../../identity/same-person.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import { policyOf } from '../../rules/corrections/policy.ts';
import { textLength } from '../refusals.ts';
import { isText } from '../text.ts';
import type { MerchantApplication } from './application.entity.ts';
import { changeState } from './change-state.ts';
import { applicationDecided, secondReviewerNeeded } from './refusals.ts';
import { applicationInScope } from './scope.ts';

/**
 * Approves the application of a merchant, which can then be signed; resolves with the merchant’s id; audited. The admin
 * holds merchants:write in the union of the programme applied for. Refusals: APPLICATION_UNKNOWN, APPLICATION_DECIDED,
 * SECOND_PERSON_NEEDED (where the programme wants it, for the person who entered the application).
 */
export async function approveApplication(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  { merchantId }: { merchantId: string },
): Promise<Outcome> {
  const doing = { operation: 'approveMerchantApplication', key, input: { merchantId } };
  return act(deps, caller, doing, async (tx, now) => {
    const found = await lockWaiting(tx, caller, merchantId);
    if (!found.ok) return found;
    return decide(tx, caller, found.value, { action: doing.operation, state: 'approved', reason: null, now });
  });
}

/**
 * Declines the application of a merchant, with the reason that the firm reads; its name and licence are free again.
 * Resolves with the merchant’s id; audited. Refusals: those of approveApplication, TEXT_LENGTH (reason).
 */
export async function declineApplication(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  { merchantId, reason }: { merchantId: string; reason: string },
): Promise<Outcome> {
  const doing = { operation: 'declineMerchantApplication', key, input: { merchantId, reason } };
  return act(deps, caller, doing, async (tx, now) => {
    const found = await lockWaiting(tx, caller, merchantId);
    if (!found.ok) return found;
    if (!isText(reason, 500)) return refuse(textLength('reason', 500));
    return decide(tx, caller, found.value, { action: doing.operation, state: 'declined', reason, now });
  });
}

interface Waiting {
  application: MerchantApplication;
  unionId: string;
}

async function lockWaiting(tx: Tx, caller: AdminCaller, merchantId: string): Promise<Result<Waiting>> {
  await tx.query('SELECT id FROM merchant WHERE id = ? FOR UPDATE', [merchantId]);
  const found = await applicationInScope(tx, caller, 'merchants:write', merchantId);
  if (!found.ok) return found;
  const { application } = found.value;
  if (application.state !== 'waiting') return refuse(applicationDecided);
  const { reviewMerchants } = await policyOf(tx, application.programmeId);
  if (reviewMerchants && (await isSamePerson(tx, caller, application.enteredBy))) return refuse(secondReviewerNeeded);
  return found;
}

async function decide(
  tx: Tx,
  caller: AdminCaller,
  { application: { merchantId }, unionId }: Waiting,
  decision: { action: string; state: 'approved' | 'declined'; reason: string | null; now: Date },
): Promise<Outcome> {
  const { action, state, reason, now } = decision;
  await tx.query(
    'UPDATE merchant_application SET state = ?, reason = ?, decided_by = ?, decided_at = ? WHERE merchant_id = ?',
    [state, reason, caller.actor, now, merchantId],
  );
  await changeState(tx, merchantId, state);
  const target = { targetKind: 'merchant', targetId: merchantId, unionId };
  const change = { before: { state: 'applied' }, after: reason === null ? { state } : { state, reason } };
  await recordAudit(tx, { actor: caller.actor, action, ...target, ...change }, now);
  return accept(merchantId);
}
