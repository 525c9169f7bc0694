import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What the evidence of a studio's plan or report of a year is attached to. */
export function yearEvidence(part: 'plan' | 'report', studioId: string, year: number): string {
  return `studio-${part}:${studioId}:${year}`;
}

/** What a studio plans for a year, and reports of it. */
@Entity('studio_year')
export class StudioYear {
  @PrimaryColumn('char', { name: 'studio_id', length: 26 })
  studioId!: string;

  @PrimaryColumn('smallint')
  year!: number;

  @Column('varchar', { length: 5000 })
  plan!: string;

  @Column('datetime', { name: 'planned_at', precision: 3 })
  plannedAt!: Date;

  /** As an actor. */
  @Column('varchar', { name: 'planned_by', length: 60 })
  plannedBy!: string;

  /** Null before it is given; the plan is fixed from then on. */
  @Column('varchar', { length: 5000, nullable: true })
  report!: string | null;

  @Column('datetime', { name: 'reported_at', precision: 3, nullable: true })
  reportedAt!: Date | null;

  @Column('varchar', { name: 'reported_by', length: 60, nullable: true })
  reportedBy!: string | null;
}
