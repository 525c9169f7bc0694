import { act } from '../identity/act.ts';
import { recordAudit } from '../identity/audit.ts';
import type { AdminCaller } from '../identity/caller.ts';
import type { Outcome } from '../platform/db/idempotency.ts';
import type { Tx } from '../platform/db/transaction.ts';
import type { Deps } from '../platform/deps.ts';
import { newId } from '../platform/ids.ts';
import { accept, type Result, refuse } from '../platform/result.ts';
import { badTerms, type ProgrammeTerms } from './programme-terms.ts';
import { unionPath } from './queries.ts';
import { programmeNameTaken, unionUnknown } from './refusals.ts';
import { unionInScope } from './scope.ts';

export type NewProgramme = ProgrammeTerms & { unionId: string };

/**
 * Makes a programme of a union; resolves with its id. Asks for nobody's rights: an admin's way is `createProgrammeAs`.
 * Refusals: UNION_UNKNOWN, NAME_MALFORMED, TERM_OUT_OF_RANGE, PROGRAMME_NAME_TAKEN.
 */
export async function createProgramme(tx: Tx, programme: NewProgramme, now: Date): Promise<Result<string>> {
  const { unionId, name, pointPriceFen, pointsLiveDays, undoMinutes } = programme;
  if ((await unionPath(tx, unionId)) === undefined) return refuse({ ...unionUnknown, at: 'unionId' });
  const bad = badTerms(programme);
  if (bad) return refuse(bad);
  const id = newId();
  if (await programmeNameIsTaken(tx, unionId, name, id)) return refuse(programmeNameTaken);
  await tx.query(
    `INSERT INTO programme (id, union_id, name, point_price_fen, points_live_days, undo_minutes, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    [id, unionId, name, pointPriceFen, pointsLiveDays, undoMinutes, now],
  );
  return accept(id);
}

/** Whether another programme of the union has this name. */
export async function programmeNameIsTaken(tx: Tx, unionId: string, name: string, id: string): Promise<boolean> {
  const rows: unknown[] = await tx.query(
    'SELECT id FROM programme WHERE union_id = ? AND name = ? AND id <> ? LIMIT 1',
    [unionId, name, id],
  );
  return rows.length > 0;
}

/** `createProgramme` by an admin who holds programmes:write over the union; audited. */
export async function createProgrammeAs(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: NewProgramme,
): Promise<Outcome> {
  return act(deps, caller, { operation: 'createProgramme', key, input }, async (tx, now) => {
    const union = await unionInScope(tx, caller, 'programmes:write', input.unionId);
    if (!union.ok) return refuse({ ...union.refusal, at: 'unionId' });
    const made = await createProgramme(tx, input, now);
    if (!made.ok) return made;
    const target = { targetKind: 'programme', targetId: made.value, unionId: input.unionId };
    await recordAudit(tx, { actor: caller.actor, action: 'createProgramme', ...target, after: input }, now);
    return made;
  });
}
