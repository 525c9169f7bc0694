import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CriterionTerms, JudgingTerms } from '../../judging/panels/terms.ts';
import type { FirmType, Ownership } from '../../unions/firms/firm.entity.ts';
import type { AchievementGroup, AchievementKind } from '../kinds.ts';

/** planned: not begun. open: its panel is made. scoring, ranked: as they say. listed: the list of honours has it. */
export const CATEGORY_STATES = ['planned', 'open', 'scoring', 'ranked', 'listed'] as const;
export type CategoryState = (typeof CATEGORY_STATES)[number];

/**
 * Honours of a category that are kept for a kind of firm, as far as there are candidates, so that small private firms
 * are not crowded out. A condition that is null asks nothing.
 */
export interface Reserve {
  name: string;
  ownerships: Ownership[] | null;
  firmTypes: FirmType[] | null;
  mostEmployees: number | null;
  least: number;
}

/** A category of a season: what is judged together by one panel, and honoured from one number of honours. */
@Entity('season_category')
export class Category {
  @PrimaryColumn('char', { name: 'season_id', length: 26 })
  seasonId!: string;

  /** From 1, in the order of the plan: an achievement belongs to the first that fits it. */
  @PrimaryColumn('int')
  number!: number;

  /** The subject of its panel. */
  @Column('char', { length: 26 })
  id!: string;

  @Column('varchar', { length: 60 })
  name!: string;

  @Column('varchar', { length: 40 })
  kind!: AchievementKind;

  /** Null for both. */
  @Column('varchar', { name: 'for_group', length: 40, nullable: true })
  group!: AchievementGroup | null;

  /** Null for all. */
  @Column('json', { nullable: true })
  fields!: string[] | null;

  @Column('json')
  criteria!: CriterionTerms[];

  @Column('json')
  judging!: JudgingTerms;

  @Column('int', { name: 'honours_at_most' })
  honoursAtMost!: number;

  /** What the last honoured must have reached, in millionths of the total's scale of 0 to 100; null for nothing. */
  @Column('int', { name: 'least_total', nullable: true })
  leastTotal!: number | null;

  @Column('json')
  reserves!: Reserve[];

  @Column('varchar', { length: 40 })
  state!: CategoryState;

  /** From the opening of the review on, where anything is declared in it. */
  @Column('char', { name: 'panel_id', length: 26, nullable: true })
  panelId!: string | null;

  /** The newest version of its ranking; null before the first. */
  @Column('char', { name: 'ranking_id', length: 26, nullable: true })
  rankingId!: string | null;

  /** Why its scoring goes on after a ranking was made; null otherwise. */
  @Column('varchar', { name: 'reopened_for', length: 300, nullable: true })
  reopenedFor!: string | null;
}
