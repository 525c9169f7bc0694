import { act } from '../identity/act.ts';
import { recordAudit } from '../identity/audit.ts';
import type { AdminCaller } from '../identity/caller.ts';
import { beijingDay } from '../platform/clock.ts';
import type { Outcome } from '../platform/db/idempotency.ts';
import type { Tx } from '../platform/db/transaction.ts';
import type { Deps } from '../platform/deps.ts';
import { accept, refuse } from '../platform/result.ts';
import { programmeNameIsTaken } from './create-programme.ts';
import { badTerms, type ProgrammeTerms } from './programme-terms.ts';
import { programmeNameTaken } from './refusals.ts';
import { programmeInScope } from './scope.ts';

/** Terms that are not given stay as they are. */
export type ProgrammeChange = Partial<ProgrammeTerms> & { id: string };

/**
 * Changes terms of a programme of the admin's branch (programmes:write); resolves with its id; audited. Points that
 * were earned before keep their last day. Refusals: PROGRAMME_UNKNOWN, NAME_MALFORMED, TERM_OUT_OF_RANGE,
 * PROGRAMME_NAME_TAKEN.
 */
export async function changeProgramme(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: ProgrammeChange,
): Promise<Outcome> {
  return act(deps, caller, { operation: 'changeProgramme', key, input }, async (tx, now) => {
    const { id } = input;
    // Two admins who change different terms at once must both be in the audit with the right "before".
    await tx.query('SELECT id FROM programme WHERE id = ? FOR UPDATE', [id]);
    const programme = await programmeInScope(tx, caller, 'programmes:write', id);
    if (!programme.ok) return programme;
    const before = termsOf(programme.value);
    const after = { ...before, ...given(input) };
    const bad = badTerms(after);
    if (bad) return refuse(bad);
    if (JSON.stringify(after) === JSON.stringify(before)) return accept(id);
    const { unionId } = programme.value;
    if (await programmeNameIsTaken(tx, unionId, after.name, id)) return refuse(programmeNameTaken);
    await tx.query(
      'UPDATE programme SET name = ?, point_price_fen = ?, points_live_days = ?, undo_minutes = ? WHERE id = ?',
      [after.name, after.pointPriceFen, after.pointsLiveDays, after.undoMinutes, id],
    );
    if (after.pointPriceFen !== before.pointPriceFen) await recordPrice(tx, id, before, after, now);
    const target = { targetKind: 'programme', targetId: id, unionId };
    await recordAudit(tx, { actor: caller.actor, action: 'changeProgramme', ...target, before, after }, now);
    return accept(id);
  });
}

/** Keeps which price of a point held from which day, because a month is settled at the price of each of its days. */
async function recordPrice(
  tx: Tx,
  id: string,
  before: ProgrammeTerms,
  after: ProgrammeTerms,
  now: Date,
): Promise<void> {
  await tx.query(
    `INSERT INTO programme_price (programme_id, from_day, point_price_fen)
     SELECT ?, '2000-01-01', ? FROM DUAL WHERE NOT EXISTS (SELECT 1 FROM programme_price WHERE programme_id = ?)`,
    [id, before.pointPriceFen, id],
  );
  await tx.query(
    `INSERT INTO programme_price (programme_id, from_day, point_price_fen) VALUES (?, ?, ?)
     ON DUPLICATE KEY UPDATE point_price_fen = VALUES(point_price_fen)`,
    [id, beijingDay(now), after.pointPriceFen],
  );
}

function termsOf({ name, pointPriceFen, pointsLiveDays, undoMinutes }: ProgrammeTerms): ProgrammeTerms {
  return { name, pointPriceFen, pointsLiveDays, undoMinutes };
}

function given({ name, pointPriceFen, pointsLiveDays, undoMinutes }: ProgrammeChange): Partial<ProgrammeTerms> {
  const terms = { name, pointPriceFen, pointsLiveDays, undoMinutes };
  return Object.fromEntries(Object.entries(terms).filter(([, term]) => term !== undefined));
}
