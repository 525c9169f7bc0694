import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { JudgingTerms } from '../../judging/panels/terms.ts';
import type { BeijingDay } from '../../platform/clock.ts';
import type { UnionKind } from '../../unions/union-node.entity.ts';
import type { PlanCriterion } from './criteria.ts';

/** Of which level a stage is, from below. */
export const STAGE_LEVELS = ['branch', 'city', 'province', 'nation'] as const;
export type StageLevel = (typeof STAGE_LEVELS)[number];

/** The rounds of a level, in their order. */
export const STAGE_ROUNDS = ['preliminary', 'semi_final', 'final'] as const;
export type StageRound = (typeof STAGE_ROUNDS)[number];

/** planned: not begun. open: its entries are known. scoring … final: as they say. */
export const STAGE_STATES = ['planned', 'open', 'scoring', 'ranked', 'in_notice', 'final'] as const;
export type StageState = (typeof STAGE_STATES)[number];

/**
 * Who goes on from a stage to its parent: the first n; the first n of each branch, that is of those whose nearest union
 * of a kind is the same; everybody with at least a score, in millionths of the total's scale of 0 to 100; or all.
 */
export type Advance =
  | { kind: 'top'; n: number }
  | { kind: 'top_per_branch'; n: number; unionKind: UnionKind }
  | { kind: 'threshold'; score: number }
  | { kind: 'all' };
export const ADVANCE_KINDS = ['top', 'top_per_branch', 'threshold', 'all'] as const;
export const WHOLE_SCORE = 100_000_000;

/** A stage of a competition: a heat, or what heats feed into. */
@Entity('competition_stage')
export class Stage {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  @Column('char', { name: 'competition_id', length: 26 })
  competitionId!: string;

  /** From 1, in the order of the plan. */
  @Column('int')
  number!: number;

  /** Null in a competition without divisions. */
  @Column('char', { name: 'division_id', length: 26, nullable: true })
  divisionId!: string | null;

  /** The stage that those go on to who advance; null for the final of a division. */
  @Column('char', { name: 'parent_id', length: 26, nullable: true })
  parentId!: string | null;

  @Column('varchar', { length: 60 })
  name!: string;

  @Column('varchar', { length: 40 })
  level!: StageLevel;

  @Column('varchar', { length: 40 })
  round!: StageRound;

  /** Whose heat it is: entries of its branch take part, and its admins run it. */
  @Column('char', { name: 'union_id', length: 26 })
  unionId!: string;

  @Column('date', { name: 'starts_on' })
  startsOn!: BeijingDay;

  @Column('date', { name: 'ends_on' })
  endsOn!: BeijingDay;

  /** Null for a final. */
  @Column('json', { nullable: true })
  advance!: Advance | null;

  /** How many more an admin may name to go on. */
  @Column('int', { name: 'wild_cards' })
  wildCards!: number;

  /** Judged before an audience, with a scoreboard. */
  @Column('boolean', { name: 'is_live' })
  isLive!: boolean;

  /** Null for those of the competition. */
  @Column('json', { nullable: true })
  criteria!: PlanCriterion[] | null;

  @Column('json', { nullable: true })
  judging!: JudgingTerms | null;

  @Column('varchar', { length: 40 })
  state!: StageState;

  /** Why it was left without anybody; null for every other. */
  @Column('varchar', { name: 'vacant_reason', length: 300, nullable: true })
  vacantReason!: string | null;
}
