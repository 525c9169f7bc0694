import { randomBytes } from 'node:crypto';
import type { Tx } from '../../platform/db/transaction.ts';
import { accept, type Refusal, type Result, refuse } from '../../platform/result.ts';
import { conflictAmong } from '../assignment/conflict-among.ts';
import { notEnoughJudges } from '../assignment/refusals.ts';
import { sectionsOf } from '../assignment/sections.ts';
import { namedJudges } from '../judges/queries.ts';
import { WHOLE } from '../limits.ts';
import { lockOwnPanel } from './lock-panel.ts';
import type { Panel } from './panel.entity.ts';
import { criteriaOf } from './queries.ts';
import { candidatesMissing, deadlineMissing, deadlineOver, panelNotPreparing, weightsNotWhole } from './refusals.ts';

/**
 * Lets the judges of a panel score, in the transaction of the domain. From then on its criteria, rules and candidates are
 * fixed, and blind numbers are drawn where it is blind. Judges must have been assigned (see assignPanel). Refusals:
 * PANEL_NOT_PREPARING, WEIGHTS_NOT_WHOLE, DEADLINE_MISSING, DEADLINE_OVER, CANDIDATES_MISSING, CRITERIA_OVERLAP,
 * NOT_ENOUGH_JUDGES, JUDGE_IN_CONFLICT.
 */
export async function openScoring(tx: Tx, panelId: string, now: Date): Promise<Result<void>> {
  const panel = await lockOwnPanel(tx, panelId);
  const trouble = (await troubleWithTerms(tx, panel, now)) ?? (await troubleWithJudges(tx, panel));
  if (trouble) return refuse(trouble);
  if (panel.blind) await drawBlindNumbers(tx, panelId);
  await tx.query("UPDATE panel SET state = 'scoring', opened_at = ? WHERE id = ?", [now, panelId]);
  return accept(undefined);
}

async function troubleWithTerms(tx: Tx, { id, state, scoreUntil }: Panel, now: Date): Promise<Refusal | undefined> {
  if (state !== 'preparing') return panelNotPreparing;
  const weights = (await criteriaOf(tx, id)).reduce((sum, { weight }) => sum + weight, 0);
  if (weights !== WHOLE) return weightsNotWhole(weights);
  if (scoreUntil === null) return deadlineMissing;
  return scoreUntil <= now ? deadlineOver('terms.scoreUntil') : undefined;
}

async function troubleWithJudges(tx: Tx, panel: Panel): Promise<Refusal | undefined> {
  const [any] = await tx.query<unknown[]>("SELECT 1 FROM panel_candidate WHERE panel_id = ? AND state = 'in' LIMIT 1", [
    panel.id,
  ]);
  if (!any) return candidatesMissing;
  const judges = (await namedJudges(tx, panel.id)).filter(({ state }) => state === 'accepted');
  const sections = sectionsOf(judges, await criteriaOf(tx, panel.id));
  if (!sections.ok) return sections.refusal;
  for (const section of sections.value) {
    const ids = section.judges.map(({ id }) => id);
    const [short] = await tx.query<{ number: number; label: string; judges: string }[]>(
      `SELECT c.number, c.label, COUNT(a.judge_id) AS judges FROM panel_candidate c
       LEFT JOIN panel_assignment a ON a.panel_id = c.panel_id AND a.candidate_id = c.id AND a.judge_id IN (?)
       WHERE c.panel_id = ? AND c.state = 'in' GROUP BY c.number, c.label HAVING judges < ? ORDER BY c.number LIMIT 1`,
      [ids, panel.id, panel.judgesPerEntry],
    );
    if (short) return notEnoughJudges(short.number, short.label, panel.judgesPerEntry, Number(short.judges));
  }
  return conflictAmong(tx, panel.id, 'assigned');
}

/** Numbers the candidates in an order that nobody knows beforehand and that nothing they are known by tells. */
async function drawBlindNumbers(tx: Tx, panelId: string): Promise<void> {
  await tx.query(
    `UPDATE panel_candidate c
     JOIN (SELECT id, ROW_NUMBER() OVER (ORDER BY SHA2(CONCAT(?, id), 256), id) AS place
           FROM panel_candidate WHERE panel_id = ? AND state = 'in') drawn ON drawn.id = c.id
     SET c.blind_number = drawn.place WHERE c.panel_id = ?`,
    [randomBytes(32).toString('hex'), panelId, panelId],
  );
}
