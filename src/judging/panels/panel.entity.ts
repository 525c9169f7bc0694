import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a panel judges for: a stage of a competition, a season of innovation. */
export const PANEL_KINDS = ['stage', 'season'] as const;
export type PanelKind = (typeof PANEL_KINDS)[number];

/** preparing: everything can be set. scoring: judges score until the deadline. closed: nobody scores any more. */
export const PANEL_STATES = ['preparing', 'scoring', 'closed'] as const;
export type PanelState = (typeof PANEL_STATES)[number];

/** none: scores count as they are. z_score: by how far they lie from what the same judge usually gives. */
export const NORMALISATIONS = ['none', 'z_score'] as const;
export type Normalisation = (typeof NORMALISATIONS)[number];

export const AGGREGATIONS = ['mean', 'trimmed_mean', 'rank_sum'] as const;
export type Aggregation = (typeof AGGREGATIONS)[number];

/** wait: all judges of a candidate have to score. without: after the deadline as many as are needed suffice. */
export const LATENESS_RULES = ['wait', 'without'] as const;
export type LatenessRule = (typeof LATENESS_RULES)[number];

/** Who stands first of two with the same total: who has more in one criterion, the highest single score, the lower number. */
export type TieBreak = { kind: 'criterion'; number: number } | { kind: 'highest_single' } | { kind: 'earlier_entry' };

/** A panel 评审组: judges who score candidates by criteria. */
@Entity('panel')
export class Panel {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  @Column('char', { name: 'union_id', length: 26 })
  unionId!: string;

  @Column('varchar', { length: 40 })
  kind!: PanelKind;

  /** The stage or season, as the domain whose panel it is knows it. */
  @Column('char', { name: 'subject_id', length: 26 })
  subjectId!: string;

  @Column('varchar', { length: 120 })
  name!: string;

  @Column('varchar', { length: 40 })
  state!: PanelState;

  /** How many judges score each candidate. */
  @Column('int', { name: 'judges_per_entry' })
  judgesPerEntry!: number;

  /** How many of them must have scored it when the rule goes `without` those who are late. */
  @Column('int', { name: 'judges_needed' })
  judgesNeeded!: number;

  /** Whether judges see numbers instead of names. */
  @Column('boolean')
  blind!: boolean;

  @Column('varchar', { length: 40 })
  normalise!: Normalisation;

  @Column('varchar', { length: 40 })
  aggregate!: Aggregation;

  @Column('varchar', { length: 40 })
  late!: LatenessRule;

  /** The instant from which nobody scores any more; null only while it is being prepared. */
  @Column('datetime', { name: 'score_until', precision: 3, nullable: true })
  scoreUntil!: Date | null;

  /** In the order in which they are tried. */
  @Column('varchar', {
    name: 'tie_breaks',
    length: 2000,
    transformer: {
      from: (text: string): TieBreak[] => JSON.parse(text),
      to: (list: readonly TieBreak[]): string => JSON.stringify(list),
    },
  })
  tieBreaks!: TieBreak[];

  /** Candidates are numbered from 1 to this, those who withdrew among them. */
  @Column('int', { name: 'candidate_count' })
  candidateCount!: number;

  /** How many files of objective scores were imported. */
  @Column('int', { name: 'import_count' })
  importCount!: number;

  /** How many versions of its ranking were made. */
  @Column('int', { name: 'ranking_count' })
  rankingCount!: number;

  /** Whether a sheet was declared void, or results were imported, since the newest version was made. */
  @Column('boolean', { name: 'ranking_outdated' })
  rankingOutdated!: boolean;

  @Column('datetime', { name: 'created_at', precision: 3 })
  createdAt!: Date;

  @Column('datetime', { name: 'opened_at', precision: 3, nullable: true })
  openedAt!: Date | null;

  @Column('datetime', { name: 'closed_at', precision: 3, nullable: true })
  closedAt!: Date | null;
}

/** Whether judges may score now. */
export function takesScores({ state, scoreUntil }: Pick<Panel, 'state' | 'scoreUntil'>, now: Date): boolean {
  return state === 'scoring' && scoreUntil !== null && now < scoreUntil;
}
