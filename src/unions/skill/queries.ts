import { type EntityManager, In } from 'typeorm';
import { groupBy } from '../../platform/group-by.ts';
import { MemberSkill } from './member-skill.entity.ts';

/** The highest level of these members in each trade, the highest first; a member of whom none is known has no entry. */
export async function skillsOf(db: EntityManager, memberIds: readonly string[]): Promise<Map<string, MemberSkill[]>> {
  const rows = await db.find(MemberSkill, {
    where: { memberId: In([...memberIds]) },
    order: { level: 'DESC', since: 'ASC', trade: 'ASC' },
  });
  const highest = [...groupBy(rows, ({ memberId, trade }) => `${memberId} ${trade}`).values()].map(([first]) => first!);
  return groupBy(highest, ({ memberId }) => memberId);
}

/** The highest level of these members in any trade; of two the one reached first. */
export async function highestSkill(db: EntityManager, memberIds: readonly string[]): Promise<Map<string, MemberSkill>> {
  const skills = await skillsOf(db, memberIds);
  return new Map([...skills].map(([id, [first]]) => [id, first!]));
}
