import type { EntityManager } from 'typeorm';
import type { BeijingDay } from '../platform/clock.ts';
import type { MemberState } from './member.entity.ts';
import { tagsOf } from './tags.ts';

/** What is known of a member that a rule may ask about. */
export interface MemberFacts {
  /** "/<root>/…/<id of the member's union>/" */
  unionPath: string;
  sex: string | null;
  birthDate: BeijingDay | null;
  /** The day of beginning to work. */
  joinedOn: BeijingDay | null;
  unionJoinedOn: BeijingDay | null;
  /** In order. */
  tags: string[];
  state: MemberState;
}

/** The facts of these members by id; an id of no member has no entry. Two statements, however many. */
export async function memberFacts(db: EntityManager, memberIds: readonly string[]): Promise<Map<string, MemberFacts>> {
  if (memberIds.length === 0) return new Map();
  const rows: (Omit<MemberFacts, 'tags'> & { id: string })[] = await db.query(
    `SELECT m.id, u.path AS unionPath, m.sex, m.birth_date AS birthDate, m.joined_on AS joinedOn,
       m.union_joined_on AS unionJoinedOn, m.state
     FROM member m JOIN union_node u ON u.id = m.union_id WHERE m.id IN (?)`,
    [memberIds],
  );
  const tags = await tagsOf(db, memberIds);
  return new Map(rows.map(({ id, ...facts }) => [id, { ...facts, tags: tags.get(id) ?? [] }]));
}
