import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { BeijingDay } from '../../../platform/clock.ts';

/** The levels of a name, the lowest first: 企业级, 市级, 省级, 国家级. */
export const NAMING_LEVELS = ['firm', 'city', 'province', 'nation'] as const;
export type NamingLevel = (typeof NAMING_LEVELS)[number];

/**
 * applied: the naming union is to decide. returned: something is missing. declined: it is not to be named. listed: on a
 * list in public view. named: it bears the name. expired: the term is over, or a new one has begun. withdrawn: the
 * application, or the name itself.
 */
export const NAMING_STATES = ['applied', 'returned', 'declined', 'listed', 'named', 'expired', 'withdrawn'] as const;
export type NamingState = (typeof NAMING_STATES)[number];

/** What the evidence of an application is attached to. */
export function namingEvidence(namingId: string): string {
  return `studio-naming:${namingId}`;
}

/** A studio's name (命名) at a level, from the application for it on. */
@Entity('studio_naming')
export class StudioNaming {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  @Column('char', { name: 'studio_id', length: 26 })
  studioId!: string;

  @Column('varchar', { length: 40 })
  level!: NamingLevel;

  /** Who gives the name: the studio's union or one above it. */
  @Column('char', { name: 'naming_union_id', length: 26 })
  namingUnionId!: string;

  /** The name of the same level in whose place it comes (复评); null for a first one. */
  @Column('char', { length: 26, nullable: true })
  renews!: string | null;

  /** On what grounds it is applied for. */
  @Column('varchar', { length: 2000 })
  statement!: string;

  @Column('varchar', { length: 40 })
  state!: NamingState;

  /** What is missing, or why it was declined or withdrawn. */
  @Column('varchar', { length: 300, nullable: true })
  reason!: string | null;

  /** The round on whose list it was put last. */
  @Column('char', { name: 'round_id', length: 26, nullable: true })
  roundId!: string | null;

  /** The last time. */
  @Column('datetime', { name: 'applied_at', precision: 3 })
  appliedAt!: Date;

  /** As an actor. */
  @Column('varchar', { name: 'applied_by', length: 60 })
  appliedBy!: string;

  @Column('smallint', { name: 'term_months', nullable: true })
  termMonths!: number | null;

  @Column('date', { name: 'named_on', nullable: true })
  namedOn!: BeijingDay | null;

  /** The last day of its term. */
  @Column('date', { name: 'ends_on', nullable: true })
  endsOn!: BeijingDay | null;

  /** The last day on which it was borne; null while it is, and when it never was. */
  @Column('date', { name: 'ended_on', nullable: true })
  endedOn!: BeijingDay | null;

  /** As it stands on the plaque. */
  @Column('varchar', { length: 30, nullable: true })
  number!: string | null;
}
