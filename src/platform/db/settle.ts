import { refuse } from '../result.ts';
import { findOutcomes, isKey, keyMalformed, type Outcome, type Request, replay, storeOutcomes } from './idempotency.ts';
import type { Tx } from './transaction.ts';

/**
 * The batch form of `once`: settles many requests in one transaction, each once for its (actor, key). `run` gets those
 * that are new and returns their outcomes in order; it must not write anything for one that it refuses. Requests that
 * were settled before, or come twice in the same batch, get the first outcome.
 */
export async function settle<C extends { request: Request }>(
  tx: Tx,
  commands: readonly C[],
  now: Date,
  run: (fresh: readonly C[]) => Promise<Outcome[]>,
): Promise<Outcome[]> {
  const name = ({ request }: C) => `${request.actor} ${request.key}`;
  const wellFormed = commands.filter(({ request }) => isKey(request.key));
  const stored = await findOutcomes(
    tx,
    wellFormed.map(({ request }) => request),
  );
  const fresh = new Map<string, C>();
  for (const command of wellFormed) {
    if (!stored.has(name(command)) && !fresh.has(name(command))) fresh.set(name(command), command);
  }
  const first = [...fresh.values()];
  const outcomes = first.length === 0 ? [] : await run(first);
  const settled = first.map(({ request }, i) => ({ request, outcome: outcomes[i]! }));
  const inserted = await storeOutcomes(tx, settled, now);
  for (const [i, one] of inserted.entries()) stored.set(name(first[i]!), one);
  return commands.map((command) => {
    const known = stored.get(name(command));
    if (known && fresh.get(name(command)) === command) return known.outcome;
    return known ? replay(known, command.request) : refuse(keyMalformed);
  });
}
