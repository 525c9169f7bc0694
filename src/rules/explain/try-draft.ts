import type { EntityManager } from 'typeorm';
import type { AdminCaller } from '../../identity/caller.ts';
import { type BeijingDay, isDay } from '../../platform/clock.ts';
import { accept, type Refusal, type Result, refuse } from '../../platform/result.ts';
import { memberFacts } from '../../unions/member-facts.ts';
import { unionPath } from '../../unions/queries.ts';
import { memberUnknown, unionUnknown } from '../../unions/refusals.ts';
import { memberInScope } from '../../unions/scope.ts';
import type { Attributes } from '../attributes.ts';
import type { MemberFacts } from '../conditions.ts';
import { draftInScope } from '../draft-scope.ts';
import type { JudgedEvent } from '../evaluate.ts';
import { dayImpossible } from '../event-refusals.ts';
import { troublesWithAttributes } from '../event-types/check-attributes.ts';
import { findEventType } from '../event-types/queries.ts';
import { factsOn } from '../facts.ts';
import { decide, look, type RuleOutcome } from '../judge.ts';
import { loadTally } from '../load-tally.ts';
import { rulesInForce, type VersionedRule } from '../queries.ts';
import { eventTypeNotThere } from '../refusals.ts';
import type { RuleDraftRow } from '../rule-draft.entity.ts';

/** An event that did not happen, to try a draft on: of a member there is, or of one made up. */
export interface Trial {
  attributes: Attributes;
  occurredOn: BeijingDay;
  who: { memberId: string } | { madeUp: Omit<MemberFacts, 'unionPath'> & { unionId: string } };
}

export interface Tried {
  event: JudgedEvent;
  outcomes: RuleOutcome[];
}

/** The id of an event that did not happen; it has the form of one. */
const NO_EVENT = '0'.repeat(26);

/**
 * What a draft of the admin's branch (rules:write), and the rules in force beside it, would make of an event. Of a
 * member there is, what was given before counts. Nothing is written, and budgets are not asked. Refusals: DRAFT_UNKNOWN,
 * MEMBER_UNKNOWN, UNION_UNKNOWN, DAY_IMPOSSIBLE and those of `troublesWithAttributes`.
 */
export async function tryDraft(
  db: EntityManager,
  caller: AdminCaller,
  { draftId, trial }: { draftId: string; trial: Trial },
  now: Date,
): Promise<Result<Tried>> {
  const found = await draftInScope(db, caller, 'rules:write', draftId);
  if (!found.ok) return found;
  const { draft } = found.value;
  const trouble = await troubleWithTrial(db, draft, trial);
  if (trouble) return refuse(trouble);
  const person = await personOf(db, caller, trial);
  if (!person.ok) return person;
  const event = { id: NO_EVENT, ...person.value, attributes: trial.attributes, occurredOn: trial.occurredOn };
  const inForce = await rulesInForce(db, [draft.programmeId], now);
  const ofType = inForce.filter((rule) => rule.eventType === draft.eventType && rule.ruleId !== draft.ruleId);
  const looks = look(event, [...ofType, draftAsRule(draft, now)]);
  const possible = looks.flatMap(({ rule, verdict }) =>
    verdict.award ? [{ rule, event, ...verdict, judgedBefore: false }] : [],
  );
  return accept({ event, outcomes: decide(event, looks, await loadTally(db, possible)) });
}

async function troubleWithTrial(db: EntityManager, draft: RuleDraftRow, trial: Trial): Promise<Refusal | undefined> {
  if (!isDay(trial.occurredOn)) return { ...dayImpossible, at: 'event.occurredOn' };
  const type = await findEventType(db, draft.programmeId, draft.eventType);
  if (!type) return { ...eventTypeNotThere, at: 'draftId' };
  const [trouble] = troublesWithAttributes(type, trial.attributes);
  return trouble && { ...trouble, at: `event.${trouble.at}` };
}

async function personOf(
  db: EntityManager,
  caller: AdminCaller,
  { who, occurredOn }: Trial,
): Promise<Result<Pick<JudgedEvent, 'memberId' | 'member'>>> {
  if ('memberId' in who) {
    const member = await memberInScope(db, caller, 'members:read', who.memberId);
    if (!member.ok) return refuse({ ...memberUnknown, at: 'event.memberId' });
    const facts = (await memberFacts(db, [who.memberId])).get(who.memberId);
    return accept({ memberId: who.memberId, member: factsOn(occurredOn, facts!) });
  }
  const { unionId, ...facts } = who.madeUp;
  const path = await unionPath(db, unionId);
  if (path === undefined) return refuse({ ...unionUnknown, at: 'event.madeUp.unionId' });
  return accept({ memberId: NO_EVENT, member: { ...facts, unionPath: path } });
}

function draftAsRule(draft: RuleDraftRow, now: Date): VersionedRule {
  const { id, ruleId, programmeId, eventType, name, definition, updatedBy, updatedAt } = draft;
  const version = { versionId: id, number: 0, definition, publishedBy: updatedBy, publishedAt: updatedAt };
  return { ruleId: ruleId ?? id, programmeId, eventType, name, ...version, effectiveAt: now };
}
