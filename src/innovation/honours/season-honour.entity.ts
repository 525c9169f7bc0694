import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { BeijingDay } from '../../platform/clock.ts';

/** That an achievement was honoured, by its place in a list that is final. Once for each; honours never change. */
@Entity('season_honour')
export class SeasonHonour {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  @Column('char', { name: 'season_id', length: 26 })
  seasonId!: string;

  @Column('int', { name: 'category_number' })
  categoryNumber!: number;

  @Column('char', { name: 'achievement_id', length: 26 })
  achievementId!: string;

  /** Of the list by which it was given. */
  @Column('int', { name: 'list_version' })
  listVersion!: number;

  @Column('int', { name: 'grade_number' })
  gradeNumber!: number;

  /** In the ranking of its category. */
  @Column('int')
  place!: number;

  @Column('char', { name: 'ranking_id', length: 26 })
  rankingId!: string;

  /** Of its certificate, which nobody can guess. */
  @Column('varchar', { name: 'honour_number', length: 30 })
  honourNumber!: string;

  @Column('date', { name: 'honoured_on' })
  honouredOn!: BeijingDay;

  @Column('datetime', { name: 'honoured_at', precision: 3 })
  honouredAt!: Date;
}
