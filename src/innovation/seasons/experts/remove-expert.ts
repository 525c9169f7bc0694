import type { EntityManager } from 'typeorm';
import { act } from '../../../identity/act.ts';
import { recordAudit } from '../../../identity/audit.ts';
import { type AdminCaller, mayIn } from '../../../identity/caller.ts';
import type { Outcome } from '../../../platform/db/idempotency.ts';
import type { Deps } from '../../../platform/deps.ts';
import { accept, type Result, refuse } from '../../../platform/result.ts';
import { unionPath } from '../../../unions/queries.ts';
import { Expert } from './expert.entity.ts';
import { expertUnknown } from './refusals.ts';

/**
 * Takes an expert off the register (achievements:check in its union); panels on which she is stay as they are. Resolves
 * with the id of the entry; audited. Refusal: EXPERT_UNKNOWN.
 */
export async function removeExpert(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { expertId: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'removeExpert', key, input }, async (tx, now) => {
    const { expertId: id } = input;
    await tx.query('SELECT id FROM innovation_expert WHERE id = ? FOR UPDATE', [id]);
    const found = await expertInScope(tx, caller, 'achievements:check', id);
    if (!found.ok) return found;
    const { unionId, operatorId, field, removedAt } = found.value;
    if (removedAt !== null) return refuse(expertUnknown);
    await tx.update(Expert, { id }, { removedAt: now });
    const target = { targetKind: 'expert', targetId: id, unionId };
    const before = { adminId: operatorId, field };
    await recordAudit(tx, { actor: caller.actor, action: 'removeExpert', ...target, before }, now);
    return accept(id);
  });
}

/** An entry of the register, when the admin holds the permission in its union. Refusal: EXPERT_UNKNOWN. */
export async function expertInScope(
  db: EntityManager,
  caller: AdminCaller,
  permission: string,
  id: string,
): Promise<Result<Expert>> {
  const expert = await db.findOneBy(Expert, { id });
  const path = expert ? await unionPath(db, expert.unionId) : undefined;
  return expert && path !== undefined && mayIn(caller, permission, path) ? accept(expert) : refuse(expertUnknown);
}
