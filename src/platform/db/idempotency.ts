import { hash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { type Refusal, type Result, refuse } from '../result.ts';
import { insertRows } from './sql.ts';
import type { Tx } from './transaction.ts';

/** A mutation as its caller names it: who, the client-made key, what is asked, with which input. */
export interface Request {
  /** "member:<id>", "operator:<id>", "merchant:<id>", "api-token:<id>". */
  actor: string;
  key: string;
  operation: string;
  input: unknown;
}

/** What a mutation left behind, kept for ever: the id of the thing that it made or changed, or the refusal. */
export type Outcome = Result<string>;

export interface StoredOutcome {
  operation: string;
  inputHash: Buffer;
  outcome: Outcome;
  settledAt: Date;
}

/** A key is 8 to 64 characters that survive any log, URL or database. */
export function isKey(text: string): boolean {
  return /^[A-Za-z0-9_.:-]{8,64}$/.test(text);
}

export const keyMalformed: Refusal = {
  code: 'KEY_MALFORMED',
  message: {
    zh: '请求标识 key 须为 8 至 64 个字母、数字或 _ . : -，每次新的操作请用新的随机值。',
    en: 'key must be 8 to 64 letters, digits or _ . : - ; use a fresh random value for each new act.',
  },
  at: 'key',
};

export const keyReused: Refusal = {
  code: 'KEY_REUSED',
  message: {
    zh: '这个 key 已用于另一项操作，请为新的操作生成新的 key。',
    en: 'This key was already used for something else; make a new key for a new act.',
  },
  at: 'key',
};

/** SHA-256 of the input with its object keys in order, so that the same input always has the same hash. */
export function hashInput(input: unknown): Buffer {
  const ordered = (value: unknown): unknown => {
    if (value === null || typeof value !== 'object' || value instanceof Date) return value;
    if (Array.isArray(value)) return value.map(ordered);
    return Object.fromEntries(
      Object.entries(value)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([k, v]) => [k, ordered(v)]),
    );
  };
  return hash('sha256', JSON.stringify(ordered(input)), 'buffer');
}

/** The stored outcomes of (actor, key) pairs; result in a map under "actor key". */
export async function findOutcomes(
  db: EntityManager,
  requests: readonly { actor: string; key: string }[],
): Promise<Map<string, StoredOutcome>> {
  const found = new Map<string, StoredOutcome>();
  if (requests.length === 0) return found;
  const rows: {
    actor: string;
    idempotency_key: string;
    operation: string;
    input_hash: Buffer;
    outcome: string;
    created_at: Date;
  }[] = await db.query(
    `SELECT actor, idempotency_key, operation, input_hash, outcome, created_at FROM idempotency
       WHERE (actor, idempotency_key) IN (?)`,
    [requests.map((request) => [request.actor, request.key])],
  );
  for (const row of rows) {
    found.set(`${row.actor} ${row.idempotency_key}`, {
      operation: row.operation,
      inputHash: row.input_hash,
      outcome: JSON.parse(row.outcome),
      settledAt: row.created_at,
    });
  }
  return found;
}

/** What a request that was made before gets: its first outcome, or a refusal when the key came with other input. */
export function replay(stored: StoredOutcome, request: Request): Outcome {
  const same = stored.operation === request.operation && stored.inputHash.equals(hashInput(request.input));
  return same ? stored.outcome : refuse(keyReused);
}

/** Stores outcomes for ever, in the transaction that made them, and returns them as they now stand. */
export async function storeOutcomes(
  tx: Tx,
  settled: readonly { request: Request; outcome: Outcome }[],
  now: Date,
): Promise<StoredOutcome[]> {
  const hashes = settled.map(({ request }) => hashInput(request.input));
  await insertRows(
    tx,
    'idempotency',
    ['actor', 'idempotency_key', 'operation', 'input_hash', 'outcome', 'created_at'],
    settled.map(({ request, outcome }, i) => [
      request.actor,
      request.key,
      request.operation,
      hashes[i]!,
      JSON.stringify(outcome),
      now,
    ]),
  );
  return settled.map(({ request, outcome }, i) => ({
    operation: request.operation,
    inputHash: hashes[i]!,
    outcome,
    settledAt: now,
  }));
}

/**
 * Runs a use case once for (actor, key): the first call's outcome, acceptance or refusal, is stored in the same
 * transaction and every later call with the same input gets it again. `run` returns the id of what it made or changed;
 * whatever it wrote before it refused is undone.
 */
export async function once(tx: Tx, request: Request, now: Date, run: () => Promise<Outcome>): Promise<Outcome> {
  if (!isKey(request.key)) return refuse(keyMalformed);
  const stored = (await findOutcomes(tx, [request])).get(`${request.actor} ${request.key}`);
  if (stored) return replay(stored, request);
  await tx.query('SAVEPOINT before_run');
  const outcome = await run();
  if (!outcome.ok) await tx.query('ROLLBACK TO SAVEPOINT before_run');
  await storeOutcomes(tx, [{ request, outcome }], now);
  return outcome;
}
