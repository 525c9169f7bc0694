import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { FirmType, Ownership } from '../../unions/firms/firm.entity.ts';
import type { AchievementGroup, AchievementKind } from '../kinds.ts';

/** How far a firm has taken a proposal up: 采纳, 试行, 应用. */
export const ADOPTIONS = ['adopted', 'trial', 'in_use'] as const;
export type Adoption = (typeof ADOPTIONS)[number];

/**
 * draft: seen by who declares it alone. submitted: waits for the check. returned: something is missing. eligible: may be
 * judged. listed: on the list of honours that is in public view.
 */
export const ACHIEVEMENT_STATES = [
  'draft',
  'submitted',
  'eligible',
  'returned',
  'ineligible',
  'withdrawn',
  'listed',
  'honoured',
  'not_honoured',
] as const;
export type AchievementState = (typeof ACHIEVEMENT_STATES)[number];

/** An achievement that a member declares in a season. Texts, authors, studios and history have tables of their own. */
@Entity('achievement')
export class Achievement {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  @Column('char', { name: 'season_id', length: 26 })
  seasonId!: string;

  /** Within the season, from 1; null before the first submission. */
  @Column('int', { nullable: true })
  number!: number | null;

  @Column('varchar', { length: 40 })
  kind!: AchievementKind;

  /** By the declarer's post, until a checker changed it. */
  @Column('varchar', { name: 'in_group', length: 40 })
  group!: AchievementGroup;

  /** Why a checker changed it; null while the post decides. */
  @Column('varchar', { name: 'group_reason', length: 300, nullable: true })
  groupReason!: string | null;

  /** Of the season; null before the first submission. */
  @Column('int', { name: 'category_number', nullable: true })
  categoryNumber!: number | null;

  @Column('varchar', { length: 100 })
  title!: string;

  /** 焊接. */
  @Column('varchar', { length: 40 })
  field!: string;

  /** The declarer's. */
  @Column('char', { name: 'union_id', length: 26 })
  unionId!: string;

  /** The nearest union above the declarer that stands for a firm, or her own where none is known. */
  @Column('char', { name: 'firm_union_id', length: 26 })
  firmUnionId!: string;

  /** A member, and one of the authors. */
  @Column('char', { name: 'declarer_id', length: 26 })
  declarerId!: string;

  /** Who made the draft, as an actor: the declarer herself, or an admin of her branch for her. */
  @Column('varchar', { name: 'declared_by', length: 40 })
  declaredBy!: string;

  /** The first of its studios; null where none is named. */
  @Column('char', { name: 'studio_id', length: 26, nullable: true })
  studioId!: string | null;

  /** Of several studios, in which they made it together. */
  @Column('char', { name: 'alliance_id', length: 26, nullable: true })
  allianceId!: string | null;

  /** As `readPatentNumber` gives it; null for what is no patent. */
  @Column('varchar', { name: 'patent_number', length: 20, nullable: true })
  patentNumber!: string | null;

  /** Of a proposal; null while it is not taken up. */
  @Column('varchar', { length: 40, nullable: true })
  adoption!: Adoption | null;

  /** What using the proposal brought, as it was measured. */
  @Column('varchar', { name: 'effect_measured', length: 2000, nullable: true })
  effectMeasured!: string | null;

  @Column('varchar', { length: 40 })
  state!: AchievementState;

  /** Of the newest text, from 1. */
  @Column('int')
  version!: number;

  /** Of the text that was submitted last, which is the one that others see; null before the first submission. */
  @Column('int', { name: 'submitted_version', nullable: true })
  submittedVersion!: number | null;

  /** Of the firm when it was submitted; null when nothing was known. */
  @Column('varchar', { length: 40, nullable: true })
  ownership!: Ownership | null;

  /** Of the firm when it was submitted; null when nothing was known. */
  @Column('varchar', { name: 'firm_type', length: 40, nullable: true })
  firmType!: FirmType | null;

  /** When the draft was made. */
  @Column('datetime', { name: 'declared_at', precision: 3 })
  declaredAt!: Date;

  /** When it was submitted last. */
  @Column('datetime', { name: 'submitted_at', precision: 3, nullable: true })
  submittedAt!: Date | null;

  /** When it was checked last. */
  @Column('datetime', { name: 'checked_at', precision: 3, nullable: true })
  checkedAt!: Date | null;

  /** When it was honoured or not. */
  @Column('datetime', { name: 'settled_at', precision: 3, nullable: true })
  settledAt!: Date | null;
}

/** What its evidence is attached to. */
export function achievementTarget(id: string): string {
  return `achievement:${id}`;
}
