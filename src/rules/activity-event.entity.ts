import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Attributes } from './attributes.ts';
import type { MemberFacts } from './conditions.ts';
import type { JudgedEvent } from './evaluate.ts';

export const EVENT_STATES = [
  'recorded',
  'pending',
  'paid',
  'repeated',
  'capped',
  'no_award',
  'over_budget',
  'revoked',
] as const;

/**
 * recorded: not judged yet. pending: awarded, and a notice period runs before it is paid. paid: at least one rule paid
 * it. repeated: the rules had paid its occurrence before. capped: a cap left nothing. no_award: no rule in force gives
 * anything for it. over_budget: waits until a budget, the programme's or a rule's, is raised. revoked: taken back.
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

  /** What was known of the member when the event was recorded. */
  @Column('simple-json')
  facts!: MemberFacts;

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

  /** The run that judged it last; null before the first. */
  @Column('char', { name: 'judgement_id', length: 26, nullable: true })
  judgementId!: string | null;

  /** The revocation that took it back; empty while it stands. */
  @Column('char', { name: 'revocation_id', length: 26 })
  revocationId!: string;
}

/** An event as rules see it. */
export function judgedEvent({ id, memberId, attributes, occurredOn, facts: member }: ActivityEvent): JudgedEvent {
  return { id, memberId, attributes, occurredOn, member };
}
