import type { EntityManager } from 'typeorm';
import type { AdminCaller } from '../identity/caller.ts';
import type { Tx } from '../platform/db/transaction.ts';
import { accept, type Result, refuse } from '../platform/result.ts';
import type { Programme } from '../unions/programme.entity.ts';
import { programmeInScope } from '../unions/scope.ts';
import { draftUnknown } from './refusals.ts';
import { Rule } from './rule.entity.ts';
import { RuleDraftRow } from './rule-draft.entity.ts';

export interface LockedDraft {
  draft: RuleDraftRow;
  programme: Programme;
  /** The rule whose next version it is; undefined for a rule that does not exist yet. */
  rule: Rule | undefined;
}

/** A draft of the admin's branch. Refusal: DRAFT_UNKNOWN. */
export async function draftInScope(
  db: EntityManager,
  caller: AdminCaller,
  permission: 'rules:read' | 'rules:write',
  id: string,
): Promise<Result<{ draft: RuleDraftRow; programme: Programme }>> {
  const draft = await db.findOneBy(RuleDraftRow, { id });
  if (!draft) return refuse(draftUnknown);
  const programme = await programmeInScope(db, caller, permission, draft.programmeId);
  return programme.ok ? accept({ draft, programme: programme.value }) : refuse(draftUnknown);
}

/**
 * A draft of the admin's branch (rules:write), locked until the transaction ends, and its rule before it, as everybody
 * does who needs both. Refusal: DRAFT_UNKNOWN.
 */
export async function lockDraftInScope(tx: Tx, caller: AdminCaller, id: string): Promise<Result<LockedDraft>> {
  const found = await draftInScope(tx, caller, 'rules:write', id);
  if (!found.ok) return found;
  const lock = { mode: 'pessimistic_write' } as const;
  const { ruleId } = found.value.draft;
  const rule = ruleId === null ? undefined : await tx.findOneOrFail(Rule, { where: { id: ruleId }, lock });
  const draft = await tx.findOne(RuleDraftRow, { where: { id }, lock });
  return draft ? accept({ draft, programme: found.value.programme, rule }) : refuse(draftUnknown);
}
