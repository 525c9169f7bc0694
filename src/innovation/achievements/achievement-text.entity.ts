import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What an achievement says, as it was submitted once, or as it is being written. What was submitted is never changed. */
@Entity('achievement_text')
export class AchievementText {
  @PrimaryColumn('char', { name: 'achievement_id', length: 26 })
  achievementId!: string;

  /** From 1. */
  @PrimaryColumn('int')
  version!: number;

  @Column('varchar', { length: 100 })
  title!: string;

  @Column('varchar', { length: 500 })
  summary!: string;

  @Column('text')
  text!: string;

  @Column('datetime', { name: 'written_at', precision: 3 })
  writtenAt!: Date;

  /** As an actor. */
  @Column('varchar', { name: 'written_by', length: 40 })
  writtenBy!: string;
}
