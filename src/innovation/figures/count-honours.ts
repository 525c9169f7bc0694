import type { EntityManager } from 'typeorm';
import { ofBranches } from './scope.ts';

/** So many achievements of a category got this grade. */
export interface HonourCount {
  category: string;
  grade: string;
  honours: number;
}

/** Counts the honours of a season in branches, by category and grade, the highest grade first; one statement. */
export async function countHonours(
  db: EntityManager,
  seasonId: string,
  branches: readonly string[] | null,
): Promise<HonourCount[]> {
  const { sql, params } = ofBranches('a.union_id', branches);
  const rows = await db.query<(Omit<HonourCount, 'honours'> & { honours: string })[]>(
    `SELECT c.name AS category, g.name AS grade, COUNT(*) AS honours
     FROM season_honour h JOIN achievement a ON a.id = h.achievement_id
     JOIN season_category c ON c.season_id = h.season_id AND c.number = h.category_number
     JOIN season_grade g
       ON g.season_id = h.season_id AND g.category_number = h.category_number AND g.number = h.grade_number
     WHERE h.season_id = ? ${sql}
     GROUP BY c.number, g.number, c.name, g.name ORDER BY c.number, g.number`,
    [seasonId, ...params],
  );
  return rows.map((row) => ({ ...row, honours: Number(row.honours) }));
}
