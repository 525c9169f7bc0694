import type { EntityManager } from 'typeorm';
import type { ScoreSums } from './survey-spreads.ts';

/** As the server gives whole numbers that may be large. */
interface SumsRow {
  judgeId: string;
  criterion: number;
  count: string;
  sum: string;
  squares: string;
}

const SUMS = `s.judge_id AS judgeId, s.criterion_number AS criterion, COUNT(*) AS count, SUM(s.value) AS sum,
  SUM(s.value * s.value) AS squares`;

/**
 * What the scores of each judge in each criterion add up to, of those that count in a version of a panel's ranking. The
 * server sums all of them, which is far quicker than to read them; the few that do not count are summed by themselves
 * and taken off. Objective scores are nobody's. Two statements.
 */
export async function sumScores(db: EntityManager, panelId: string, version: number): Promise<ScoreSums[]> {
  const all: SumsRow[] = await db.query(
    `SELECT ${SUMS} FROM panel_score s WHERE s.panel_id = ? AND s.judge_id <> ''
     GROUP BY s.judge_id, s.criterion_number`,
    [panelId],
  );
  const off = new Map((await sumsPassedOver(db, panelId, version)).map((row) => [placeOf(row), row]));
  return all
    .map((row) => {
      const less = off.get(placeOf(row));
      return {
        ...{ judgeId: row.judgeId, criterion: row.criterion },
        count: Number(row.count) - Number(less?.count ?? 0),
        sum: Number(row.sum) - Number(less?.sum ?? 0),
        squares: BigInt(row.squares) - BigInt(less?.squares ?? 0),
      };
    })
    .filter(({ count }) => count > 0);
}

function placeOf({ judgeId, criterion }: SumsRow): string {
  return `${judgeId} ${criterion}`;
}

/** The same of the sheets that were void by this version or came after it, and of candidates who had withdrawn. */
async function sumsPassedOver(db: EntityManager, panelId: string, version: number): Promise<SumsRow[]> {
  return db.query(
    `SELECT ${SUMS} FROM (
       SELECT candidate_id, judge_id, number FROM panel_sheet
       WHERE panel_id = ? AND (counts_from > ? OR counts_to < ?)
       UNION
       SELECT p.candidate_id, p.judge_id, p.number FROM panel_candidate c
       JOIN panel_sheet p ON p.panel_id = c.panel_id AND p.candidate_id = c.id
       WHERE c.panel_id = ? AND c.state = 'withdrawn' AND c.counts_to < ?
     ) passed
     JOIN panel_score s ON s.panel_id = ? AND s.candidate_id = passed.candidate_id AND s.judge_id = passed.judge_id
       AND s.sheet_number = passed.number
     GROUP BY s.judge_id, s.criterion_number`,
    [panelId, version, version, panelId, version, panelId],
  );
}
