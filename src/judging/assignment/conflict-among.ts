import type { Tx } from '../../platform/db/transaction.ts';
import type { Refusal } from '../../platform/result.ts';
import { COMES_FROM, conflictsIn } from '../judges/conflicts.ts';
import { namedJudges } from '../judges/queries.ts';
import { assignedInConflict, scoredInConflict } from './refusals.ts';

const AMONG = {
  assigned: {
    rows: 'SELECT judge_id, candidate_id FROM panel_assignment WHERE panel_id = ?',
    refusal: assignedInConflict,
  },
  submitted: {
    rows: "SELECT judge_id, candidate_id FROM panel_sheet WHERE panel_id = ? AND state = 'submitted'",
    refusal: scoredInConflict,
  },
};

/**
 * What is wrong when one of a panel's judges is assigned to, or has scored, a candidate whom she must not judge: she may
 * have joined its firm since. Undefined when there is none. Refusals: JUDGE_IN_CONFLICT or CONFLICT_SCORED.
 */
export async function conflictAmong(tx: Tx, panelId: string, what: keyof typeof AMONG): Promise<Refusal | undefined> {
  const judges = await namedJudges(tx, panelId);
  const conflicts = await conflictsIn(
    tx,
    panelId,
    judges.map(({ id }) => id),
  );
  const { rows, refusal } = AMONG[what];
  for (const { id, name } of judges) {
    const barred = conflicts.get(id)!;
    if (barred.size === 0) continue;
    const [found] = await tx.query<{ label: string }[]>(
      `SELECT c.label FROM (${rows}) t JOIN panel_candidate c ON c.panel_id = ? AND c.id = t.candidate_id
       WHERE t.judge_id = ? AND c.state = 'in' AND ${COMES_FROM} ORDER BY c.number LIMIT 1`,
      [panelId, panelId, id, [...barred], [...barred]],
    );
    if (found) return refusal(name, found.label);
  }
  return undefined;
}
