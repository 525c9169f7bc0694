import type { EntityManager } from 'typeorm';
import type { Judge } from '../judges/judge.entity.ts';

/** Whether a judge is to judge a candidate. */
export async function isAssigned(
  db: EntityManager,
  { id, panelId }: Pick<Judge, 'id' | 'panelId'>,
  candidateId: string,
): Promise<boolean> {
  const rows: unknown[] = await db.query(
    'SELECT 1 FROM panel_assignment WHERE panel_id = ? AND judge_id = ? AND candidate_id = ?',
    [panelId, id, candidateId],
  );
  return rows.length > 0;
}

/** How much work a judge has. */
export interface Load {
  assigned: number;
  submitted: number;
}

/** The loads of these judges, by id; one to whom nothing is assigned is absent. */
export async function loadsOf(
  db: EntityManager,
  judges: readonly Pick<Judge, 'id' | 'panelId'>[],
): Promise<Map<string, Load>> {
  const rows: { judgeId: string; assigned: string; submitted: string }[] = await db.query(
    `SELECT a.judge_id AS judgeId, COUNT(*) AS assigned, COUNT(s.number) AS submitted
     FROM panel_assignment a LEFT JOIN panel_sheet s ON s.panel_id = a.panel_id AND s.candidate_id = a.candidate_id
       AND s.judge_id = a.judge_id AND s.is_live = TRUE AND s.state = 'submitted'
     WHERE (a.panel_id, a.judge_id) IN (?) GROUP BY a.judge_id`,
    [judges.map(({ id, panelId }) => [panelId, id])],
  );
  return new Map(
    rows.map(({ judgeId, assigned, submitted }) => [
      judgeId,
      { assigned: Number(assigned), submitted: Number(submitted) },
    ]),
  );
}
