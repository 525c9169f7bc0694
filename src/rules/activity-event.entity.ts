import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Attributes } from './attributes.ts';

export const EVENT_STATES = ['recorded', 'paid', 'repeated', 'no_award', 'over_budget'] as const;

/**
 * recorded: not judged yet. paid: at least one rule paid it. repeated: the rules had paid its occurrence before.
 * no_award: no rule in force gives anything for it. over_budget: waits until the programme's budget is raised.
 */
export type EventState = (typeof EVENT_STATES)[number];

/** An activity event: something that a member did or lived, on a day. */
@Entity('activity_event')
export class ActivityEvent {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  @Column('char', { name: 'programme_id', length: 26 })
  programmeId!: string;

  @Column('char', { name: 'member_id', length: 26 })
  memberId!: string;

  @Column('varchar', { length: 40 })
  type!: string;

  @Column('simple-json')
  attributes!: Attributes;

  @Column('date', { name: 'occurred_on' })
  occurredOn!: string;

  /** The number of a document or a row elsewhere that stands for this event. */
  @Column('varchar', { length: 100, nullable: true })
  reference!: string | null;

  /** What makes it this event and no other; see event-identity.ts. */
  @Column('binary', { length: 32 })
  identity!: Buffer;

  @Column('varchar', { length: 40 })
  state!: EventState;

  /** The call that recorded it. */
  @Column('char', { name: 'recording_id', length: 26 })
  recordingId!: string;

  /** Who recorded it, as an actor: "operator:<id>". */
  @Column('varchar', { name: 'recorded_by', length: 40 })
  recordedBy!: string;

  @Column('datetime', { name: 'recorded_at', precision: 3 })
  recordedAt!: Date;
}
