import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A grade of honour in a category of a season: 一等奖. Of those honoured the first by rank have the first grade. */
@Entity('season_grade')
export class Grade {
  @PrimaryColumn('char', { name: 'season_id', length: 26 })
  seasonId!: string;

  @PrimaryColumn('int', { name: 'category_number' })
  categoryNumber!: number;

  /** From 1, the highest. */
  @PrimaryColumn('int')
  number!: number;

  @Column('varchar', { length: 60 })
  name!: string;

  /** How many get it. */
  @Column('int')
  places!: number;

  /** As the certificate says it: 大连市职工技术创新成果一等奖. */
  @Column('varchar', { name: 'honour_name', length: 100 })
  honourName!: string;

  /** Whether it is an activity event of the season's programme for each author. */
  @Column('boolean', { name: 'gives_points' })
  givesPoints!: boolean;
}
