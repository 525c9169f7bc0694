import { type EntityManager, In } from 'typeorm';
import { readPage } from '../../platform/db/read-page.ts';
import type { Page, PageRequest } from '../../platform/graphql/connection.ts';
import { type DisputeState, SettlementDispute } from './dispute.entity.ts';
import { StatementFile } from './files/statement-file.entity.ts';
import { SettlementStatement, type StatementState } from './statement.entity.ts';

/** A page of the statements of a programme, the newest first; the cursor is the id. */
export async function statementsOfProgramme(
  db: EntityManager,
  { programmeId, state }: { programmeId: string; state: StatementState | undefined },
  page: PageRequest,
): Promise<Page<SettlementStatement>> {
  const query = db
    .createQueryBuilder(SettlementStatement, 's')
    .useIndex(state === undefined ? 'settlement_statement_newest' : 'settlement_statement_by_state')
    .where('s.programmeId = :programmeId', { programmeId });
  if (state !== undefined) query.andWhere('s.state = :state', { state });
  return readPage(query, 's.id', page, 'DESC');
}

/** A page of the statements that a merchant was sent, in all its programmes, the newest first; the cursor is the id. */
export async function statementsOfMerchant(
  db: EntityManager,
  merchantId: string,
  page: PageRequest,
): Promise<Page<SettlementStatement>> {
  const query = db
    .createQueryBuilder(SettlementStatement, 's')
    .useIndex('settlement_statement_of_merchant')
    .where("s.merchantId = :merchantId AND s.state <> 'draft'", { merchantId });
  return readPage(query, 's.id', page, 'DESC');
}

/** A page of a statement's disputes, the oldest first; the cursor is the id. */
export async function disputesOf(
  db: EntityManager,
  { statementId, state }: { statementId: string; state: DisputeState | undefined },
  page: PageRequest,
): Promise<Page<SettlementDispute>> {
  const query = db.createQueryBuilder(SettlementDispute, 'd').where('d.statementId = :statementId', { statementId });
  if (state !== undefined) query.andWhere('d.state = :state', { state });
  return readPage(query, 'd.id', page);
}

/** The disputes of lines, by the line's id; a line without one is absent. */
export async function disputesOfLines(
  db: EntityManager,
  lineIds: readonly string[],
): Promise<Map<string, SettlementDispute>> {
  const found = await db.find(SettlementDispute, { where: { lineId: In([...lineIds]) } });
  return new Map(found.map((dispute) => [dispute.lineId, dispute]));
}

/** The files of statements, by the statement's id; one of which none is made yet is absent. */
export async function filesOf(
  db: EntityManager,
  statementIds: readonly string[],
): Promise<Map<string, StatementFile[]>> {
  const found = new Map<string, StatementFile[]>();
  const files = await db.find(StatementFile, {
    where: { statementId: In([...statementIds]) },
    order: { format: 'ASC' },
  });
  for (const file of files) found.set(file.statementId, [...(found.get(file.statementId) ?? []), file]);
  return found;
}
