import { act } from '../identity/act.ts';
import { recordAudit } from '../identity/audit.ts';
import type { AdminCaller } from '../identity/caller.ts';
import type { Outcome } from '../platform/db/idempotency.ts';
import type { Tx } from '../platform/db/transaction.ts';
import type { Deps } from '../platform/deps.ts';
import { newId } from '../platform/ids.ts';
import { accept, type Result, refuse } from '../platform/result.ts';
import { isName } from '../unions/name.ts';
import type { Programme } from '../unions/programme.entity.ts';
import { programmeInScope } from '../unions/scope.ts';
import { checkInProgramme } from './check-in-programme.ts';
import type { RuleDefinition, RuleDraft } from './definition.ts';
import { draftOfRule, isRuleNameTaken } from './draft-queries.ts';
import { lockDraftInScope } from './draft-scope.ts';
import { newestVersions } from './queries.ts';
import { occurrenceFixed, ruleNameFixed, ruleNameMalformed, ruleNameTaken, ruleRetired } from './refusals.ts';
import type { RuleDraftRow } from './rule-draft.entity.ts';
import { sameOccurrence } from './same-occurrence.ts';
import { lockRuleInScope } from './scope.ts';

/** A rule that does not exist yet. */
export interface NewRule {
  programmeId: string;
  name: string;
  eventType: string;
}

/** What is drafted: a new rule, the next version of a rule, or a draft once more, with another name if it is of a new rule. */
export type DraftToSave = { definition: RuleDraft } & (
  | { newRule: NewRule }
  | { ruleId: string }
  | { draftId: string; name?: string | undefined }
);

/** What a draft is of, and the draft that is there already. */
interface Subject {
  programme: Programme;
  ruleId: string | null;
  eventType: string;
  name: string;
  before: RuleDraftRow | undefined;
}

/**
 * Saves a draft in a programme of the admin's branch (rules:write): of a new rule, or of the next version of a rule,
 * which has one draft at a time and gets this one in its place. Resolves with the draft's id; audited. Refusals:
 * PROGRAMME_UNKNOWN, RULE_UNKNOWN, DRAFT_UNKNOWN, RULE_RETIRED, NAME_MALFORMED, RULE_NAME_TAKEN, RULE_NAME_FIXED,
 * OCCURRENCE_FIXED and those of `checkInProgramme`.
 */
export async function saveDraft(deps: Deps, caller: AdminCaller, key: string, input: DraftToSave): Promise<Outcome> {
  return act(deps, caller, { operation: 'saveRuleDraft', key, input }, async (tx, now) => {
    const found = await subjectOf(tx, caller, input);
    if (!found.ok) return found;
    const subject = found.value;
    const checked = await checkInProgramme(tx, subject.programme, subject.eventType, input.definition);
    if (!checked.ok) return checked;
    const definition = checked.value;
    if (subject.ruleId !== null) {
      const [newest] = await newestVersions(tx, [subject.ruleId], 1);
      if (newest && !sameOccurrence(newest.definition, definition)) return refuse(occurrenceFixed);
    }
    const { before } = subject;
    // Who saves what is there already is not its author: another person must be able to publish it.
    if (before && before.name === subject.name && JSON.stringify(before.definition) === JSON.stringify(definition)) {
      return accept(before.id);
    }
    return accept(await write(tx, caller, subject, definition, now));
  });
}

async function subjectOf(tx: Tx, caller: AdminCaller, input: DraftToSave): Promise<Result<Subject>> {
  if ('newRule' in input) return ofNewRule(tx, caller, input.newRule);
  if ('ruleId' in input) return ofRule(tx, caller, input.ruleId);
  const found = await lockDraftInScope(tx, caller, input.draftId);
  if (!found.ok) return found;
  const { draft, programme } = found.value;
  const { ruleId, eventType } = draft;
  const name = input.name ?? draft.name;
  if (name !== draft.name && ruleId !== null) return refuse(ruleNameFixed);
  if (!isName(name)) return refuse({ ...ruleNameMalformed, at: 'name' });
  if (ruleId === null && (await isRuleNameTaken(tx, programme.id, name))) {
    return refuse({ ...ruleNameTaken, at: 'name' });
  }
  return accept({ programme, ruleId, eventType, name, before: draft });
}

async function ofNewRule(
  tx: Tx,
  caller: AdminCaller,
  { programmeId, name, eventType }: NewRule,
): Promise<Result<Subject>> {
  const programme = await programmeInScope(tx, caller, 'rules:write', programmeId);
  if (!programme.ok) return refuse({ ...programme.refusal, at: 'newRule.programmeId' });
  if (!isName(name)) return refuse({ ...ruleNameMalformed, at: 'newRule.name' });
  if (await isRuleNameTaken(tx, programmeId, name)) return refuse({ ...ruleNameTaken, at: 'newRule.name' });
  return accept({ programme: programme.value, ruleId: null, eventType, name, before: undefined });
}

async function ofRule(tx: Tx, caller: AdminCaller, ruleId: string): Promise<Result<Subject>> {
  const found = await lockRuleInScope(tx, caller, ruleId);
  if (!found.ok) return found;
  const { rule, programme } = found.value;
  if (rule.retiredAt) return refuse(ruleRetired);
  const { eventType, name } = rule;
  // The lock on the rule keeps others from drafting it meanwhile.
  const before = (await draftOfRule(tx, ruleId)) ?? undefined;
  return accept({ programme, ruleId, eventType, name, before });
}

async function write(
  tx: Tx,
  caller: AdminCaller,
  { programme, ruleId, eventType, name, before }: Subject,
  definition: RuleDefinition,
  now: Date,
): Promise<string> {
  const id = before?.id ?? newId();
  const text = JSON.stringify(definition);
  if (before) {
    await tx.query('UPDATE rule_draft SET name = ?, definition = ?, updated_by = ?, updated_at = ? WHERE id = ?', [
      name,
      text,
      caller.actor,
      now,
      id,
    ]);
  } else {
    await tx.query(
      `INSERT INTO rule_draft (id, programme_id, rule_id, event_type, name, definition, updated_by, created_at, updated_at)
       VALUES (?)`,
      [[id, programme.id, ruleId, eventType, name, text, caller.actor, now, now]],
    );
  }
  const target = { targetKind: 'rule_draft', targetId: id, unionId: programme.unionId };
  await recordAudit(
    tx,
    {
      actor: caller.actor,
      action: 'saveRuleDraft',
      ...target,
      before: before && { name: before.name, definition: before.definition },
      after: { ruleId, eventType, name, definition },
    },
    now,
  );
  return id;
}
