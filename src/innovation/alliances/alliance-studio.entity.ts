import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { BeijingDay } from '../../platform/clock.ts';

/** That a studio is, or was, a member of an alliance. Rows are added and left, never deleted. */
@Entity('alliance_studio')
export class AllianceStudio {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  @Column('char', { name: 'alliance_id', length: 26 })
  allianceId!: string;

  @Column('char', { name: 'studio_id', length: 26 })
  studioId!: string;

  @Column('date', { name: 'joined_on' })
  joinedOn!: BeijingDay;

  /** The day of leaving; null while it is a member. */
  @Column('date', { name: 'left_on', nullable: true })
  leftOn!: BeijingDay | null;
}
