import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import { findLine } from './lines.ts';
import { correctionNothing, disputeAnswered, LARGEST_LINE_FEN, rightFenOutOfRange } from './refusals.ts';
import { type DisputeInScope, lockDispute } from './scope.ts';
import { reasonOf } from './words-given.ts';

export interface UpholdAsked {
  disputeId: string;
  /** What the line should have been worth. */
  rightFen: number;
  /** What was wrong, as the merchant reads it. */
  reason: string;
}

/**
 * Upholds a dispute (settlements:write): the next statement of the merchant gets a line of the difference that points to
 * the disputed one, which stays as it is. Resolves with the dispute's id; audited. Refusals: DISPUTE_UNKNOWN,
 * DISPUTE_ANSWERED, RIGHT_FEN_OUT_OF_RANGE, CORRECTION_CHANGES_NOTHING, REASON_MALFORMED.
 */
export async function upholdDispute(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: UpholdAsked,
): Promise<Outcome> {
  return act(deps, caller, { operation: 'upholdDispute', key, input }, async (tx, now) => {
    const found = await lockOpen(tx, caller, input.disputeId);
    if (!found.ok) return found;
    const correction = await correctionOf(tx, found.value, input.rightFen);
    if (!correction.ok) return correction;
    const reason = reasonOf(input.reason);
    if (!reason.ok) return reason;
    const answer: Answer = { state: 'upheld', answer: reason.value, correctionFen: correction.value };
    return write(tx, caller, found.value, answer, now);
  });
}

/**
 * Rejects a dispute (settlements:write) with a reason: the line stands. Resolves with the dispute's id; audited.
 * Refusals: DISPUTE_UNKNOWN, DISPUTE_ANSWERED, REASON_MALFORMED.
 */
export async function rejectDispute(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { disputeId: string; reason: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'rejectDispute', key, input }, async (tx, now) => {
    const found = await lockOpen(tx, caller, input.disputeId);
    if (!found.ok) return found;
    const reason = reasonOf(input.reason);
    if (!reason.ok) return reason;
    return write(tx, caller, found.value, { state: 'rejected', answer: reason.value, correctionFen: null }, now);
  });
}

async function lockOpen(tx: Tx, caller: AdminCaller, id: string): Promise<Result<DisputeInScope>> {
  const found = await lockDispute(tx, caller, id);
  return found.ok && found.value.dispute.state !== 'open' ? refuse(disputeAnswered) : found;
}

/** What the next statement has to add so that the line is worth what it should. */
async function correctionOf(tx: Tx, { statement, dispute }: DisputeInScope, rightFen: number): Promise<Result<number>> {
  const line = await findLine(tx, statement, dispute.lineId);
  if (!line) throw new Error(`the disputed line ${dispute.lineId} has gone`);
  // A correction may turn out to have been wrong either way; points do not change their side.
  const wrongSide = line.kind !== 'correction' && rightFen * line.points < 0;
  const isInRange = Number.isSafeInteger(rightFen) && Math.abs(rightFen) <= LARGEST_LINE_FEN;
  if (!isInRange || wrongSide) return refuse(rightFenOutOfRange);
  return rightFen === line.fen ? refuse(correctionNothing) : accept(rightFen - line.fen);
}

interface Answer {
  state: 'upheld' | 'rejected';
  answer: string;
  correctionFen: number | null;
}

/** Writes the answer; once no dispute of the statement is open, the merchant can confirm it. */
async function write(
  tx: Tx,
  caller: AdminCaller,
  { dispute, statement, programme }: DisputeInScope,
  { state, answer, correctionFen }: Answer,
  now: Date,
): Promise<Outcome> {
  await tx.query(
    `UPDATE settlement_dispute SET state = ?, answer = ?, correction_fen = ?, answered_by = ?, answered_at = ?
     WHERE id = ?`,
    [state, answer, correctionFen, caller.actor, now, dispute.id],
  );
  await tx.query(
    `UPDATE settlement_statement SET state = 'sent' WHERE id = ? AND state = 'disputed'
       AND NOT EXISTS (SELECT 1 FROM settlement_dispute WHERE statement_id = ? AND state = 'open')`,
    [statement.id, statement.id],
  );
  const target = { targetKind: 'dispute', targetId: dispute.id, unionId: programme.unionId };
  const change = { before: { state: 'open' }, after: { state, answer, correctionFen } };
  const action = state === 'upheld' ? 'upholdDispute' : 'rejectDispute';
  await recordAudit(tx, { actor: caller.actor, action, ...target, ...change }, now);
  return accept(dispute.id);
}
