import type { EntityManager } from 'typeorm';
import type { AdminCaller } from '../identity/caller.ts';
import { branchesOf } from '../identity/queries.ts';
import type { Tx } from '../platform/db/transaction.ts';
import { accept, type Result, refuse } from '../platform/result.ts';
import type { Programme } from '../unions/programme.entity.ts';
import { findProgrammes, unionPath } from '../unions/queries.ts';
import { programmeUnknown } from '../unions/refusals.ts';
import { memberInScope, programmeInScope } from '../unions/scope.ts';
import { ActivityEvent } from './activity-event.entity.ts';
import { eventUnknown } from './event-refusals.ts';
import { ruleUnknown } from './refusals.ts';
import { Rule } from './rule.entity.ts';

/** A programme and the branches of its members in which an admin may do something. */
export interface PartOfProgramme {
  programme: Programme;
  /** At least one. */
  branches: string[];
}

/**
 * The part of a programme's members for whom an admin holds a permission: a district's admin records events of the
 * district's members in the programme of the province. Refusal: PROGRAMME_UNKNOWN, also when there is no such part.
 */
export async function partOfProgramme(
  db: EntityManager,
  caller: AdminCaller,
  permission: string,
  programmeId: string,
): Promise<Result<PartOfProgramme>> {
  const [programme] = await findProgrammes(db, [programmeId]);
  const path = programme && (await unionPath(db, programme.unionId));
  if (!programme || path === undefined) return refuse({ ...programmeUnknown, at: 'programmeId' });
  const own = branchesOf(caller, permission);
  const branches = own.some((branch) => path.startsWith(branch))
    ? [path]
    : own.filter((branch) => branch.startsWith(path));
  return branches.length > 0 ? accept({ programme, branches }) : refuse({ ...programmeUnknown, at: 'programmeId' });
}

/** A rule of the admin's branch (rules:write), locked until the transaction ends. Refusal: RULE_UNKNOWN. */
export async function lockRuleInScope(
  tx: Tx,
  caller: AdminCaller,
  id: string,
): Promise<Result<{ rule: Rule; programme: Programme }>> {
  const rule = await tx.findOne(Rule, { where: { id }, lock: { mode: 'pessimistic_write' } });
  if (!rule) return refuse(ruleUnknown);
  const programme = await programmeInScope(tx, caller, 'rules:write', rule.programmeId);
  return programme.ok ? accept({ rule, programme: programme.value }) : refuse(ruleUnknown);
}

/** An event of a member of the admin's branch (events:read). Refusal: EVENT_UNKNOWN. */
export async function eventInScope(db: EntityManager, caller: AdminCaller, id: string): Promise<Result<ActivityEvent>> {
  const event = await db.findOneBy(ActivityEvent, { id });
  if (!event) return refuse(eventUnknown);
  const member = await memberInScope(db, caller, 'events:read', event.memberId);
  return member.ok ? accept(event) : refuse(eventUnknown);
}
