import type { EntityManager } from 'typeorm';
import { type Page, type PageRequest, pageOf } from '../../platform/graphql/connection.ts';
import { groupBy } from '../../platform/group-by.ts';
import type { Seat } from '../scope.ts';
import { type Scores, type SheetState, scoresFromText } from './sheet.entity.ts';

/** A sheet as its judge sees it. */
export interface OwnSheet {
  /** By which she knows the candidate: blind where the panel is. */
  number: number;
  /** Null where the panel is blind. */
  label: string | null;
  /** What the evidence is attached to. */
  evidenceOf: string | null;
  isWithdrawn: boolean;
  /** Null when she has not begun. */
  state: Exclude<SheetState, 'void'> | null;
  /** What she has saved, or submitted. */
  scores: Scores;
  submittedAt: Date | null;
}

interface OwnSheetRow extends Omit<OwnSheet, 'isWithdrawn' | 'scores'> {
  candidateId: string;
  candidateState: string;
  sheetNumber: number | null;
  draft: string | null;
}

/** Which of her sheets a judge sees: all, those that wait for her, those that she has submitted, or one by its number. */
export interface SheetFilter {
  submitted?: boolean;
  number?: number;
}

/**
 * A page of the sheets that are assigned to a judge who has accepted, once scoring has opened, in the order of the
 * numbers by which she knows the candidates; the cursor is that number. Two statements.
 */
export async function ownSheets(
  db: EntityManager,
  { judge, panel }: Seat,
  { submitted, number }: SheetFilter,
  page: PageRequest,
): Promise<Page<OwnSheet>> {
  const after = Number(page.after ?? 0);
  if (judge.state !== 'accepted' || panel.state === 'preparing' || !Number.isSafeInteger(after))
    return { items: [], hasNextPage: false };
  const shown = panel.blind ? 'c.blind_number' : 'c.number';
  const inState = submitted === undefined ? '' : `AND (s.submitted_at IS ${submitted ? 'NOT NULL' : 'NULL'})`;
  const rows: OwnSheetRow[] = await db.query(
    `SELECT ${shown} AS number, ${panel.blind ? 'NULL' : 'c.label'} AS label, c.evidence_of AS evidenceOf,
       c.id AS candidateId, c.state AS candidateState, s.number AS sheetNumber, s.state, s.draft,
       s.submitted_at AS submittedAt
     FROM panel_assignment a JOIN panel_candidate c ON c.panel_id = a.panel_id AND c.id = a.candidate_id
     LEFT JOIN panel_sheet s ON s.panel_id = a.panel_id AND s.candidate_id = a.candidate_id AND s.judge_id = a.judge_id
       AND s.is_live = TRUE
     WHERE a.panel_id = ? AND a.judge_id = ? AND ${shown} > ? ${number === undefined ? '' : `AND ${shown} = ?`} ${inState}
     ORDER BY ${shown} LIMIT ?`,
    [panel.id, judge.id, after, ...(number === undefined ? [] : [number]), page.first + 1],
  );
  const { items, hasNextPage } = pageOf(rows, page);
  const scores = await submittedScores(db, { judge, panel }, items);
  return { items: items.map((row) => ownSheet(row, scores.get(row.candidateId))), hasNextPage };
}

function ownSheet(
  { number, label, evidenceOf, candidateState, state, draft, submittedAt }: OwnSheetRow,
  scores?: Scores,
) {
  const given = scores ?? (draft === null ? new Map() : scoresFromText(draft));
  return { number, label, evidenceOf, isWithdrawn: candidateState === 'withdrawn', state, submittedAt, scores: given };
}

async function submittedScores(
  db: EntityManager,
  { judge, panel }: Seat,
  sheets: readonly OwnSheetRow[],
): Promise<Map<string, Scores>> {
  const submitted = sheets.filter(({ state }) => state === 'submitted');
  if (submitted.length === 0) return new Map();
  const rows: { candidateId: string; criterion: number; value: number }[] = await db.query(
    `SELECT candidate_id AS candidateId, criterion_number AS criterion, value FROM panel_score
     WHERE panel_id = ? AND (candidate_id, judge_id, sheet_number) IN (?)`,
    [panel.id, submitted.map(({ candidateId, sheetNumber }) => [candidateId, judge.id, sheetNumber])],
  );
  const groups = groupBy(rows, (row) => row.candidateId);
  return new Map(
    [...groups].map(([id, ofIt]) => [id, new Map(ofIt.map(({ criterion, value }) => [criterion, value]))]),
  );
}

/** A sheet as an admin sees it: whose, and how far it is. */
export interface SheetOfCandidate {
  panelId: string;
  candidateId: string;
  judgeId: string;
  state: SheetState | null;
  submittedAt: Date | null;
  voidReason: string | null;
}

/** The sheets of these candidates, void ones too, and those that were not begun; by judge. */
export async function sheetsOfCandidates(
  db: EntityManager,
  candidates: readonly { panelId: string; id: string }[],
): Promise<SheetOfCandidate[]> {
  const places = candidates.map(({ panelId, id }) => [panelId, id]);
  return db.query(
    `SELECT panel_id AS panelId, candidate_id AS candidateId, judge_id AS judgeId, state,
       submitted_at AS submittedAt, void_reason AS voidReason
     FROM panel_sheet WHERE (panel_id, candidate_id) IN (?)
     UNION ALL
     SELECT a.panel_id, a.candidate_id, a.judge_id, NULL, NULL, NULL FROM panel_assignment a
     LEFT JOIN panel_sheet s ON s.panel_id = a.panel_id AND s.candidate_id = a.candidate_id AND s.judge_id = a.judge_id
       AND s.is_live = TRUE
     WHERE (a.panel_id, a.candidate_id) IN (?) AND s.number IS NULL
     ORDER BY panelId, candidateId, judgeId, submittedAt`,
    [places, places],
  );
}
