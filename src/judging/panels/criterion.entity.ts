import { Column, Entity, PrimaryColumn } from 'typeorm';

/** judged: each judge gives a score. objective: one score from a file of results. */
export const CRITERION_KINDS = ['judged', 'objective'] as const;
export type CriterionKind = (typeof CRITERION_KINDS)[number];

/** A criterion of a panel. */
@Entity('panel_criterion')
export class Criterion {
  @PrimaryColumn('char', { name: 'panel_id', length: 26 })
  panelId!: string;

  /** 1 for the first. */
  @PrimaryColumn('smallint')
  number!: number;

  @Column('varchar', { length: 80 })
  name!: string;

  /** What is looked at; may be empty. */
  @Column('varchar', { length: 500 })
  about!: string;

  @Column('varchar', { length: 40 })
  kind!: CriterionKind;

  /** In hundredths of a percent; those of a panel make 10,000. */
  @Column('int')
  weight!: number;

  /** In thousandths. */
  @Column('int', { name: 'scale_min' })
  scaleMin!: number;

  /** In thousandths. */
  @Column('int', { name: 'scale_max' })
  scaleMax!: number;

  /** What evidence the candidates are asked for; may be empty. */
  @Column('varchar', { name: 'evidence_asked', length: 300 })
  evidenceAsked!: string;
}
