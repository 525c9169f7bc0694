import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * fill: candidates are added. assign: judges are assigned. start: scoring opens. close: scoring ends and the panel is
 * ranked. rank: it is ranked again. disqualify: so, without one of its candidates.
 */
export const TASK_KINDS = ['fill', 'assign', 'start', 'close', 'rank', 'disqualify'] as const;
export type TaskKind = (typeof TASK_KINDS)[number];

/** What a job does for a panel that is too large for a request: under way, or failed. One that is done has no row. */
@Entity('panel_task')
export class PanelTask {
  @PrimaryColumn('char', { name: 'panel_id', length: 26 })
  panelId!: string;

  @Column('varchar', { length: 40 })
  kind!: TaskKind;

  /** What else was asked, as its kind knows it. */
  @Column('varchar', {
    length: 2000,
    transformer: {
      from: (text: string): object => JSON.parse(text),
      to: (input: object): string => JSON.stringify(input),
    },
  })
  input!: object;

  /** As an actor. */
  @Column('varchar', { name: 'asked_by', length: 60 })
  askedBy!: string;

  @Column('datetime', { name: 'asked_at', precision: 3 })
  askedAt!: Date;

  /** Steps, of `total`. */
  @Column('int')
  done!: number;

  @Column('int')
  total!: number;

  /** When it turned out that it cannot be done; everything is as it was before it was asked. */
  @Column('datetime', { name: 'failed_at', precision: 3, nullable: true })
  failedAt!: Date | null;

  @Column('varchar', { name: 'failure_code', length: 40, nullable: true })
  failureCode!: string | null;

  @Column('varchar', { name: 'failure_zh', length: 1000, nullable: true })
  failureZh!: string | null;

  @Column('varchar', { name: 'failure_en', length: 1000, nullable: true })
  failureEn!: string | null;
}
