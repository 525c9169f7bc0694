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
import { checkDefinition } from './check-definition.ts';
import type { RuleDefinition, RuleDraft } from './definition.ts';
import { newestVersions } from './queries.ts';
import { eventTypeMalformed, occurrenceFixed, ruleNameMalformed, ruleNameTaken, ruleRetired } from './refusals.ts';
import { lockRuleInScope } from './scope.ts';

const EVENT_TYPE = /^[a-z][a-z0-9._-]{0,39}$/;

/** A rule that does not exist yet. */
export interface NewRule {
  programmeId: string;
  name: string;
  eventType: string;
}

/** What is to be published: the first version of a new rule, or the next one of a rule. */
export type RuleToPublish = ({ newRule: NewRule } | { ruleId: string }) & { definition: RuleDraft };

/**
 * Publishes a rule, or a new version of one, in a programme of the admin's branch (rules:write); it judges every event
 * from then on. Resolves with the rule's id; audited. Refusals: PROGRAMME_UNKNOWN, RULE_UNKNOWN, RULE_RETIRED,
 * NAME_MALFORMED, RULE_NAME_TAKEN, EVENT_TYPE_MALFORMED, OCCURRENCE_FIXED and those of `checkDefinition`.
 */
export async function publishRule(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: RuleToPublish,
): Promise<Outcome> {
  return act(deps, caller, { operation: 'publishRule', key, input }, async (tx, now) => {
    const definition = checkDefinition(input.definition);
    const publisher = { tx, caller, now };
    if ('newRule' in input) return publishFirst(publisher, input.newRule, definition);
    return publishNext(publisher, input.ruleId, definition);
  });
}

interface Publisher {
  tx: Tx;
  caller: AdminCaller;
  now: Date;
}

async function publishFirst(
  { tx, caller, now }: Publisher,
  { programmeId, name, eventType }: NewRule,
  definition: Result<RuleDefinition>,
): Promise<Outcome> {
  const programme = await programmeInScope(tx, caller, 'rules:write', programmeId);
  if (!programme.ok) return refuse({ ...programme.refusal, at: 'newRule.programmeId' });
  if (!isName(name)) return refuse(ruleNameMalformed);
  if (!EVENT_TYPE.test(eventType)) return refuse(eventTypeMalformed);
  if (!definition.ok) return definition;
  const taken: unknown[] = await tx.query('SELECT id FROM rule WHERE programme_id = ? AND name = ?', [
    programmeId,
    name,
  ]);
  if (taken.length > 0) return refuse(ruleNameTaken);
  const id = newId();
  await tx.query('INSERT INTO rule (id, programme_id, event_type, name, created_at) VALUES (?, ?, ?, ?, ?)', [
    id,
    programmeId,
    eventType,
    name,
    now,
  ]);
  const version = { ruleId: id, number: 1, definition: definition.value };
  return insertVersion({ tx, caller, now }, programme.value, version, undefined);
}

async function publishNext(
  { tx, caller, now }: Publisher,
  ruleId: string,
  definition: Result<RuleDefinition>,
): Promise<Outcome> {
  const found = await lockRuleInScope(tx, caller, ruleId);
  if (!found.ok) return found;
  const { rule, programme } = found.value;
  if (rule.retiredAt) return refuse(ruleRetired);
  if (!definition.ok) return definition;
  const [newest] = await newestVersions(tx, [ruleId], 1);
  if (!newest) throw new Error(`rule ${ruleId} has no version`);
  if (!sameOccurrence(newest.definition, definition.value)) return refuse(occurrenceFixed);
  const version = { ruleId, number: newest.number + 1, definition: definition.value };
  return insertVersion({ tx, caller, now }, programme, version, newest.definition);
}

async function insertVersion(
  { tx, caller, now }: Publisher,
  programme: Programme,
  { ruleId, number, definition }: { ruleId: string; number: number; definition: RuleDefinition },
  before: RuleDefinition | undefined,
): Promise<Outcome> {
  await tx.query(
    `INSERT INTO rule_version (id, rule_id, number, definition, published_by, published_at) VALUES (?, ?, ?, ?, ?, ?)`,
    [newId(), ruleId, number, JSON.stringify(definition), caller.actor, now],
  );
  const target = { targetKind: 'rule', targetId: ruleId, unionId: programme.unionId };
  await recordAudit(
    tx,
    { actor: caller.actor, action: 'publishRule', ...target, before, after: { number, definition } },
    now,
  );
  return accept(ruleId);
}

// What was paid is remembered by rule, member and occurrence. If a later version called occurrences otherwise, nothing
// that was paid would be found again, and the same degree would be paid twice.
function sameOccurrence(a: RuleDefinition, b: RuleDefinition): boolean {
  const text = ({ occurrence }: RuleDefinition) =>
    occurrence.kind === 'values' ? [...occurrence.attributes].sort().join(' ') : `:${occurrence.kind}`;
  return text(a) === text(b);
}
