import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The standing of who leads a studio: 劳动模范, 工匠, 高技能人才. */
export const LEADER_KINDS = ['model_worker', 'craftsman', 'skilled_worker'] as const;
export type LeaderKind = (typeof LEADER_KINDS)[number];

/** dissolved: for good; what it was stays visible. */
export const STUDIO_STATES = ['active', 'dissolved'] as const;
export type StudioState = (typeof STUDIO_STATES)[number];

/** An innovation studio (创新工作室) at a firm. */
@Entity('studio')
export class Studio {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  /** The union at whose firm it is. */
  @Column('char', { name: 'union_id', length: 26 })
  unionId!: string;

  @Column('varchar', { length: 60 })
  name!: string;

  /** What it works on: 焊接. Compared exactly. */
  @Column('varchar', { length: 40 })
  field!: string;

  /** Where it is. */
  @Column('varchar', { length: 200 })
  premises!: string;

  @Column('varchar', { length: 2000 })
  about!: string;

  /** The standing of whoever leads it now. */
  @Column('varchar', { name: 'leader_kind', length: 40 })
  leaderKind!: LeaderKind;

  @Column('varchar', { length: 40 })
  state!: StudioState;

  @Column('datetime', { name: 'created_at', precision: 3 })
  createdAt!: Date;

  @Column('datetime', { name: 'dissolved_at', precision: 3, nullable: true })
  dissolvedAt!: Date | null;

  @Column('varchar', { name: 'dissolve_reason', length: 300, nullable: true })
  dissolveReason!: string | null;
}
