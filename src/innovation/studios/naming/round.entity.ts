import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { NamingLevel } from './naming.entity.ts';

/** in_notice: provisional. final: the studios on the list are named. withdrawn: void as a whole. */
export const ROUND_STATES = ['in_notice', 'final', 'withdrawn'] as const;
export type RoundState = (typeof ROUND_STATES)[number];

/** A round of naming: a list of the studios that a union is about to name at a level, in public view. */
@Entity('naming_round')
export class NamingRound {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  @Column('char', { name: 'union_id', length: 26 })
  unionId!: string;

  @Column('varchar', { length: 40 })
  level!: NamingLevel;

  @Column('varchar', { length: 100 })
  name!: string;

  /** For how long its studios are named. */
  @Column('smallint', { name: 'term_months' })
  termMonths!: number;

  /** For how many working days each version of it takes objections. */
  @Column('smallint', { name: 'working_days' })
  workingDays!: number;

  /** In whose points the members of its studios are rewarded; null for none. */
  @Column('char', { name: 'programme_id', length: 26, nullable: true })
  programmeId!: string | null;

  @Column('varchar', { length: 40 })
  state!: RoundState;

  /** The newest version of the list. */
  @Column('char', { name: 'notice_id', length: 26 })
  noticeId!: string;

  @Column('datetime', { name: 'made_at', precision: 3 })
  madeAt!: Date;

  /** As an actor. */
  @Column('varchar', { name: 'made_by', length: 60 })
  madeBy!: string;

  /** When it became final or was withdrawn. */
  @Column('datetime', { name: 'settled_at', precision: 3, nullable: true })
  settledAt!: Date | null;

  @Column('varchar', { name: 'withdrawn_reason', length: 300, nullable: true })
  withdrawnReason!: string | null;
}
