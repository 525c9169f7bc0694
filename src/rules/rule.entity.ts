import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A rule: what one kind of event earns in a programme. What it says lies in its versions; the newest is the one in force. */
@Entity('rule')
export class Rule {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  @Column('char', { name: 'programme_id', length: 26 })
  programmeId!: string;

  /** The type of the events that it judges, "degree". */
  @Column('varchar', { name: 'event_type', length: 40 })
  eventType!: string;

  /** As members read it: 学历提升. */
  @Column('varchar', { length: 120 })
  name!: string;

  @Column('datetime', { name: 'created_at', precision: 3 })
  createdAt!: Date;

  /** From when it judges no more events; null while it does. */
  @Column('datetime', { name: 'retired_at', precision: 3, nullable: true })
  retiredAt!: Date | null;
}
