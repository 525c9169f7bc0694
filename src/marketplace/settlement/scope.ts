import type { EntityManager } from 'typeorm';
import type { AdminCaller, StaffCaller } from '../../identity/caller.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import type { Programme } from '../../unions/programme.entity.ts';
import { programmeInScope } from '../../unions/scope.ts';
import { SettlementDispute } from './dispute.entity.ts';
import { disputeUnknown, statementUnknown } from './refusals.ts';
import { SettlementStatement } from './statement.entity.ts';

export interface StatementInScope {
  statement: SettlementStatement;
  programme: Programme;
}

/** A statement of a programme of the admin's branch. Refusal: STATEMENT_UNKNOWN. */
export async function statementInScope(
  db: EntityManager,
  caller: AdminCaller,
  permission: string,
  id: string,
): Promise<Result<StatementInScope>> {
  const statement = await db.findOneBy(SettlementStatement, { id });
  const programme = statement && (await programmeInScope(db, caller, permission, statement.programmeId));
  return statement && programme?.ok ? accept({ statement, programme: programme.value }) : refuse(statementUnknown);
}

/** `statementInScope` with the statement locked, so that its state is as it is read until the commit. */
export async function lockStatement(
  tx: Tx,
  caller: AdminCaller,
  permission: string,
  id: string,
): Promise<Result<StatementInScope>> {
  await tx.query('SELECT id FROM settlement_statement WHERE id = ? FOR UPDATE', [id]);
  return statementInScope(tx, caller, permission, id);
}

/** A statement of the caller's merchant; a draft is not shown to it yet. Refusal: STATEMENT_UNKNOWN. */
export async function ownStatement(
  db: EntityManager,
  { merchantId }: StaffCaller,
  id: string,
): Promise<Result<SettlementStatement>> {
  const statement = await db.findOneBy(SettlementStatement, { id, merchantId });
  return statement && statement.state !== 'draft' ? accept(statement) : refuse(statementUnknown);
}

/** `ownStatement` with the statement locked. */
export async function lockOwnStatement(tx: Tx, caller: StaffCaller, id: string): Promise<Result<SettlementStatement>> {
  await tx.query('SELECT id FROM settlement_statement WHERE id = ? FOR UPDATE', [id]);
  return ownStatement(tx, caller, id);
}

export interface DisputeInScope extends StatementInScope {
  dispute: SettlementDispute;
}

/** A dispute of a statement in the admin's branch, its statement locked. Refusal: DISPUTE_UNKNOWN. */
export async function lockDispute(tx: Tx, caller: AdminCaller, id: string): Promise<Result<DisputeInScope>> {
  const found = await tx.findOneBy(SettlementDispute, { id });
  const statement = found && (await lockStatement(tx, caller, 'settlements:write', found.statementId));
  if (!statement?.ok) return refuse(disputeUnknown);
  // Read again under the lock of its statement, which everybody takes who answers one.
  return accept({ ...statement.value, dispute: await tx.findOneByOrFail(SettlementDispute, { id }) });
}
