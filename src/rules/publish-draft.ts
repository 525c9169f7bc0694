import { act } from '../identity/act.ts';
import { recordAudit } from '../identity/audit.ts';
import type { AdminCaller } from '../identity/caller.ts';
import { isSamePerson } from '../identity/same-person.ts';
import { addDays, type BeijingDay, beijingDay, startOfDay } from '../platform/clock.ts';
import type { Outcome } from '../platform/db/idempotency.ts';
import type { Tx } from '../platform/db/transaction.ts';
import type { Deps } from '../platform/deps.ts';
import { newId } from '../platform/ids.ts';
import { accept, type Refusal, type Result, refuse } from '../platform/result.ts';
import { checkInProgramme } from './check-in-programme.ts';
import { policyOf } from './corrections/policy.ts';
import type { RuleDefinition } from './definition.ts';
import { isRuleNameTaken } from './draft-queries.ts';
import { type LockedDraft, lockDraftInScope } from './draft-scope.ts';
import { openRuleBudgets } from './open-rule-budgets.ts';
import { enqueueOverBudget } from './pay-waiting.ts';
import { newestVersions, type VersionedRule } from './queries.ts';
import {
  MOST_DAYS_AHEAD,
  occurrenceFixed,
  periodOver,
  publicationBeforeOther,
  publicationInPast,
  publicationTooFar,
  ruleNameTaken,
  secondPersonNeeded,
} from './refusals.ts';
import type { RuleDraftRow } from './rule-draft.entity.ts';
import { sameOccurrence } from './same-occurrence.ts';

export interface DraftToPublish {
  draftId: string;
  /** The Beijing day with whose beginning it takes effect; today or undefined: at once. */
  effectiveFrom?: BeijingDay | undefined;
}

/**
 * Publishes a draft of the admin's branch (rules:write): the rule it makes, or the next version of its rule, judges
 * events from `effectiveFrom` on and never changes. The draft is gone. Events that wait for budget are judged again.
 * Resolves with the rule's id; audited. Refusals: DRAFT_UNKNOWN, SECOND_PERSON_NEEDED, PUBLICATION_IN_PAST,
 * PUBLICATION_TOO_FAR, PUBLICATION_BEFORE_OTHER, PERIOD_OVER, RULE_NAME_TAKEN, OCCURRENCE_FIXED and, because an event
 * type may have changed since the draft was saved, those of `checkInProgramme`.
 */
export async function publishDraft(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: DraftToPublish,
): Promise<Outcome> {
  return act(deps, caller, { operation: 'publishRuleDraft', key, input }, async (tx, now) => {
    const found = await lockDraftInScope(tx, caller, input.draftId);
    if (!found.ok) return found;
    const { draft, programme } = found.value;
    if (await isSecondPersonNeeded(tx, caller, draft)) return refuse(secondPersonNeeded);
    const effectiveAt = effectiveInstant(input.effectiveFrom, now);
    if (!effectiveAt.ok) return effectiveAt;
    const checked = await checkInProgramme(tx, programme, draft.eventType, draft.definition);
    if (!checked.ok) return checked;
    const { until } = checked.value.period;
    if (until !== null && until < beijingDay(now)) return refuse(periodOver);
    return publish(tx, caller, found.value, { definition: checked.value, effectiveAt: effectiveAt.value, now });
  });
}

async function isSecondPersonNeeded(tx: Tx, caller: AdminCaller, draft: RuleDraftRow): Promise<boolean> {
  const { secondPublisher } = await policyOf(tx, draft.programmeId);
  return secondPublisher && (await isSamePerson(tx, caller, draft.updatedBy));
}

function effectiveInstant(from: BeijingDay | undefined, now: Date): Result<Date> {
  const today = beijingDay(now);
  if (from === undefined || from === today) return accept(now);
  if (from < today) return refuse(publicationInPast);
  return from > addDays(today, MOST_DAYS_AHEAD) ? refuse(publicationTooFar) : accept(startOfDay(from));
}

interface Publication {
  definition: RuleDefinition;
  effectiveAt: Date;
  now: Date;
}

async function publish(
  tx: Tx,
  caller: AdminCaller,
  { draft, programme, rule }: LockedDraft,
  { definition, effectiveAt, now }: Publication,
): Promise<Outcome> {
  const newest = rule && (await newestVersion(tx, rule.id));
  const trouble = newest
    ? troubleWithNext(newest, definition, effectiveAt)
    : await troubleWithName(tx, draft.programmeId, draft.name);
  if (trouble) return refuse(trouble);
  const ruleId = rule?.id ?? (await insertRule(tx, draft, now));
  const number = (newest?.number ?? 0) + 1;
  await tx.query(
    `INSERT INTO rule_version (id, rule_id, number, definition, published_by, published_at, effective_at) VALUES (?)`,
    [[newId(), ruleId, number, JSON.stringify(definition), caller.actor, now, effectiveAt]],
  );
  await tx.query('DELETE FROM rule_draft WHERE id = ?', [draft.id]);
  await openRuleBudgets(tx, ruleId, definition);
  if (newest) await enqueueOverBudget(tx, programme.id, now);
  const { name, eventType, updatedBy: draftedBy } = draft;
  await recordAudit(
    tx,
    {
      actor: caller.actor,
      action: 'publishRuleDraft',
      targetKind: 'rule',
      targetId: ruleId,
      unionId: programme.unionId,
      before: newest && { number: newest.number, definition: newest.definition },
      after: { number, name, eventType, definition, effectiveAt, draftedBy },
    },
    now,
  );
  return accept(ruleId);
}

async function newestVersion(tx: Tx, ruleId: string): Promise<VersionedRule> {
  const [newest] = await newestVersions(tx, [ruleId], 1);
  if (!newest) throw new Error(`rule ${ruleId} has no version`);
  return newest;
}

function troubleWithNext(newest: VersionedRule, definition: RuleDefinition, effectiveAt: Date): Refusal | undefined {
  if (!sameOccurrence(newest.definition, definition)) return occurrenceFixed;
  return effectiveAt < newest.effectiveAt ? publicationBeforeOther(newest.number, newest.effectiveAt) : undefined;
}

async function troubleWithName(tx: Tx, programmeId: string, name: string): Promise<Refusal | undefined> {
  return (await isRuleNameTaken(tx, programmeId, name)) ? { ...ruleNameTaken, at: 'draftId' } : undefined;
}

async function insertRule(tx: Tx, { programmeId, eventType, name }: RuleDraftRow, now: Date): Promise<string> {
  const id = newId();
  await tx.query('INSERT INTO rule (id, programme_id, event_type, name, created_at) VALUES (?, ?, ?, ?, ?)', [
    id,
    programmeId,
    eventType,
    name,
    now,
  ]);
  return id;
}
