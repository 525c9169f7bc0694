import type { EntityManager } from 'typeorm';
import { NAMING_LEVELS, type NamingLevel } from '../naming/naming.entity.ts';

/** How many values of a field or tag figures show, the most frequent first. */
export const VALUES_SHOWN = 100;

/** How many studios there are of one field or with one tag. */
export interface StudioCount {
  value: string;
  studios: number;
  /** Those of them that bear a name now. */
  named: number;
}

/** How many studios a branch has now. Those that are dissolved do not count. */
export interface StudioFigures {
  studios: number;
  /** Of any level, each once. */
  named: number;
  /** How many bear a name of each level, the lowest first; one of two levels counts in both. */
  byLevel: { level: NamingLevel; named: number }[];
  byField: StudioCount[];
  byTag: StudioCount[];
  alliances: number;
  /** In alliances, leading ones too, each once. */
  alliedStudios: number;
}

/** Counts the studios and alliances of the branch whose top has this path. Five statements. */
export async function countStudios(db: EntityManager, path: string): Promise<StudioFigures> {
  const branch = `${path}%`;
  const [whole] = await db.query<{ studios: string; named: string }[]>(
    `SELECT COUNT(*) AS studios, COALESCE(SUM(${NAMED}), 0) AS named ${STUDIOS}`,
    [branch],
  );
  const levels: { level: NamingLevel; named: string }[] = await db.query(
    `SELECT n.level, COUNT(*) AS named FROM studio_naming n JOIN studio s ON s.id = n.studio_id
     JOIN union_node u ON u.id = s.union_id WHERE u.path LIKE ? AND n.is_named = 1 GROUP BY n.level`,
    [branch],
  );
  const atLevel = new Map(levels.map(({ level, named }) => [level, Number(named)]));
  const byField = await countBy(db, 's.field', `${STUDIOS}`, branch);
  const byTag = await countBy(
    db,
    't.tag',
    STUDIOS.replace('WHERE', 'JOIN studio_tag t ON t.studio_id = s.id WHERE'),
    branch,
  );
  const [allied] = await db.query<{ alliances: string; studios: string }[]>(
    `SELECT COUNT(DISTINCT a.id) AS alliances, COUNT(DISTINCT i.studio_id) AS studios
     FROM alliance a JOIN union_node u ON u.id = a.union_id
     JOIN (SELECT id AS alliance_id, lead_studio_id AS studio_id FROM alliance
       UNION ALL SELECT alliance_id, studio_id FROM alliance_studio WHERE left_on IS NULL) i ON i.alliance_id = a.id
     WHERE u.path LIKE ? AND a.state = 'active'`,
    [branch],
  );
  return {
    studios: Number(whole!.studios),
    named: Number(whole!.named),
    byLevel: NAMING_LEVELS.map((level) => ({ level, named: atLevel.get(level) ?? 0 })),
    ...{ byField, byTag, alliances: Number(allied!.alliances), alliedStudios: Number(allied!.studios) },
  };
}

const NAMED = 'EXISTS (SELECT 1 FROM studio_naming n WHERE n.studio_id = s.id AND n.is_named = 1)';
const STUDIOS = "FROM studio s JOIN union_node u ON u.id = s.union_id WHERE u.path LIKE ? AND s.state = 'active'";

async function countBy(db: EntityManager, column: string, from: string, branch: string): Promise<StudioCount[]> {
  const rows: { value: string; studios: string; named: string }[] = await db.query(
    `SELECT ${column} AS value, COUNT(*) AS studios, SUM(${NAMED}) AS named ${from}
     GROUP BY ${column} ORDER BY studios DESC, value LIMIT ${VALUES_SHOWN}`,
    [branch],
  );
  return rows.map(({ value, studios, named }) => ({ value, studios: Number(studios), named: Number(named) }));
}
