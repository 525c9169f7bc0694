import DataLoader from 'dataloader';
import type { Deps } from '../../platform/deps.ts';
import type { MemberSkill } from './member-skill.entity.ts';
import { skillsOf } from './queries.ts';

/** The highest level of a member in each trade, the highest first, by the member's id. */
export function skillsLoader({ db }: Deps): DataLoader<string, MemberSkill[]> {
  return new DataLoader(async (memberIds) => {
    const skills = await skillsOf(db.manager, memberIds);
    return memberIds.map((id) => skills.get(id) ?? []);
  });
}
