import { LONGEST_DETAIL, LONGEST_LABEL } from '../../../notices/limits.ts';
import type { NewNotice } from '../../../notices/publish-notice.ts';
import { insertRows } from '../../../platform/db/sql.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import type { LeaderKind } from '../studio.entity.ts';
import { LEVEL_IN_WORDS } from './levels.ts';
import type { NamingRound } from './round.entity.ts';

const KIND_IN_WORDS: Record<LeaderKind, string> = {
  model_worker: '劳动模范',
  craftsman: '工匠',
  skilled_worker: '高技能人才',
};

interface ListedStudio {
  namingId: string;
  name: string;
  field: string;
  leaderKind: LeaderKind;
  unionName: string;
  memberId: string;
  leader: string;
}

/**
 * The lines of the notice of a list, one for each of these namings in their order. A studio is honoured by the name of
 * its leader, so that stands there in full.
 */
export async function listLines(tx: Tx, namingIds: readonly string[]): Promise<NewNotice['lines']> {
  const rows: ListedStudio[] = await tx.query(
    `SELECT n.id AS namingId, s.name, s.field, s.leader_kind AS leaderKind, u.name AS unionName,
       m.id AS memberId, m.name AS leader
     FROM studio_naming n JOIN studio s ON s.id = n.studio_id JOIN union_node u ON u.id = s.union_id
     JOIN studio_member p ON p.studio_id = s.id AND p.is_leader = 1 JOIN member m ON m.id = p.member_id
     WHERE n.id IN (?)`,
    [namingIds],
  );
  const found = new Map(rows.map((row) => [row.namingId, row]));
  return namingIds.map((id) => {
    const { name, unionName, leader, leaderKind, field, memberId } = found.get(id)!;
    const detail = `领衔人：${leader}（${KIND_IN_WORDS[leaderKind]}）｜${field}`;
    return {
      label: `${name}｜${unionName}`.slice(0, LONGEST_LABEL),
      detail: detail.slice(0, LONGEST_DETAIL),
      memberId,
    };
  });
}

/** Writes down which naming each line of a version shows. */
export async function recordLines(tx: Tx, noticeId: string, namingIds: readonly string[]): Promise<void> {
  await insertRows(
    tx,
    'naming_line',
    ['notice_id', 'number', 'naming_id'],
    namingIds.map((id, i) => [noticeId, i + 1, id]),
  );
}

/** What whoever reads a list must know of it; with the reason why this version differs from the one before. */
export function aboutList(
  { level, termMonths }: Pick<NamingRound, 'level' | 'termMonths'>,
  count: number,
  reason: string | null,
): string {
  return [
    `拟命名${LEVEL_IN_WORDS[level]}创新工作室 ${count} 个，任期 ${termMonths} 个月，自公示结束生效之日起计算。`,
    ...(reason === null ? [] : [`更正原因：${reason}`]),
  ].join('\n');
}
