import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { statementNotDraft } from './refusals.ts';
import { lockStatement } from './scope.ts';

/**
 * Sends a draft to its merchant (settlements:write), who sees it from then on and is to confirm it. Resolves with its
 * id; audited. Refusals: STATEMENT_UNKNOWN, STATEMENT_NOT_DRAFT.
 */
export async function sendStatement(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { statementId: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'sendStatement', key, input }, async (tx, now) => {
    const found = await lockStatement(tx, caller, 'settlements:write', input.statementId);
    if (!found.ok) return found;
    const { statement, programme } = found.value;
    if (statement.state !== 'draft') return refuse(statementNotDraft);
    await tx.query("UPDATE settlement_statement SET state = 'sent', sent_by = ?, sent_at = ? WHERE id = ?", [
      caller.actor,
      now,
      statement.id,
    ]);
    const target = { targetKind: 'statement', targetId: statement.id, unionId: programme.unionId };
    const change = { before: { state: 'draft' }, after: { state: 'sent' } };
    await recordAudit(tx, { actor: caller.actor, action: 'sendStatement', ...target, ...change }, now);
    return accept(statement.id);
  });
}
