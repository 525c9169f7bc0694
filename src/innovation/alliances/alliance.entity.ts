import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { BeijingDay } from '../../platform/clock.ts';

export const ALLIANCE_STATES = ['active', 'ended'] as const;
export type AllianceState = (typeof ALLIANCE_STATES)[number];

/** An alliance (联盟) of studios: one that leads, and its members. */
@Entity('alliance')
export class Alliance {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  /** The union in whose branch all its studios are. */
  @Column('char', { name: 'union_id', length: 26 })
  unionId!: string;

  @Column('varchar', { length: 60 })
  name!: string;

  /** What it works on. Compared exactly. */
  @Column('varchar', { length: 40 })
  field!: string;

  /** None of its member studios. */
  @Column('char', { name: 'lead_studio_id', length: 26 })
  leadStudioId!: string;

  @Column('date', { name: 'founded_on' })
  foundedOn!: BeijingDay;

  @Column('varchar', { length: 40 })
  state!: AllianceState;

  @Column('date', { name: 'ended_on', nullable: true })
  endedOn!: BeijingDay | null;

  @Column('varchar', { name: 'end_reason', length: 300, nullable: true })
  endReason!: string | null;

  @Column('datetime', { name: 'created_at', precision: 3 })
  createdAt!: Date;
}
