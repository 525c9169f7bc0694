import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { BeijingDay } from '../../platform/clock.ts';

export const STUDIO_ROLES = ['leader', 'member'] as const;
export type StudioRole = (typeof STUDIO_ROLES)[number];

/** What the evidence of a leader's standing is attached to, by the id of her part in the studio. */
export function leaderEvidence(partId: string): string {
  return `studio-leader:${partId}`;
}

/** That a member is, or was, part of a studio; of one at a time. Rows are added and left, never deleted. */
@Entity('studio_member')
export class StudioMember {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  @Column('char', { name: 'studio_id', length: 26 })
  studioId!: string;

  @Column('char', { name: 'member_id', length: 26 })
  memberId!: string;

  @Column('varchar', { length: 40 })
  role!: StudioRole;

  /** What a member does there: 工艺设计. Null for the leader. */
  @Column('varchar', { length: 60, nullable: true })
  duty!: string | null;

  @Column('date', { name: 'joined_on' })
  joinedOn!: BeijingDay;

  /** The day of leaving; null while she is part of it. */
  @Column('date', { name: 'left_on', nullable: true })
  leftOn!: BeijingDay | null;

  /** Of a leader who was changed: why. */
  @Column('varchar', { name: 'left_reason', length: 300, nullable: true })
  leftReason!: string | null;
}
