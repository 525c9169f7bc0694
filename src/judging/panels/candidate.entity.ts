import { Column, Entity, PrimaryColumn } from 'typeorm';

export type CandidateState = 'in' | 'withdrawn';

/** A candidate of a panel: an entry of a competition, an achievement. */
@Entity('panel_candidate')
export class Candidate {
  @PrimaryColumn('char', { name: 'panel_id', length: 26 })
  panelId!: string;

  /** The id of the entry or achievement. */
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  /** The union of the firm: judges who are near to it do not judge the candidate. */
  @Column('char', { name: 'union_id', length: 26 })
  unionId!: string;

  /** As judges read it where the panel is not blind. */
  @Column('varchar', { length: 200 })
  label!: string;

  /** What the evidence for the judges is attached to, as a target of evidence; null when there is none. */
  @Column('varchar', { name: 'evidence_of', length: 60, nullable: true })
  evidenceOf!: string | null;

  /** In the order of adding, 1 for the first. */
  @Column('int')
  number!: number;

  /** What judges of a blind panel see instead; drawn when scoring opens. */
  @Column('int', { name: 'blind_number', nullable: true })
  blindNumber!: number | null;

  @Column('varchar', { length: 40 })
  state!: CandidateState;

  /** The last version of the ranking in which one who withdrew stands; 0 for none. */
  @Column('int', { name: 'counts_to', nullable: true })
  countsTo!: number | null;
}
