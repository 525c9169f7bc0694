import { type EntityManager, In } from 'typeorm';
import { inBranches } from '../../identity/queries.ts';
import { type Page, type PageRequest, pageOf } from '../../platform/graphql/connection.ts';
import type { NamedJudge } from '../assignment/sections.ts';
import type { Panel } from '../panels/panel.entity.ts';
import { JudgeConflict } from './conflict.entity.ts';
import { UNIONS_OF_PANEL } from './conflicts.ts';
import { Judge } from './judge.entity.ts';

/** Everybody who was ever invited to a panel, in the order of inviting, by the names of their accounts. */
export async function namedJudges(db: EntityManager, panelId: string): Promise<NamedJudge[]> {
  const judges = await db.find(Judge, { where: { panelId }, order: { id: 'ASC' } });
  const names = await namesOf(
    db,
    judges.map(({ operatorId }) => operatorId),
  );
  return judges.map((judge) => ({ ...judge, name: names.get(judge.operatorId)! }));
}

/** The names of accounts by id. */
export async function namesOf(db: EntityManager, operatorIds: readonly string[]): Promise<Map<string, string>> {
  const rows: { id: string; name: string }[] = await db.query('SELECT id, name FROM operator WHERE id IN (?)', [
    ['', ...operatorIds],
  ]);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Everybody who was ever invited to these panels, in the order of inviting. */
export async function judgesOfPanels(db: EntityManager, panelIds: readonly string[]): Promise<Judge[]> {
  return db.find(Judge, { where: { panelId: In([...panelIds]) }, order: { id: 'ASC' } });
}

/** The conflicts that were declared of these judges, in the order of declaring. */
export async function conflictsOf(db: EntityManager, judgeIds: readonly string[]): Promise<JudgeConflict[]> {
  return db.find(JudgeConflict, {
    where: { judgeId: In([...judgeIds]) },
    order: { declaredAt: 'ASC', unionId: 'ASC' },
  });
}

/** A page of an admin's seats on panels of these branches, the newest first; the cursor is the judge's id. */
export async function seatsOf(
  db: EntityManager,
  { operatorId, branches }: { operatorId: string; branches: readonly string[] },
  page: PageRequest,
): Promise<Page<Judge>> {
  const within = inBranches('u.path', branches);
  const rows: { id: string }[] = await db.query(
    `SELECT j.id FROM panel_judge j JOIN panel p ON p.id = j.panel_id JOIN union_node u ON u.id = p.union_id
     WHERE j.operator_id = ? AND ${within.sql} ${page.after === undefined ? '' : 'AND j.id < ?'}
     ORDER BY j.id DESC LIMIT ?`,
    [operatorId, ...within.params, ...(page.after === undefined ? [] : [page.after]), page.first + 1],
  );
  const { items, hasNextPage } = pageOf(rows, page);
  const ids = items.map(({ id }) => id);
  return { items: await db.find(Judge, { where: { id: In(ids) }, order: { id: 'DESC' } }), hasNextPage };
}

/** A firm from which candidates of a panel come. */
export interface Firm {
  id: string;
  name: string;
}

/** A page of the unions from which the candidates of a panel come; the cursor is the id. */
export async function firmsOf(db: EntityManager, { id }: Pick<Panel, 'id'>, page: PageRequest): Promise<Page<Firm>> {
  const rows: Firm[] = await db.query(
    `SELECT u.id, u.name FROM union_node u JOIN (${UNIONS_OF_PANEL}) c ON c.union_id = u.id
     WHERE u.id > ? ORDER BY u.id LIMIT ?`,
    [id, id, page.after ?? '', page.first + 1],
  );
  return pageOf(rows, page);
}
