import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { RankingTerms } from './terms.ts';

/** provisional: may be superseded. superseded: a new version took its place. final: it stands. */
export const RANKING_STATES = ['provisional', 'superseded', 'final'] as const;
export type RankingState = (typeof RANKING_STATES)[number];

/** A version of the ranking 排名 of a panel. A new version is another row; what this one says never changes. */
@Entity('ranking')
export class Ranking {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  @Column('char', { name: 'panel_id', length: 26 })
  panelId!: string;

  /** 1 for the first. */
  @Column('int')
  version!: number;

  @Column('varchar', { length: 40 })
  state!: RankingState;

  /** As they were when it was made. */
  @Column('text', {
    transformer: {
      from: (text: string): RankingTerms => JSON.parse(text),
      to: (terms: RankingTerms): string => JSON.stringify(terms),
    },
  })
  terms!: RankingTerms;

  /** With z_score what normalised the scores of each judge: JSON, read where it is asked for; else null. */
  @Column('mediumtext', { nullable: true, select: false })
  measures!: string | null;

  /** SHA-256 of the scores of which it was made, see `scoresInWords`. */
  @Column('binary', { name: 'scores_hash', length: 32 })
  scoresHash!: Buffer;

  /** Places are numbered from 1 to this. */
  @Column('int', { name: 'candidate_count' })
  candidateCount!: number;

  @Column('int', { name: 'score_count' })
  scoreCount!: number;

  /** Why the version before it was not left to stand; null for the first. */
  @Column('varchar', { length: 300, nullable: true })
  reason!: string | null;

  @Column('datetime', { name: 'made_at', precision: 3 })
  madeAt!: Date;

  /** As an actor. */
  @Column('varchar', { name: 'made_by', length: 60 })
  madeBy!: string;

  /** When it was provisional no longer. */
  @Column('datetime', { name: 'settled_at', precision: 3, nullable: true })
  settledAt!: Date | null;
}
