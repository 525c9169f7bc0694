import { act } from '../../../identity/act.ts';
import { recordAudit } from '../../../identity/audit.ts';
import type { AdminCaller } from '../../../identity/caller.ts';
import { fitJudges } from '../../../judging/judges/at-hand.ts';
import { judgeUnfit } from '../../../judging/judges/refusals.ts';
import type { Outcome } from '../../../platform/db/idempotency.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import type { Deps } from '../../../platform/deps.ts';
import { newId } from '../../../platform/ids.ts';
import { accept, refuse } from '../../../platform/result.ts';
import { unionInScope } from '../../../unions/scope.ts';
import { normaliseField } from '../category-for.ts';
import { wrongLine } from '../form.ts';
import { LONGEST_FIELD } from '../limits.ts';
import { Expert } from './expert.entity.ts';
import { expertRegistered } from './refusals.ts';

export interface NewExpert {
  unionId: string;
  /** An admin who may score in the union. */
  adminId: string;
  field: string;
}

/**
 * Registers an admin as an expert of a field (achievements:check in the union), to be invited to the panels of its
 * seasons and of those below; audited. Resolves with the id of the entry. Refusals: UNION_UNKNOWN, TEXT_LENGTH,
 * JUDGE_UNFIT, EXPERT_REGISTERED.
 */
export async function registerExpert(deps: Deps, caller: AdminCaller, key: string, input: NewExpert): Promise<Outcome> {
  return act(deps, caller, { operation: 'registerExpert', key, input }, async (tx, now) => {
    const { unionId, adminId } = input;
    const field = normaliseField(input.field);
    const union = await unionInScope(tx, caller, 'achievements:check', unionId);
    if (!union.ok) return refuse({ ...union.refusal, at: 'unionId' });
    const wrong = wrongLine('field', field, LONGEST_FIELD);
    if (wrong) return refuse(wrong);
    const [fit] = await fitJudges(tx, unionId, { adminId }, { first: 1, after: undefined });
    if (!fit) return refuse(judgeUnfit);
    const id = await enter(tx, { unionId, adminId, field }, caller.actor, now);
    if (id === null) return refuse(expertRegistered);
    const target = { targetKind: 'expert', targetId: id, unionId };
    await recordAudit(tx, { actor: caller.actor, action: 'registerExpert', ...target, after: { adminId, field } }, now);
    return accept(id);
  });
}

/** Enters an expert, anew where she was removed; null when she is on the register. */
async function enter(
  tx: Tx,
  { unionId, adminId: operatorId, field }: NewExpert,
  registeredBy: string,
  now: Date,
): Promise<string | null> {
  await tx.query('SELECT id FROM innovation_expert WHERE union_id = ? AND operator_id = ? AND field = ? FOR UPDATE', [
    unionId,
    operatorId,
    field,
  ]);
  const before = await tx.findOneBy(Expert, { unionId, operatorId, field });
  if (before?.removedAt === null) return null;
  const registered = { registeredAt: now, registeredBy, removedAt: null };
  const id = before?.id ?? newId();
  if (before) await tx.update(Expert, { id }, registered);
  else await tx.insert(Expert, { id, unionId, operatorId, field, ...registered });
  return id;
}
