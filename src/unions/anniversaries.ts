import type { EntityManager } from 'typeorm';
import type { BeijingDay } from '../platform/clock.ts';

/** Which day of a member's life: birth, beginning to work (`joinedOn`), joining the union (`unionJoinedOn`). */
export type MemberDay = 'birth' | 'joined' | 'unionJoined';

const DAYS: Record<MemberDay, { column: string; monthDay: string; index: string }> = {
  birth: { column: 'birth_date', monthDay: 'birth_month_day', index: 'member_birth_month_day' },
  joined: { column: 'joined_on', monthDay: 'joined_month_day', index: 'member_joined_month_day' },
  unionJoined: {
    column: 'union_joined_on',
    monthDay: 'union_joined_month_day',
    index: 'member_union_joined_month_day',
  },
};

export interface AnniversaryQuery {
  date: MemberDay;
  /** Days of the year as month × 100 + day: 301 is the 1st of March. In years without it, ask for 229 with 228. */
  monthDays: readonly number[];
  /** The top of the branch, "/<root>/…/<id>/". */
  unionPath: string;
  /** The last id of the page before; empty for the first. */
  after: string;
  limit: number;
}

export interface Anniversary {
  id: string;
  unionPath: string;
  /** The day itself, with its year. */
  date: BeijingDay;
}

/**
 * Members of a branch who were born, began to work or joined the union on one of these days of some year, in order of
 * id; those who left are passed over. One statement, which reads the members of those days only.
 */
export async function membersOfMonthDay(
  db: EntityManager,
  { date, monthDays, unionPath, after, limit }: AnniversaryQuery,
): Promise<Anniversary[]> {
  if (monthDays.length === 0) return [];
  const { column, monthDay, index } = DAYS[date];
  // A part for each day, because only within one day the index has the members in order of id. The hints keep a server
  // that thinks the branch small from reading the branch first and sorting.
  const one = `(SELECT STRAIGHT_JOIN m.id, u.path AS unionPath, m.${column} AS date
    FROM member m FORCE INDEX (${index}) JOIN union_node u FORCE INDEX (PRIMARY) ON u.id = m.union_id
    WHERE m.${monthDay} = ? AND m.id > ? AND m.state <> 'left' AND u.path LIKE ? ORDER BY m.id LIMIT ?)`;
  const days = [...new Set(monthDays)];
  return db.query(`${days.map(() => one).join(' UNION ALL ')} ORDER BY id LIMIT ?`, [
    ...days.flatMap((day) => [day, after, `${unionPath}%`, limit]),
    limit,
  ]);
}

export interface ChangesQuery {
  /** Inclusive. */
  since: Date;
  /** Exclusive. */
  until: Date;
  /** The top of the branch, "/<root>/…/<id>/". */
  unionPath: string;
  /** Where the page before ended; undefined for the first. */
  after: { updatedAt: Date; id: string } | undefined;
  limit: number;
}

export interface ChangedMember {
  id: string;
  unionPath: string;
  birthDate: BeijingDay | null;
  joinedOn: BeijingDay | null;
  unionJoinedOn: BeijingDay | null;
  updatedAt: Date;
}

/**
 * Members of a branch who were enrolled, or whose dates, union, state or other data last changed in that time, in order
 * of change; those who left are passed over. A change bears the instant at which its transaction began and shows when it
 * commits: whoever asks for one stretch of time after the other begins each some minutes before the last one's end.
 */
export async function membersChangedSince(
  db: EntityManager,
  { since, until, unionPath, after, limit }: ChangesQuery,
): Promise<ChangedMember[]> {
  const from = after ?? { updatedAt: since, id: '' };
  return db.query(
    `SELECT STRAIGHT_JOIN m.id, u.path AS unionPath, m.birth_date AS birthDate, m.joined_on AS joinedOn,
       m.union_joined_on AS unionJoinedOn, m.updated_at AS updatedAt
     FROM member m FORCE INDEX (member_updated) JOIN union_node u FORCE INDEX (PRIMARY) ON u.id = m.union_id
     WHERE m.updated_at >= ? AND m.updated_at < ? AND (m.updated_at > ? OR m.id > ?)
       AND m.state <> 'left' AND u.path LIKE ?
     ORDER BY m.updated_at, m.id LIMIT ?`,
    [from.updatedAt, until, from.updatedAt, from.id, `${unionPath}%`, limit],
  );
}
