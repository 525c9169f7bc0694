import { Column, Entity, PrimaryColumn } from 'typeorm';

/** That an achievement is judged in a category, from the opening of the review on. */
@Entity('season_candidate')
export class SeasonCandidate {
  @PrimaryColumn('char', { name: 'achievement_id', length: 26 })
  achievementId!: string;

  @Column('char', { name: 'season_id', length: 26 })
  seasonId!: string;

  @Column('int', { name: 'category_number' })
  categoryNumber!: number;

  /** The first reserve of the category that its firm fitted then, from 1; null for none. */
  @Column('int', { name: 'reserve_number', nullable: true })
  reserveNumber!: number | null;

  /** Why it was taken off; null for what was not. */
  @Column('varchar', { name: 'strike_reason', length: 300, nullable: true })
  strikeReason!: string | null;

  /** As an actor. */
  @Column('varchar', { name: 'struck_by', length: 60, nullable: true })
  struckBy!: string | null;

  @Column('datetime', { name: 'struck_at', precision: 3, nullable: true })
  struckAt!: Date | null;
}
