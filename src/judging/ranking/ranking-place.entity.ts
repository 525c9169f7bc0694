import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PlaceDetail } from './detail.ts';
import type { Decider } from './rank.ts';

/** A place 名次 in a version of a ranking. */
@Entity('ranking_place')
export class RankingPlace {
  @PrimaryColumn('char', { name: 'ranking_id', length: 26 })
  rankingId!: string;

  /** 1 for the first; no two share one. */
  @PrimaryColumn('int')
  place!: number;

  @Column('char', { name: 'candidate_id', length: 26 })
  candidateId!: string;

  /** In marks, millionths of 100 for whole scales. */
  @Column('bigint')
  total!: number;

  /** What put it behind the one above it; null when that one has a higher total. */
  @Column('varchar', {
    name: 'decided_by',
    length: 60,
    nullable: true,
    transformer: {
      from: (text: string | null): Decider | null => (text === null ? null : JSON.parse(text)),
      to: (decider: Decider | null): string | null => (decider === null ? null : JSON.stringify(decider)),
    },
  })
  decidedBy!: Decider | null;

  @Column('text', {
    transformer: {
      from: (text: string): PlaceDetail => JSON.parse(text),
      to: (detail: PlaceDetail): string => JSON.stringify(detail),
    },
  })
  detail!: PlaceDetail;
}
