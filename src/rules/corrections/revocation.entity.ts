import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A revocation: an event that was taken back, with everything that it had earned. */
@Entity('revocation')
export class Revocation {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  @Column('char', { name: 'event_id', length: 26 })
  eventId!: string;

  @Column('char', { name: 'programme_id', length: 26 })
  programmeId!: string;

  @Column('char', { name: 'member_id', length: 26 })
  memberId!: string;

  @Column('varchar', { length: 300 })
  reason!: string;

  /** Who revoked it, as an actor: "operator:<id>". */
  @Column('varchar', { name: 'revoked_by', length: 40 })
  revokedBy!: string;

  @Column('datetime', { name: 'revoked_at', precision: 3 })
  revokedAt!: Date;
}
