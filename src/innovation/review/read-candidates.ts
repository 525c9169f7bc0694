import type { EntityManager } from 'typeorm';
import { LONGEST_LABEL } from '../../judging/limits.ts';
import type { NewCandidate } from '../../judging/panels/add-candidates.ts';
import { groupBy } from '../../platform/group-by.ts';
import { firmsOfPaths } from '../../unions/firms/queries.ts';
import { findUnions, idsOnPath } from '../../unions/queries.ts';
import { achievementTarget } from '../achievements/achievement.entity.ts';
import { reserveOf } from '../honours/choose-honours.ts';
import type { Category } from '../seasons/category.entity.ts';

const AT_ONCE = 500;

/** An achievement as a candidate of its panel, and the reserve for which it counts. */
export interface NewReviewed extends NewCandidate {
  reserve: number | null;
}

interface Row {
  id: string;
  number: number;
  title: string;
  unionId: string;
  firmUnionId: string;
  firmName: string;
  ownership: string | null;
  firmType: string | null;
  employees: number | null;
}

/**
 * The achievements of a category that may be judged, in the order of their numbers, five hundred at a time. Each comes
 * from the declarer's firm and from the unions and firms of all authors, those of today too. On a blind panel it is
 * known by its title alone.
 */
export async function* readCandidates(
  db: EntityManager,
  { seasonId, number, judging, reserves }: Category,
): AsyncGenerator<NewReviewed[]> {
  for (let after = 0; ; ) {
    const rows: Row[] = await db.query(
      `SELECT a.id, a.number, a.title, a.union_id AS unionId, a.firm_union_id AS firmUnionId, u.name AS firmName,
         a.ownership, a.firm_type AS firmType, f.employees
       FROM achievement a JOIN union_node u ON u.id = a.firm_union_id LEFT JOIN firm f ON f.union_id = a.firm_union_id
       WHERE a.season_id = ? AND a.category_number = ? AND a.state = 'eligible' AND a.number > ?
       ORDER BY a.number LIMIT ?`,
      [seasonId, number, after, AT_ONCE],
    );
    if (rows.length === 0) return;
    const unions = await unionsOfAuthors(db, rows);
    yield rows.map((row) => ({
      ...{ id: row.id, unionId: row.firmUnionId, evidenceOf: achievementTarget(row.id) },
      label: (judging.blind ? row.title : `${row.title}｜${row.firmName}`).slice(0, LONGEST_LABEL),
      otherUnionIds: [row.unionId, ...(unions.get(row.id) ?? [])],
      reserve: reserveOf(reserves, row),
    }));
    after = rows.at(-1)!.number;
  }
}

/** By achievement: the unions of its authors then and now, and the firms in which these are. */
async function unionsOfAuthors(db: EntityManager, achievements: readonly Row[]): Promise<Map<string, string[]>> {
  const rows: { achievementId: string; path: string }[] = await db.query(
    `SELECT o.achievement_id AS achievementId, u.path FROM achievement_author o JOIN member m ON m.id = o.member_id
     JOIN union_node u ON u.id IN (o.union_id, m.union_id) WHERE o.achievement_id IN (?)`,
    [achievements.map(({ id }) => id)],
  );
  const paths = [...new Set(rows.map(({ path }) => path))];
  const above = await findUnions(db, [...new Set(paths.flatMap(idsOnPath))]);
  const enterprises = new Set(above.filter(({ kind }) => kind === 'enterprise').map(({ id }) => id));
  const firms = await firmsOfPaths(db, paths);
  const unionsOn = (path: string) => {
    const ids = idsOnPath(path);
    const [own, enterprise, firm] = [ids.at(-1), ids.findLast((id) => enterprises.has(id)), firms.get(path)?.unionId];
    return [own, enterprise, firm].filter((id) => id !== undefined);
  };
  const groups = groupBy(rows, ({ achievementId }) => achievementId);
  return new Map([...groups].map(([id, ofIt]) => [id, ofIt.flatMap(({ path }) => unionsOn(path))]));
}
