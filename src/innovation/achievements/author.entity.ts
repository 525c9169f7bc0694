import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SkillLevel } from '../../unions/skill/member-skill.entity.ts';

/** What somebody works as: 一线职工, or 专业技术人员. */
export const POSTS = ['worker', 'professional'] as const;
export type Post = (typeof POSTS)[number];

/** That a member is an author of an achievement, with her share of it. */
@Entity('achievement_author')
export class Author {
  @PrimaryColumn('char', { name: 'achievement_id', length: 26 })
  achievementId!: string;

  /** From 1, in the order in which they are named. */
  @PrimaryColumn('int')
  number!: number;

  @Column('char', { name: 'member_id', length: 26 })
  memberId!: string;

  /** In hundredths of a percent; the shares of an achievement add to 10,000. */
  @Column('int')
  share!: number;

  @Column('varchar', { length: 40 })
  post!: Post;

  /** The highest in any trade when it was submitted; null when none was known. */
  @Column('tinyint', { name: 'skill_level', nullable: true })
  skillLevel!: SkillLevel | null;

  /** The author's, when it was submitted. */
  @Column('char', { name: 'union_id', length: 26 })
  unionId!: string;
}
