import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An achievement on a version of the list of honours. */
@Entity('season_list_line')
export class ListLine {
  @PrimaryColumn('char', { name: 'season_id', length: 26 })
  seasonId!: string;

  @PrimaryColumn('int')
  version!: number;

  @PrimaryColumn('int', { name: 'category_number' })
  categoryNumber!: number;

  /** In the ranking of the category. */
  @PrimaryColumn('int')
  place!: number;

  @Column('char', { name: 'achievement_id', length: 26 })
  achievementId!: string;

  @Column('int', { name: 'grade_number' })
  gradeNumber!: number;

  /** The reserve, from 1, without which it would not be on the list; null for all others. */
  @Column('int', { name: 'kept_for', nullable: true })
  keptFor!: number | null;

  /** In marks, millionths of 100 for whole scales. */
  @Column('bigint')
  total!: number;

  @Column('char', { name: 'ranking_id', length: 26 })
  rankingId!: string;
}
