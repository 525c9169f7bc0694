/** Statements that the naive acts share. */
import type { Connection, ResultSetHeader, RowDataPacket } from 'mysql2/promise';
import { hashInput, keyReused } from '../../../src/platform/db/idempotency.ts';
import type { Refusal } from '../../../src/platform/result.ts';

export type Value = string | number | Date | Buffer | null;

export async function rows<T>(connection: Connection, sql: string, values: Value[]): Promise<T[]> {
  const [found] = await connection.execute<RowDataPacket[]>(sql, values);
  return found as T[];
}

/** Runs a statement that changes something and returns how many rows it changed. */
export async function change(connection: Connection, sql: string, values: Value[]): Promise<number> {
  const [{ affectedRows }] = await connection.execute<ResultSetHeader>(sql, values);
  return affectedRows;
}

export interface Keyed {
  actor: string;
  key: string;
  operation: string;
  input: unknown;
}

/** What the same key did before: "first" when nothing, undefined when it was accepted, else the code of its refusal. */
export async function outcomeBefore(connection: Connection, request: Keyed): Promise<'first' | string | undefined> {
  const [stored] = await rows<{ operation: string; input_hash: Buffer; outcome: string }>(
    connection,
    'SELECT operation, input_hash, outcome FROM idempotency WHERE actor = ? AND idempotency_key = ?',
    [request.actor, request.key],
  );
  if (!stored) return 'first';
  await connection.commit();
  const same = stored.operation === request.operation && stored.input_hash.equals(hashInput(request.input));
  return same ? JSON.parse(stored.outcome).refusal?.code : keyReused.code;
}

export async function storeAccepted(connection: Connection, request: Keyed, id: string, now: Date): Promise<void> {
  await store(connection, request, { ok: true, value: id }, now);
}

/** Undoes what the act has written, and stores and commits its refusal. Returns the refusal's code. */
export async function storeRefused(
  connection: Connection,
  request: Keyed,
  refusal: Refusal,
  now: Date,
): Promise<string> {
  await connection.rollback();
  await store(connection, request, { ok: false, refusal }, now);
  await connection.commit();
  return refusal.code;
}

async function store(connection: Connection, { actor, key, operation, input }: Keyed, outcome: object, now: Date) {
  await change(
    connection,
    `INSERT INTO idempotency (actor, idempotency_key, operation, input_hash, outcome, created_at) VALUES (?, ?, ?, ?, ?, ?)`,
    [actor, key, operation, hashInput(input), JSON.stringify(outcome), now],
  );
}

export interface NaiveTransfer {
  programmeId: string;
  kind: string;
  debitAccountId: string;
  creditAccountId: string;
  points: number;
  key: string;
  causeId: string;
  balanceAfter: number | null;
}

/** Inserts a posting of one transfer. Returns the transfer's id. */
export async function insertTransfer(
  connection: Connection,
  postingId: string,
  day: string,
  transfer: NaiveTransfer,
  now: Date,
): Promise<string> {
  const id = `${postingId}0000`;
  await change(connection, 'INSERT INTO posting (id, transfers, posted_at) VALUES (?, 1, ?)', [postingId, now]);
  await change(
    connection,
    `INSERT INTO transfer (id, programme_id, kind, debit_account_id, credit_account_id, points, business_key, cause_id,
                           balance_after, posted_at, day) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      id,
      transfer.programmeId,
      transfer.kind,
      transfer.debitAccountId,
      transfer.creditAccountId,
      transfer.points,
      transfer.key,
      transfer.causeId,
      transfer.balanceAfter,
      now,
      day,
    ],
  );
  return id;
}
