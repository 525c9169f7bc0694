import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { BeijingDay } from '../../platform/clock.ts';

/** 1 is 初级工, 2 中级工, 3 高级工, 4 技师, 5 高级技师. */
export type SkillLevel = 1 | 2 | 3 | 4 | 5;
export const HIGHEST_SKILL: SkillLevel = 5;

/** How a level came to be known: an admin recorded it, a competition raised it, or it came with a file. */
export type SkillSource = 'declared' | 'competition' | 'import';

/** A level of skill that a member reached in a trade. Levels are added and stay; the highest of a trade counts. */
@Entity('member_skill')
export class MemberSkill {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  @Column('char', { name: 'member_id', length: 26 })
  memberId!: string;

  /** 数控车工. */
  @Column('varchar', { length: 40 })
  trade!: string;

  @Column('tinyint')
  level!: SkillLevel;

  @Column('date')
  since!: BeijingDay;

  @Column('varchar', { length: 40 })
  source!: SkillSource;

  /** What gave it, as the domain that recorded it knows it; null for what was declared. */
  @Column('char', { name: 'cause_id', length: 26, nullable: true })
  causeId!: string | null;

  @Column('datetime', { name: 'recorded_at', precision: 3 })
  recordedAt!: Date;
}
