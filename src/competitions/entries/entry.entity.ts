import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { FirmType } from '../../unions/firms/firm.entity.ts';
import type { Entrant } from '../plan/competition.entity.ts';

export const ENTRY_STATES = ['entered', 'withdrawn'] as const;
export type EntryState = (typeof ENTRY_STATES)[number];

/** An entry of a competition: a firm, a team or one member. */
@Entity('entry')
export class Entry {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  @Column('char', { name: 'competition_id', length: 26 })
  competitionId!: string;

  /** Null in a competition without divisions. */
  @Column('char', { name: 'division_id', length: 26, nullable: true })
  divisionId!: string | null;

  /** The stage at which it begins: the first one of its division that is of the nearest union. */
  @Column('char', { name: 'stage_id', length: 26 })
  stageId!: string;

  /** The union of the firm, or the own one of people who work in none. */
  @Column('char', { name: 'union_id', length: 26 })
  unionId!: string;

  @Column('varchar', { length: 40 })
  kind!: Entrant;

  /** Of the firm, the team or the member. */
  @Column('varchar', { length: 120 })
  name!: string;

  /** Of its certificate; nobody can guess it. */
  @Column('varchar', { length: 30 })
  number!: string;

  @Column('varchar', { length: 40 })
  state!: EntryState;

  /** What the firm was called when the entry was made; null when nothing was known of it. */
  @Column('varchar', { name: 'firm_type', length: 40, nullable: true })
  firmType!: FirmType | null;

  /** As an actor. */
  @Column('varchar', { name: 'entered_by', length: 40 })
  enteredBy!: string;

  @Column('datetime', { name: 'entered_at', precision: 3 })
  enteredAt!: Date;

  @Column('varchar', { name: 'withdrawn_by', length: 40, nullable: true })
  withdrawnBy!: string | null;

  @Column('datetime', { name: 'withdrawn_at', precision: 3, nullable: true })
  withdrawnAt!: Date | null;
}
