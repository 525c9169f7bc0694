import type { EntityManager } from 'typeorm';
import { type Page, type PageRequest, pageOf } from '../../../platform/graphql/connection.ts';
import type { Dimension } from './tally.ts';

/** How many took part in a competition, as it was counted last. */
export interface Participation {
  competitionId: string;
  firms: number;
  entries: number;
  members: number;
  countedAt: Date;
}

/** A part of them. Of people alone no firms and entries are counted. */
export interface ParticipationPart {
  value: string;
  firms: number | null;
  entries: number | null;
  members: number;
}

/** The figures of competitions by id; one that was not counted yet has no entry. */
export async function participationOf(
  db: EntityManager,
  competitionIds: readonly string[],
): Promise<Map<string, Participation>> {
  const rows: Participation[] = await db.query(
    `SELECT competition_id AS competitionId, firms, entries, members, counted_at AS countedAt FROM participation
     WHERE competition_id IN (?)`,
    [['', ...competitionIds]],
  );
  return new Map(rows.map((row) => [row.competitionId, row]));
}

/** The parts of competitions by one dimension but that of branches, which has a page of its own; few of each. */
export async function partsBy(
  db: EntityManager,
  dimension: Exclude<Dimension, 'branch'>,
  competitionIds: readonly string[],
): Promise<Map<string, ParticipationPart[]>> {
  const rows: (ParticipationPart & { competitionId: string })[] = await db.query(
    `SELECT competition_id AS competitionId, value, firms, entries, members FROM participation_part
     WHERE competition_id IN (?) AND dimension = ? ORDER BY competition_id, value`,
    [['', ...competitionIds], dimension],
  );
  const parts = new Map<string, ParticipationPart[]>();
  for (const { competitionId, ...part } of rows) parts.set(competitionId, [...(parts.get(competitionId) ?? []), part]);
  return parts;
}

/** A page of the figures of a union's children, those alone that have any; the cursor is the union's id. */
export async function branchParts(
  db: EntityManager,
  competitionId: string,
  parentId: string,
  page: PageRequest,
): Promise<Page<ParticipationPart>> {
  const rows: ParticipationPart[] = await db.query(
    `SELECT p.value, p.firms, p.entries, p.members FROM participation_part p JOIN union_node u ON u.id = p.value
     WHERE p.competition_id = ? AND p.dimension = 'branch' AND u.parent_id = ? AND p.value > ?
     ORDER BY p.value LIMIT ?`,
    [competitionId, parentId, page.after ?? '', page.first + 1],
  );
  return pageOf(rows, page);
}
