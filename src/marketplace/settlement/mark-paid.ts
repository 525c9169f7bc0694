import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import { drawOn } from './prepaid/balance.ts';
import { statementNotConfirmed, statementPaid } from './refusals.ts';
import { lockStatement, type StatementInScope } from './scope.ts';
import { requireSecondPerson } from './second-person.ts';
import { referenceOf } from './words-given.ts';

/**
 * Enters that a confirmed statement is paid (settlements:pay), by another person than the one who sent it. A prepaid
 * statement draws on what was paid in. Resolves with its id; audited. Refusals: STATEMENT_UNKNOWN,
 * STATEMENT_NOT_CONFIRMED, STATEMENT_PAID, PERSON_NEEDED, SECOND_PERSON_NEEDED, REFERENCE_MALFORMED, PREPAID_TOO_LOW.
 */
export async function markPaid(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { statementId: string; reference: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'markPaid', key, input }, async (tx, now) => {
    const found = await lockPayable(tx, caller, input.statementId);
    if (!found.ok) return found;
    const reference = referenceOf(input.reference);
    if (!reference.ok) return reference;
    const { statement, programme } = found.value;
    if (statement.settlement === 'prepaid') {
      const drawn = await drawOn(tx, statement, statement.fen);
      if (!drawn.ok) return drawn;
    }
    await tx.query(
      "UPDATE settlement_statement SET state = 'paid', paid_by = ?, paid_at = ?, payment_reference = ? WHERE id = ?",
      [caller.actor, now, reference.value, statement.id],
    );
    const target = { targetKind: 'statement', targetId: statement.id, unionId: programme.unionId };
    const after = { state: 'paid', reference: reference.value, fen: statement.fen };
    const change = { before: { state: statement.state }, after };
    await recordAudit(tx, { actor: caller.actor, action: 'markPaid', ...target, ...change }, now);
    return accept(statement.id);
  });
}

async function lockPayable(tx: Tx, caller: AdminCaller, id: string): Promise<Result<StatementInScope>> {
  const found = await lockStatement(tx, caller, 'settlements:pay', id);
  if (!found.ok) return found;
  const { state, sentBy } = found.value.statement;
  if (state === 'paid') return refuse(statementPaid);
  if (state !== 'confirmed') return refuse(statementNotConfirmed);
  const second = await requireSecondPerson(tx, caller, sentBy!);
  return second.ok ? found : second;
}
