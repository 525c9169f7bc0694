import { Column, Entity, PrimaryColumn } from 'typeorm';

/** That a studio made an achievement, alone or with others, and its share. */
@Entity('achievement_studio')
export class StudioShare {
  @PrimaryColumn('char', { name: 'achievement_id', length: 26 })
  achievementId!: string;

  @PrimaryColumn('char', { name: 'studio_id', length: 26 })
  studioId!: string;

  /** In hundredths of a percent; those of an achievement add to 10,000. */
  @Column('int')
  share!: number;
}
