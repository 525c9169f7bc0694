import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How a stage is run, from its opening on. */
@Entity('stage_run')
export class StageRun {
  @PrimaryColumn('char', { name: 'stage_id', length: 26 })
  stageId!: string;

  @Column('char', { name: 'panel_id', length: 26 })
  panelId!: string;

  /** The newest version of its ranking. */
  @Column('char', { name: 'ranking_id', length: 26, nullable: true })
  rankingId!: string | null;

  /** The newest version of it that was put in public view. */
  @Column('char', { name: 'notice_id', length: 26, nullable: true })
  noticeId!: string | null;

  @Column('datetime', { name: 'opened_at', precision: 3 })
  openedAt!: Date;

  /** As an actor. */
  @Column('varchar', { name: 'opened_by', length: 60 })
  openedBy!: string;

  /** Why its scoring goes on after a ranking was made; null otherwise. */
  @Column('varchar', { name: 'reopened_for', length: 300, nullable: true })
  reopenedFor!: string | null;

  @Column('datetime', { name: 'final_at', precision: 3, nullable: true })
  finalAt!: Date | null;
}
