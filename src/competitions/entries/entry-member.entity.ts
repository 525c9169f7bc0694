import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SkillLevel } from '../../unions/skill/member-skill.entity.ts';

export const ENTRY_ROLES = ['captain', 'member', 'substitute'] as const;

/** captain: of a team. member: also who enters alone, and who takes part for a firm. substitute: stands by. */
export type EntryRole = (typeof ENTRY_ROLES)[number];

/** That a member is, or was, part of an entry. Rows are added and left, never deleted. */
@Entity('entry_member')
export class EntryMember {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  @Column('char', { name: 'entry_id', length: 26 })
  entryId!: string;

  @Column('char', { name: 'competition_id', length: 26 })
  competitionId!: string;

  @Column('char', { name: 'member_id', length: 26 })
  memberId!: string;

  @Column('varchar', { length: 40 })
  role!: EntryRole;

  @Column('varchar', { length: 40, nullable: true })
  sex!: string | null;

  /** On the day of coming in. */
  @Column('smallint', { nullable: true })
  age!: number | null;

  /** In the trade of the division or competition, on that day. */
  @Column('tinyint', { name: 'skill_level', nullable: true })
  skillLevel!: SkillLevel | null;

  @Column('datetime', { name: 'joined_at', precision: 3 })
  joinedAt!: Date;

  /** When the entry was withdrawn or somebody came in her place; null while she is part of it. */
  @Column('datetime', { name: 'left_at', precision: 3, nullable: true })
  leftAt!: Date | null;
}
