import type { EntityManager } from 'typeorm';
import type { SqlValue } from '../../platform/db/sql.ts';
import { groupBy } from '../../platform/group-by.ts';
import type { Scored, ScoredSheet } from './marks.ts';

/** Few enough that a page is garbage before the young generation is collected twice, which is what memory peaks by. */
const CANDIDATES_AT_ONCE = 500;

/**
 * The candidates of a version of a panel's ranking with the scores that count in it, in the order of their ids, page by
 * page. While one page is worked on the next is on its way, and no more than these two are in memory.
 */
export async function* scoredCandidates(db: EntityManager, panelId: string, version: number): AsyncGenerator<Scored[]> {
  const read = (after: string) => readPage(db, { panelId, version }, after);
  let page = await read('');
  while (page.length > 0) {
    const next = page.length < CANDIDATES_AT_ONCE ? Promise.resolve([]) : read(page.at(-1)!.candidateId);
    // Whoever works on this page may throw before the next is awaited.
    next.catch(() => {});
    yield page;
    page = await next;
  }
}

interface OfVersion {
  panelId: string;
  version: number;
}

/** Which candidates, as a condition on candidate_id. */
interface Which {
  sql: string;
  params: SqlValue[];
}

async function readPage(db: EntityManager, of: OfVersion, after: string): Promise<Scored[]> {
  const candidates: { candidateId: string; number: number }[] = await db.query(
    `SELECT id AS candidateId, number FROM panel_candidate
     WHERE panel_id = ? AND id > ? AND (state = 'in' OR counts_to >= ?) ORDER BY id LIMIT ?`,
    [of.panelId, after, of.version, CANDIDATES_AT_ONCE],
  );
  const [first] = candidates;
  if (!first) return [];
  const ofPage = { sql: 'candidate_id BETWEEN ? AND ?', params: [first.candidateId, candidates.at(-1)!.candidateId] };
  const sheets = await readSheets(db, of, ofPage);
  return candidates.map((candidate) => ({ ...candidate, sheets: sheets.get(candidate.candidateId) ?? [] }));
}

/** The sheets of these candidates that count in a version of the ranking, by candidate and in the order of the judges. */
export async function scoredSheets(
  db: EntityManager,
  of: OfVersion,
  candidateIds: readonly string[],
): Promise<Map<string, ScoredSheet[]>> {
  const names = candidateIds.map(() => '?').join(', ');
  return readSheets(db, of, { sql: `candidate_id IN (${names})`, params: [...candidateIds] });
}

interface SheetRow {
  candidateId: string;
  judgeId: string;
  sheet: number;
  /** "number:value,number:value". */
  scores: string;
}

async function readSheets(
  db: EntityManager,
  { panelId, version }: OfVersion,
  which: Which,
): Promise<Map<string, ScoredSheet[]>> {
  // A sheet is one row of text, which comes several times faster than a row for each score. It is far shorter than
  // group_concat_max_len, which is 1,024 where nobody has set it.
  const rows: SheetRow[] = await db.query(
    `SELECT candidate_id AS candidateId, judge_id AS judgeId, sheet_number AS sheet,
       GROUP_CONCAT(criterion_number, ':', value) AS scores
     FROM panel_score WHERE panel_id = ? AND ${which.sql}
     GROUP BY panel_id, candidate_id, judge_id, sheet_number
     ORDER BY panel_id, candidate_id, judge_id, sheet_number`,
    [panelId, ...which.params],
  );
  const passedOver = await sheetsPassedOver(db, { panelId, version }, which);
  const counting = rows.filter((row) => !passedOver.has(nameOf(row)));
  const groups = groupBy(counting, (row) => row.candidateId);
  return new Map([...groups].map(([candidateId, ofIt]) => [candidateId, mergeSheets(ofIt)]));
}

function nameOf({ candidateId, judgeId, sheet }: Omit<SheetRow, 'scores'>): string {
  return judgeId === '' ? `import ${sheet}` : `${candidateId} ${judgeId} ${sheet}`;
}

/** The names of the sheets and imports that were void by a version of the ranking, or came after it. */
async function sheetsPassedOver(
  db: EntityManager,
  { panelId, version }: OfVersion,
  which: Which,
): Promise<Set<string>> {
  const rows: Omit<SheetRow, 'scores'>[] = await db.query(
    `SELECT candidate_id AS candidateId, judge_id AS judgeId, number AS sheet FROM panel_sheet
     WHERE panel_id = ? AND ${which.sql} AND (counts_from > ? OR counts_to < ?)
     UNION ALL SELECT '', '', number FROM objective_import WHERE panel_id = ? AND counts_from > ?`,
    [panelId, ...which.params, version, version, panelId, version],
  );
  return new Set(rows.map(nameOf));
}

/** The sheets of a candidate; of objective scores for one criterion the last that was imported counts. */
function mergeSheets(rows: readonly SheetRow[]): ScoredSheet[] {
  const sheets: { judgeId: string; values: (number | undefined)[] }[] = [];
  for (const { judgeId, scores } of rows) {
    let sheet = sheets.at(-1);
    if (!sheet || sheet.judgeId !== judgeId) {
      sheet = { judgeId, values: [] };
      sheets.push(sheet);
    }
    for (const score of scores.split(',')) {
      const colon = score.indexOf(':');
      sheet.values[Number(score.slice(0, colon)) - 1] = Number(score.slice(colon + 1));
    }
  }
  return sheets;
}

/**
 * The scores of a candidate as the hash of a version is made of them: a line for each judge, in the order of their ids,
 * with the scores in thousandths by criterion. Lines of candidates follow in the order of their ids.
 */
export function scoresInWords({ candidateId, sheets }: Scored): string {
  return sheets.map(({ judgeId, values }) => `${candidateId} ${judgeId} ${values.join(',')}\n`).join('');
}
