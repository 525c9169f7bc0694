import type { Tx } from '../../platform/db/transaction.ts';
import type { Refusal } from '../../platform/result.ts';
import { namedJudges } from '../judges/queries.ts';
import type { Panel } from './panel.entity.ts';
import { criteriaOf } from './queries.ts';
import { scoresMissing } from './refusals.ts';

/** How many numbers a refusal names. */
const NAMED = 5;

interface Short {
  number: number;
}

/**
 * What is missing of a panel's scores, or undefined when every candidate has what the panel's rule asks for: the
 * objective scores, and for each criterion that is judged all of its sheets, or, once the deadline is over where the panel
 * goes `without` those who are late, as many as are needed. Refusal: SCORES_MISSING with the number of candidates.
 */
export async function missingScores(tx: Tx, panel: Panel, now: Date): Promise<Refusal | undefined> {
  const short = new Set<number>();
  for (const { number } of await withoutObjective(tx, panel)) short.add(number);
  const goesWithout = panel.late === 'without' && panel.scoreUntil !== null && now >= panel.scoreUntil;
  const needed = goesWithout ? panel.judgesNeeded : panel.judgesPerEntry;
  for (const judges of await judgesOfCriteria(tx, panel)) {
    for (const { number } of await withFewSheets(tx, panel, judges, needed)) short.add(number);
  }
  if (!goesWithout) for (const { number } of await withOpenSheets(tx, panel)) short.add(number);
  const numbers = [...short].sort((a, b) => a - b);
  return numbers.length > 0 ? scoresMissing(numbers.length, numbers.slice(0, NAMED)) : undefined;
}

/** Who judges each of the criteria, those who are not of the panel any more among them: what they submitted counts. */
async function judgesOfCriteria(tx: Tx, panel: Panel): Promise<string[][]> {
  const judges = await namedJudges(tx, panel.id);
  const judged = (await criteriaOf(tx, panel.id)).filter(({ kind }) => kind === 'judged');
  const sets = judged.map(({ number }) =>
    judges.filter(({ criteria }) => criteria === null || criteria.includes(number)).map(({ id }) => id),
  );
  // Most criteria have the same judges, and need not be counted twice.
  return [...new Map(sets.map((ids) => [ids.join(), ['', ...ids]])).values()];
}

async function withFewSheets(tx: Tx, { id }: Panel, judges: readonly string[], needed: number): Promise<Short[]> {
  return tx.query(
    `SELECT c.number FROM panel_candidate c
     LEFT JOIN (SELECT candidate_id, COUNT(*) AS sheets FROM panel_sheet
                WHERE panel_id = ? AND state = 'submitted' AND judge_id IN (?) GROUP BY candidate_id) s
       ON s.candidate_id = c.id
     WHERE c.panel_id = ? AND c.state = 'in' AND IFNULL(s.sheets, 0) < ?`,
    [id, judges, id, needed],
  );
}

async function withOpenSheets(tx: Tx, { id }: Panel): Promise<Short[]> {
  return tx.query(
    `SELECT DISTINCT c.number FROM panel_assignment a
     JOIN panel_candidate c ON c.panel_id = a.panel_id AND c.id = a.candidate_id AND c.state = 'in'
     LEFT JOIN panel_sheet s ON s.panel_id = a.panel_id AND s.candidate_id = a.candidate_id AND s.judge_id = a.judge_id
       AND s.is_live = TRUE AND s.state = 'submitted'
     WHERE a.panel_id = ? AND s.number IS NULL`,
    [id],
  );
}

async function withoutObjective(tx: Tx, { id }: Panel): Promise<Short[]> {
  return tx.query(
    `SELECT c.number FROM panel_candidate c
     WHERE c.panel_id = ? AND c.state = 'in'
       AND (SELECT COUNT(DISTINCT s.criterion_number) FROM panel_score s
            WHERE s.panel_id = c.panel_id AND s.candidate_id = c.id AND s.judge_id = '')
         < (SELECT COUNT(*) FROM panel_criterion k WHERE k.panel_id = c.panel_id AND k.kind = 'objective')`,
    [id],
  );
}
