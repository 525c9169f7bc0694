import { type Outcome, once } from '../platform/db/idempotency.ts';
import { inTransaction, type Tx } from '../platform/db/transaction.ts';
import type { Deps } from '../platform/deps.ts';
import type { Caller } from './caller.ts';

/** What a caller asked for: the mutation, its key, and its input with nothing secret in it. */
export interface Act {
  operation: string;
  key: string;
  input: unknown;
}

/** Runs a caller's change in one transaction, once for each key. `change` resolves with the id of what it changed. */
export async function act(
  { db, clock }: Deps,
  caller: Caller,
  { operation, key, input }: Act,
  change: (tx: Tx, now: Date) => Promise<Outcome>,
): Promise<Outcome> {
  const now = clock.now();
  return inTransaction(db, (tx) =>
    once(tx, { actor: caller.actor, key, operation, input }, now, () => change(tx, now)),
  );
}
