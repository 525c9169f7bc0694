import { Column, Entity, PrimaryColumn } from 'typeorm';

/** draft: the judge is at it. submitted: it counts. void: it counts no more, and another may be submitted. */
export type SheetState = 'draft' | 'submitted' | 'void';

/** What a judge gives in thousandths, by the criterion's number. */
export type Scores = ReadonlyMap<number, number>;

/** A score sheet 评分表: what one judge gives one candidate. The scores of one that was submitted are rows of panel_score. */
@Entity('panel_sheet')
export class Sheet {
  @PrimaryColumn('char', { name: 'panel_id', length: 26 })
  panelId!: string;

  @PrimaryColumn('char', { name: 'candidate_id', length: 26 })
  candidateId!: string;

  @PrimaryColumn('char', { name: 'judge_id', length: 26 })
  judgeId!: string;

  /** 1, and one more for each of the same that was declared void. */
  @PrimaryColumn('smallint')
  number!: number;

  @Column('varchar', { length: 40 })
  state!: SheetState;

  /** What was saved so far; null once it is submitted. */
  @Column('varchar', {
    length: 2000,
    nullable: true,
    transformer: {
      from: (text: string | null): Scores | null => (text === null ? null : scoresFromText(text)),
      to: (scores: Scores | null): string | null => (scores === null ? null : scoresToText(scores)),
    },
  })
  draft!: Scores | null;

  @Column('datetime', { name: 'saved_at', precision: 3 })
  savedAt!: Date;

  @Column('datetime', { name: 'submitted_at', precision: 3, nullable: true })
  submittedAt!: Date | null;

  /** The first version of the ranking in which it counts. */
  @Column('int', { name: 'counts_from', nullable: true })
  countsFrom!: number | null;

  @Column('datetime', { name: 'voided_at', precision: 3, nullable: true })
  voidedAt!: Date | null;

  /** As an actor. */
  @Column('varchar', { name: 'voided_by', length: 60, nullable: true })
  voidedBy!: string | null;

  @Column('varchar', { name: 'void_reason', length: 300, nullable: true })
  voidReason!: string | null;

  /** The last version of the ranking in which it counts; null while it goes on counting. */
  @Column('int', { name: 'counts_to', nullable: true })
  countsTo!: number | null;
}

/** How a draft is kept. */
export function scoresToText(scores: Scores): string {
  return JSON.stringify([...scores]);
}

export function scoresFromText(text: string): Scores {
  return new Map(JSON.parse(text) as [number, number][]);
}
