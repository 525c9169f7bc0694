import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { StaffCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { newId } from '../../platform/ids.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import { Programme } from '../../unions/programme.entity.ts';
import { SettlementDispute } from './dispute.entity.ts';
import { findLine } from './lines.ts';
import { lineDisputed, lineUnknown, statementConfirmed } from './refusals.ts';
import { lockOwnStatement } from './scope.ts';
import type { SettlementStatement } from './statement.entity.ts';
import { reasonOf } from './words-given.ts';

export interface DisputeAsked {
  statementId: string;
  lineId: string;
  /** Why, as the union reads it. */
  reason: string;
}

/**
 * Disputes one line of a statement for the merchant. The statement waits for the union's answer to each of its disputes
 * and cannot be confirmed before; a line is disputed once. Resolves with the dispute's id; audited. Refusals:
 * STATEMENT_UNKNOWN, STATEMENT_CONFIRMED, LINE_UNKNOWN, LINE_DISPUTED, REASON_MALFORMED.
 */
export async function disputeLine(deps: Deps, caller: StaffCaller, key: string, input: DisputeAsked): Promise<Outcome> {
  return act(deps, caller, { operation: 'disputeLine', key, input }, async (tx, now) => {
    const found = await lockOwnStatement(tx, caller, input.statementId);
    if (!found.ok) return found;
    const statement = found.value;
    const reason = await check(tx, statement, input);
    if (!reason.ok) return reason;
    const id = newId();
    const { programmeId, merchantId } = statement;
    await tx.query(
      `INSERT INTO settlement_dispute
         (id, statement_id, line_id, programme_id, merchant_id, state, reason, raised_by, raised_at) VALUES (?)`,
      [[id, statement.id, input.lineId, programmeId, merchantId, 'open', reason.value, caller.actor, now]],
    );
    await tx.query("UPDATE settlement_statement SET state = 'disputed' WHERE id = ?", [statement.id]);
    const { unionId } = await tx.findOneByOrFail(Programme, { id: programmeId });
    const after = { statementId: statement.id, lineId: input.lineId, reason: reason.value };
    const target = { targetKind: 'dispute', targetId: id, unionId };
    await recordAudit(tx, { actor: caller.actor, action: 'disputeLine', ...target, after }, now);
    return accept(id);
  });
}

async function check(
  tx: Tx,
  statement: SettlementStatement,
  { lineId, reason }: DisputeAsked,
): Promise<Result<string>> {
  if (statement.state !== 'sent' && statement.state !== 'disputed') return refuse(statementConfirmed);
  if (!(await findLine(tx, statement, lineId))) return refuse(lineUnknown);
  if (await tx.existsBy(SettlementDispute, { lineId })) return refuse(lineDisputed);
  return reasonOf(reason);
}
