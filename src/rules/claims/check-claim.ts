import { addDays, type BeijingDay, beijingDay, isDay } from '../../platform/clock.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { accept, type Refusal, type Result, refuse } from '../../platform/result.ts';
import { memberFacts } from '../../unions/member-facts.ts';
import { programmesOfMember } from '../../unions/queries.ts';
import type { Attributes } from '../attributes.ts';
import { policyOf } from '../corrections/policy.ts';
import type { Approval } from '../definition.ts';
import { eventIdentity } from '../event-identity.ts';
import { dayImpossible, dayInFuture } from '../event-refusals.ts';
import { troublesWithAttributes } from '../event-types/check-attributes.ts';
import type { EventType } from '../event-types/event-type.ts';
import { findEventType } from '../event-types/queries.ts';
import { rulesInForce } from '../queries.ts';
import { eventIdsOf, type NamedEvent } from '../write-events.ts';
import { LONGEST_NOTE, MOST_OPEN_CLAIMS } from './limits.ts';
import { needsOf } from './needs.ts';
import { openClaimsOf } from './queries.ts';
import {
  claimAlreadyRecorded,
  claimRepeated,
  claimsTooMany,
  dayBeforeOwnBirth,
  evidenceNeeded,
  memberNotActive,
  noteTooLong,
  programmeNotYours,
  typeNotClaimable,
} from './refusals.ts';

/** What a member says of the event that she claims. */
export interface ClaimContent {
  attributes: Attributes;
  occurredOn: BeijingDay;
  /** What she wishes to add; null for nothing. */
  note: string | null;
  /** Files that she has uploaded. */
  evidenceIds: readonly string[];
}

/** A claim as it is submitted; `claimId` when it was returned before. */
export interface Submission extends ClaimContent {
  memberId: string;
  programmeId: string;
  eventType: string;
  claimId?: string;
}

/** A claim that may stand as it was submitted. */
export interface CheckedClaim {
  /** That of the event which the claim would record. */
  identity: Buffer;
  note: string | null;
  approval: Approval;
  /** The Beijing day by which the branch should answer. */
  dueOn: BeijingDay;
}

/**
 * Checks a claim and locks its member's row, so that of two claims of one member the second sees the first. Refusals:
 * MEMBER_NOT_ACTIVE, PROGRAMME_UNKNOWN, EVENT_TYPE_NOT_CLAIMABLE, DAY_IMPOSSIBLE, DAY_IN_FUTURE, DAY_BEFORE_BIRTH,
 * ATTRIBUTE_MALFORMED, ATTRIBUTE_MISSING, ATTRIBUTE_UNKNOWN, NOTE_TOO_LONG, EVIDENCE_NEEDED, CLAIM_REPEATED,
 * CLAIMS_TOO_MANY, CLAIM_ALREADY_RECORDED.
 */
export async function checkClaim(tx: Tx, submission: Submission, now: Date): Promise<Result<CheckedClaim>> {
  const { memberId, programmeId, eventType, attributes, occurredOn } = submission;
  await tx.query('SELECT id FROM member WHERE id = ? FOR UPDATE', [memberId]);
  const member = (await memberFacts(tx, [memberId])).get(memberId);
  if (member?.state !== 'active') return refuse(memberNotActive);
  const programmes = (await programmesOfMember(tx, [memberId])).get(memberId);
  if (!programmes?.some((programme) => programme.id === programmeId)) return refuse(programmeNotYours);
  const type = await findEventType(tx, programmeId, eventType);
  if (!type?.claimable) return refuse(typeNotClaimable);
  const today = beijingDay(now);
  const rules = await rulesInForce(tx, [programmeId], now);
  const needs = needsOf(rules.filter((rule) => rule.eventType === eventType));
  const trouble =
    troubleWithDay(occurredOn, today, member.birthDate) ?? troubleWithContent(submission, type, needs.evidence);
  if (trouble) return refuse(trouble);
  const event: NamedEvent = { memberId, type: eventType, attributes, occurredOn };
  const identity = eventIdentity(event);
  const repeated = await troubleWithOthers(tx, submission, event, identity);
  if (repeated) return refuse(repeated);
  const { claimDueDays } = await policyOf(tx, programmeId);
  const note = submission.note?.trim() || null;
  return accept({ identity, note, approval: needs.approval, dueOn: addDays(today, claimDueDays) });
}

function troubleWithDay(day: BeijingDay, today: BeijingDay, birthDate: BeijingDay | null): Refusal | undefined {
  const at = 'occurredOn';
  if (!isDay(day)) return { ...dayImpossible, at };
  if (day > today) return { ...dayInFuture, at };
  return birthDate !== null && day < birthDate ? dayBeforeOwnBirth : undefined;
}

function troubleWithContent(
  { attributes, note, evidenceIds }: ClaimContent,
  type: EventType,
  needsEvidence: boolean,
): Refusal | undefined {
  const [trouble] = troublesWithAttributes(type, attributes);
  if (trouble) return trouble;
  if (note !== null && note.trim().length > LONGEST_NOTE) return noteTooLong;
  return needsEvidence && evidenceIds.length === 0 ? evidenceNeeded : undefined;
}

/** What other claims of the member, and the events that stand, have against this one. */
async function troubleWithOthers(
  tx: Tx,
  { memberId, programmeId, claimId }: Submission,
  event: NamedEvent,
  identity: Buffer,
): Promise<Refusal | undefined> {
  const others = (await openClaimsOf(tx, memberId)).filter((claim) => claim.id !== claimId);
  if (others.some((claim) => claim.programmeId === programmeId && claim.identity.equals(identity))) {
    return claimRepeated;
  }
  if (others.length >= MOST_OPEN_CLAIMS) return claimsTooMany;
  const [standing] = await eventIdsOf(tx, programmeId, [event]);
  return standing === undefined ? undefined : claimAlreadyRecorded;
}
