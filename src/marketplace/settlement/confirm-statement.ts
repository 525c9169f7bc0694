import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { StaffCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { Programme } from '../../unions/programme.entity.ts';
import { disputesOpen, statementConfirmed } from './refusals.ts';
import { lockOwnStatement } from './scope.ts';

/**
 * Confirms a statement for the merchant: what it says is right, and may be paid. Resolves with its id; audited.
 * Refusals: STATEMENT_UNKNOWN, STATEMENT_CONFIRMED, DISPUTES_OPEN.
 */
export async function confirmStatement(
  deps: Deps,
  caller: StaffCaller,
  key: string,
  input: { statementId: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'confirmStatement', key, input }, async (tx, now) => {
    const found = await lockOwnStatement(tx, caller, input.statementId);
    if (!found.ok) return found;
    const { id, state, programmeId } = found.value;
    if (state === 'disputed') return refuse(disputesOpen);
    if (state !== 'sent') return refuse(statementConfirmed);
    await tx.query(
      "UPDATE settlement_statement SET state = 'confirmed', confirmed_by = ?, confirmed_at = ? WHERE id = ?",
      [caller.actor, now, id],
    );
    const { unionId } = await tx.findOneByOrFail(Programme, { id: programmeId });
    const change = { before: { state }, after: { state: 'confirmed' } };
    const target = { targetKind: 'statement', targetId: id, unionId };
    await recordAudit(tx, { actor: caller.actor, action: 'confirmStatement', ...target, ...change }, now);
    return accept(id);
  });
}
