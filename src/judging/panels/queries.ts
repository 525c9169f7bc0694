import { type EntityManager, In } from 'typeorm';
import { readPage } from '../../platform/db/read-page.ts';
import { type Page, type PageRequest, pageOf } from '../../platform/graphql/connection.ts';
import { groupBy } from '../../platform/group-by.ts';
import { UnionNode } from '../../unions/union-node.entity.ts';
import { Candidate } from './candidate.entity.ts';
import { Criterion } from './criterion.entity.ts';
import { Panel, type PanelState } from './panel.entity.ts';
import type { PanelTerms } from './terms.ts';

/** The criteria of a panel, in order. */
export async function criteriaOf(db: EntityManager, panelId: string): Promise<Criterion[]> {
  return db.find(Criterion, { where: { panelId }, order: { number: 'ASC' } });
}

/** The criteria of these panels, in order. */
export async function criteriaOfPanels(db: EntityManager, panelIds: readonly string[]): Promise<Criterion[]> {
  return db.find(Criterion, { where: { panelId: In([...panelIds]) }, order: { panelId: 'ASC', number: 'ASC' } });
}

/** The terms of a panel as they stand. */
export async function termsOf(db: EntityManager, panel: Panel): Promise<PanelTerms> {
  const { name, judgesPerEntry, judgesNeeded, blind, normalise, aggregate, late, scoreUntil, tieBreaks } = panel;
  const criteria = (await criteriaOf(db, panel.id)).map(({ panelId: _panel, number: _number, ...terms }) => terms);
  return { name, judgesPerEntry, judgesNeeded, blind, normalise, aggregate, late, scoreUntil, tieBreaks, criteria };
}

/** The panels of these ids, in no order. */
export async function findPanels(db: EntityManager, ids: readonly string[]): Promise<Panel[]> {
  return db.find(Panel, { where: { id: In([...ids]) } });
}

/** A page of the panels of these branches, the newest first; the cursor is the id. */
export async function panelsIn(
  db: EntityManager,
  { branches, state }: { branches: readonly string[]; state: PanelState | undefined },
  page: PageRequest,
): Promise<Page<Panel>> {
  if (branches.length === 0) return { items: [], hasNextPage: false };
  const paths = Object.fromEntries(branches.map((path, i) => [`branch${i}`, `${path}%`]));
  const within = branches.map((_, i) => `u.path LIKE :branch${i}`).join(' OR ');
  const query = db
    .createQueryBuilder(Panel, 'p')
    .innerJoin(UnionNode, 'u', 'u.id = p.unionId')
    .where(`(${within})`, paths);
  if (state !== undefined) query.andWhere('p.state = :state', { state });
  return readPage(query, 'p.id', page, 'DESC');
}

/** The same page of the candidates of each of these panels, in order, in one statement; the cursor is the number. */
export async function candidatesOfPanels(
  db: EntityManager,
  panelIds: readonly string[],
  page: PageRequest,
): Promise<Map<string, Page<Candidate>>> {
  const after = Number(page.after ?? 0);
  if (!Number.isSafeInteger(after)) return new Map();
  // Candidates are numbered without a gap, so a page of them is a range.
  const rows = await db
    .createQueryBuilder(Candidate, 'c')
    .where('c.panelId IN (:...panelIds)', { panelIds })
    .andWhere('c.number > :after AND c.number <= :last', { after, last: after + page.first + 1 })
    .orderBy('c.panelId')
    .addOrderBy('c.number')
    .getMany();
  return new Map([...groupBy(rows, (row) => row.panelId)].map(([id, ofPanel]) => [id, pageOf(ofPanel, page)]));
}

/** How far the sheets of a panel are; one of objective criteria alone has none. */
export interface Progress {
  /** How many sheets judges are to submit. */
  assigned: number;
  /** How many of them were submitted. */
  submitted: number;
}

/** How far these panels are, by id; one without assignments is absent. */
export async function progressOf(db: EntityManager, panelIds: readonly string[]): Promise<Map<string, Progress>> {
  const rows: { panelId: string; assigned: string; submitted: string }[] = await db.query(
    `SELECT a.panel_id AS panelId, COUNT(*) AS assigned, COUNT(s.number) AS submitted
     FROM panel_assignment a LEFT JOIN panel_sheet s ON s.panel_id = a.panel_id AND s.candidate_id = a.candidate_id
       AND s.judge_id = a.judge_id AND s.is_live = TRUE AND s.state = 'submitted'
     WHERE a.panel_id IN (?) GROUP BY a.panel_id`,
    [panelIds],
  );
  return new Map(
    rows.map(({ panelId, assigned, submitted }) => [
      panelId,
      { assigned: Number(assigned), submitted: Number(submitted) },
    ]),
  );
}
