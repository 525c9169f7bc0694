import type { EntityManager } from 'typeorm';
import type { SkillLevel } from '../../unions/skill/member-skill.entity.ts';
import { ofBranches } from './scope.ts';

/** From this level on somebody is highly skilled: 高级工. */
const HIGHLY_SKILLED: SkillLevel = 3;

/** So many authors have this as their highest level; null for those of whom none was known. */
export interface LevelCount {
  level: SkillLevel | null;
  authors: number;
}

/** Who made what was declared in a season, each once, by the highest level that was known of her on submission. */
export interface AuthorCounts {
  authors: number;
  highlySkilled: number;
  /** The lowest level first, those without any last. */
  byLevel: LevelCount[];
}

/** Counts the authors of the entries of a season in branches; one statement. */
export async function countAuthors(
  db: EntityManager,
  seasonId: string,
  branches: readonly string[] | null,
): Promise<AuthorCounts> {
  const { sql, params } = ofBranches('a.union_id', branches);
  const rows = await db.query<{ level: SkillLevel | null; authors: string }[]>(
    `SELECT level, COUNT(*) AS authors
     FROM (SELECT w.member_id, MAX(w.skill_level) AS level
           FROM achievement a FORCE INDEX (achievement_for_figures)
           JOIN achievement_author w ON w.achievement_id = a.id
           WHERE a.season_id = ? AND a.state NOT IN ('draft', 'withdrawn') ${sql}
           GROUP BY w.member_id) person
     GROUP BY level ORDER BY level IS NULL, level`,
    [seasonId, ...params],
  );
  const byLevel = rows.map(({ level, authors }) => ({ level, authors: Number(authors) }));
  const sum = (some: readonly LevelCount[]) => some.reduce((total, { authors }) => total + authors, 0);
  const highlySkilled = byLevel.filter(({ level }) => level !== null && level >= HIGHLY_SKILLED);
  return { authors: sum(byLevel), highlySkilled: sum(highlySkilled), byLevel };
}
