import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Attributes } from '../attributes.ts';
import type { Approval } from '../definition.ts';

/**
 * submitted: waits for the branch. returned: waits for the member, who is told what is missing. passed: the branch said
 * yes, and the union of the programme is asked. approved: its event stands recorded. withdrawn: the member took it back.
 */
export type ClaimState = 'submitted' | 'returned' | 'passed' | 'approved' | 'withdrawn';

/** The states in which somebody still has something to do. */
export const OPEN_STATES: readonly ClaimState[] = ['submitted', 'returned', 'passed'];

/** Whether an approver is asked. */
export function isWaiting(state: ClaimState): boolean {
  return state === 'submitted' || state === 'passed';
}

/** What the evidence of a claim is attached to. */
export function evidenceTarget(claimId: string): string {
  return `claim:${claimId}`;
}

/** A claim: an event that a member reports for herself, for her branch to approve. */
@Entity('claim')
export class Claim {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  @Column('char', { name: 'programme_id', length: 26 })
  programmeId!: string;

  @Column('char', { name: 'member_id', length: 26 })
  memberId!: string;

  /** The code of the event's type, "degree". */
  @Column('varchar', { name: 'event_type', length: 40 })
  eventType!: string;

  @Column('simple-json')
  attributes!: Attributes;

  /** The Beijing day on which it happened. */
  @Column('date', { name: 'occurred_on' })
  occurredOn!: string;

  /** That of the event which it would record; see event-identity.ts. */
  @Column('binary', { length: 32 })
  identity!: Buffer;

  /** What the member wishes to say with it. */
  @Column('varchar', { length: 300, nullable: true })
  note!: string | null;

  /** Who approves it, by the rules that were in force when it was submitted. */
  @Column('varchar', { length: 40 })
  approval!: Approval;

  @Column('varchar', { length: 40 })
  state!: ClaimState;

  /** When it was submitted last. */
  @Column('datetime', { name: 'submitted_at', precision: 3 })
  submittedAt!: Date;

  /** The Beijing day by which the approver who is asked should answer. */
  @Column('date', { name: 'due_on' })
  dueOn!: string;

  /** Who said yes at the first of two levels, as an actor: "operator:<id>". */
  @Column('varchar', { name: 'first_approved_by', length: 40, nullable: true })
  firstApprovedBy!: string | null;

  /** The event that stands for it; null until it is approved. */
  @Column('char', { name: 'event_id', length: 26, nullable: true })
  eventId!: string | null;
}
