import type { EntityManager } from 'typeorm';
import { maskName } from '../../identity/personal-data.ts';
import { inHundred } from '../../judging/ranking/marks.ts';
import { LONGEST_DETAIL, LONGEST_LABEL } from '../../notices/limits.ts';
import type { NoticeLine } from '../../notices/notice-line.entity.ts';
import type { Entrant } from '../plan/competition.entity.ts';
import { LAST_PLACE } from '../plan/limits.ts';

interface PlaceRow {
  place: number;
  total: string;
  name: string;
  kind: Entrant;
  unionName: string;
  memberId: string | null;
  award: string | null;
}

/** The lines of the notice of a ranking: its places in order, as many as an award can reach, people's names masked. */
export async function placeLines(
  db: EntityManager,
  stageId: string,
  rankingId: string,
): Promise<Pick<NoticeLine, 'label' | 'detail' | 'memberId'>[]> {
  const rows: PlaceRow[] = await db.query(
    `SELECT p.place, p.total, e.name, e.kind, u.name AS unionName, m.member_id AS memberId, a.name AS award
     FROM ranking_place p JOIN entry e ON e.id = p.candidate_id JOIN union_node u ON u.id = e.union_id
     LEFT JOIN entry_member m ON m.entry_id = e.id AND m.is_in = 1 AND e.kind = 'individual'
     LEFT JOIN competition_award a
       ON a.competition_id = e.competition_id AND a.stage_id = ? AND p.place BETWEEN a.from_place AND a.to_place
     WHERE p.ranking_id = ? AND p.place <= ? ORDER BY p.place`,
    [stageId, rankingId, LAST_PLACE],
  );
  return rows.map(({ place, total, name, kind, unionName, memberId, award }) => {
    const known = kind === 'individual' ? maskName(name) : name;
    const label = kind === 'firm' ? known : `${known}｜${unionName}`;
    const detail = [`第 ${place} 名`, `${inHundred(Number(total))} 分`, ...(award === null ? [] : [award])].join('｜');
    return { label: label.slice(0, LONGEST_LABEL), detail: detail.slice(0, LONGEST_DETAIL), memberId };
  });
}
