import type { EntityManager } from 'typeorm';
import { maskName } from '../../identity/personal-data.ts';
import { inHundred } from '../../judging/ranking/marks.ts';
import { LONGEST_DETAIL, LONGEST_LABEL } from '../../notices/limits.ts';
import type { NoticeLine } from '../../notices/notice-line.entity.ts';
import { groupBy } from '../../platform/group-by.ts';
import type { SeasonList } from './season-list.entity.ts';

interface LineRow {
  id: string;
  title: string;
  declarerId: string;
  firmName: string;
  category: string;
  grade: string;
  place: number;
  total: string;
}

type ListVersion = Pick<SeasonList, 'seasonId' | 'version'>;

/** The lines of the notice of a version: category by category, by place, the names of all authors masked. */
export async function noticeLines(
  db: EntityManager,
  list: ListVersion,
): Promise<Pick<NoticeLine, 'label' | 'detail' | 'memberId'>[]> {
  const rows: LineRow[] = await db.query(
    `SELECT a.id, a.title, a.declarer_id AS declarerId, u.name AS firmName, c.name AS category, g.name AS grade, l.place,
       l.total
     FROM season_list_line l JOIN achievement a ON a.id = l.achievement_id JOIN union_node u ON u.id = a.firm_union_id
     JOIN season_category c ON c.season_id = l.season_id AND c.number = l.category_number
     JOIN season_grade g ON g.season_id = l.season_id AND g.category_number = l.category_number
       AND g.number = l.grade_number
     WHERE l.season_id = ? AND l.version = ? ORDER BY l.category_number, l.place`,
    [list.seasonId, list.version],
  );
  const authors = await authorNames(db, list);
  return rows.map(({ id, title, declarerId, firmName, category, grade, place, total }) => {
    const names = authors.get(id)!.map(({ name }) => maskName(name));
    return {
      label: [title, firmName, names.join('、')].join('｜').slice(0, LONGEST_LABEL),
      detail: [category, grade, `第 ${place} 名`, `${inHundred(Number(total))} 分`].join('｜').slice(0, LONGEST_DETAIL),
      memberId: declarerId,
    };
  });
}

async function authorNames(
  db: EntityManager,
  { seasonId, version }: ListVersion,
): Promise<Map<string, { name: string }[]>> {
  const rows: { achievementId: string; name: string }[] = await db.query(
    `SELECT o.achievement_id AS achievementId, m.name FROM season_list_line l
     JOIN achievement_author o ON o.achievement_id = l.achievement_id JOIN member m ON m.id = o.member_id
     WHERE l.season_id = ? AND l.version = ? ORDER BY o.achievement_id, o.number`,
    [seasonId, version],
  );
  return groupBy(rows, ({ achievementId }) => achievementId);
}
