import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Where an entry of a live stage stands. */
export interface Standing {
  /** 1 for the first. */
  place: number;
  entryId: string;
  name: string;
  /** In marks, as rankings have it. */
  total: number;
}

/** How a live stage stands: one row, made anew when scores came in, so that it costs nothing to ask for it. */
@Entity('scoreboard')
export class Scoreboard {
  @PrimaryColumn('char', { name: 'stage_id', length: 26 })
  stageId!: string;

  /** One more for each change. */
  @Column('int')
  version!: number;

  /** The first hundred of those who have all the scores that they need. */
  @Column('text', {
    transformer: {
      from: (text: string): Standing[] => JSON.parse(text),
      to: (standings: readonly Standing[]): string => JSON.stringify(standings),
    },
  })
  standings!: Standing[];

  @Column('int', { name: 'candidate_count' })
  candidateCount!: number;

  /** How many have all the scores that they need. */
  @Column('int', { name: 'scored_count' })
  scoredCount!: number;

  /** Of which scores it was made. */
  @Column('varchar', { length: 100 })
  seen!: string;

  @Column('datetime', { name: 'made_at', precision: 3 })
  madeAt!: Date;
}
