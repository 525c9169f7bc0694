import { type Answer, type Client, REFUSAL } from './client.ts';
import { programmeOf, type Stage } from './stage.ts';

/** A settlement statement, as the union or the merchant sees it. */
export interface Statement {
  id: string;
  month: string;
  state: string;
  points: number;
  fen: number;
  lineCount: number;
  paymentReference: string | null;
}

const STATEMENT = 'id month state points fen lineCount paymentReference';
const RESULT = `{ ${REFUSAL} ... on SettlementStatement { ${STATEMENT} } }`;

/** The statements of the programme with the names of their merchants, as the admin sees them. */
export async function statementsOf(stage: Stage): Promise<(Statement & { merchant: { name: string } })[]> {
  const { settlementStatements } = await stage.admin.ask<{
    settlementStatements: { nodes: (Statement & { merchant: { name: string } })[] };
  }>(
    `query ($programmeId: Id!) {
      settlementStatements(programmeId: $programmeId, first: 100) { nodes { ${STATEMENT} merchant { name } } }
    }`,
    { programmeId: programmeOf(stage) },
  );
  return settlementStatements.nodes;
}

/** What a statement is made up of, as the merchant reads it. */
export interface StatementSeen {
  state: string;
  points: number;
  fen: number;
  files: { format: string; sha256: string; url: string }[];
  lines: { kind: string; day: string; what: string; points: number; rateFen: number; fen: number }[];
}

/** A statement with its files and its lines at the merchant door. */
export async function readStatement(merchant: Client, statementId: string): Promise<StatementSeen | undefined> {
  const { settlementStatement, settlementLines } = await merchant.ask<{
    settlementStatement: Omit<StatementSeen, 'lines'> | null;
    settlementLines: { nodes: StatementSeen['lines'] };
  }>(
    `query ($statementId: Id!) {
      settlementStatement(statementId: $statementId) { state points fen files { format sha256 url } }
      settlementLines(statementId: $statementId, first: 100) { nodes { kind day what points rateFen fen } }
    }`,
    { statementId },
  );
  return settlementStatement ? { ...settlementStatement, lines: settlementLines.nodes } : undefined;
}

// A statement is settled once, so the keys are those of its first settlement, whatever run it was.

/** The admin sends a statement to its merchant. */
export function sendStatement(stage: Stage, statementId: string): Promise<Answer<Statement>> {
  return stage.admin.act(
    `mutation ($key: String!, $statementId: Id!) {
      sendSettlementStatement(key: $key, statementId: $statementId) ${RESULT}
    }`,
    { key: 'demo:settle:send', statementId },
  );
}

/** The merchant's owner confirms a statement, under this key. */
export function confirmStatement(owner: Client, key: string, statementId: string): Promise<Answer<Statement>> {
  return owner.act(
    `mutation ($key: String!, $statementId: Id!) {
      confirmSettlementStatement(key: $key, statementId: $statementId) ${RESULT}
    }`,
    { key, statementId },
  );
}

/** An admin enters that a statement is paid. */
export function payStatement(by: Client, statementId: string, reference: string): Promise<Answer<Statement>> {
  return by.act(
    `mutation ($key: String!, $statementId: Id!, $reference: String!) {
      markSettlementStatementPaid(key: $key, statementId: $statementId, reference: $reference) ${RESULT}
    }`,
    { key: 'demo:settle:pay', statementId, reference },
  );
}
