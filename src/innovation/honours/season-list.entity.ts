import { Column, Entity, PrimaryColumn } from 'typeorm';

/** provisional: made, for admins to look at. in_notice: in public view. superseded: a new version came. final: it stands. */
export const LIST_STATES = ['provisional', 'in_notice', 'superseded', 'final'] as const;
export type ListState = (typeof LIST_STATES)[number];

/** A version of the list of honours of a season. A new version is another row; what this one says never changes. */
@Entity('season_list')
export class SeasonList {
  @PrimaryColumn('char', { name: 'season_id', length: 26 })
  seasonId!: string;

  /** From 1. */
  @PrimaryColumn('int')
  version!: number;

  @Column('varchar', { length: 40 })
  state!: ListState;

  /** Why the version before it was not left to stand; null for the first. */
  @Column('varchar', { length: 300, nullable: true })
  reason!: string | null;

  @Column('datetime', { name: 'made_at', precision: 3 })
  madeAt!: Date;

  /** As an actor. */
  @Column('varchar', { name: 'made_by', length: 60 })
  madeBy!: string;

  /** In which it is or was in public view; null for one that never was. */
  @Column('char', { name: 'notice_id', length: 26, nullable: true })
  noticeId!: string | null;

  @Column('datetime', { name: 'settled_at', precision: 3, nullable: true })
  settledAt!: Date | null;
}
