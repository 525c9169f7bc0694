import type { EntityManager } from 'typeorm';
import type { BeijingDay } from '../../platform/clock.ts';
import { MemberChild } from './member-child.entity.ts';

/** The children of a member whom the member has declared, in the order of declaring; ten at the most. */
export async function childrenOf(db: EntityManager, memberId: string): Promise<MemberChild[]> {
  return db.find(MemberChild, { where: { memberId }, order: { id: 'ASC' } });
}

export interface ChildrenQuery {
  /** The first and the last birth date, both inclusive. */
  from: BeijingDay;
  to: BeijingDay;
  /** The top of the branch, "/<root>/…/<id>/". */
  unionPath: string;
  /** The last child's id of the page before; empty for the first. */
  after: string;
  limit: number;
}

export interface BornChild {
  childId: string;
  memberId: string;
  unionPath: string;
  birthDate: BeijingDay;
}

/**
 * Confirmed children of a branch's members who were born within these days, in order of the child's id; those of
 * members who left are passed over. One statement, which reads the children of those days only.
 */
export async function childrenBornBetween(
  db: EntityManager,
  { from, to, unionPath, after, limit }: ChildrenQuery,
): Promise<BornChild[]> {
  return db.query(
    `SELECT STRAIGHT_JOIN c.id AS childId, c.member_id AS memberId, u.path AS unionPath, c.birth_date AS birthDate
     FROM member_child c FORCE INDEX (member_child_born)
     JOIN member m ON m.id = c.member_id JOIN union_node u FORCE INDEX (PRIMARY) ON u.id = m.union_id
     WHERE c.birth_date BETWEEN ? AND ? AND c.id > ? AND c.state = 'confirmed' AND m.state <> 'left' AND u.path LIKE ?
     ORDER BY c.id LIMIT ?`,
    [from, to, after, `${unionPath}%`, limit],
  );
}
