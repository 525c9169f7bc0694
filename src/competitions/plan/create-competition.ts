import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { unionInScope } from '../../unions/scope.ts';
import { checkPlan } from './check-plan.ts';
import type { CompetitionPlan } from './plan.ts';
import { prefixTaken } from './refusals.ts';
import { writeCompetition } from './write-plan.ts';

/**
 * Makes the draft of a competition of a union in which the admin holds competitions:write; resolves with its id;
 * audited. It is open to the whole branch of the union. Refusals: UNION_UNKNOWN, PREFIX_TAKEN, those of `checkPlan`.
 */
export async function createCompetition(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { unionId: string; plan: CompetitionPlan },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'createCompetition', key, input }, async (tx, now) => {
    const { unionId } = input;
    const union = await unionInScope(tx, caller, 'competitions:write', unionId);
    if (!union.ok) return refuse({ ...union.refusal, at: 'unionId' });
    const plan = await checkPlan(tx, union.value, input.plan);
    if (!plan.ok) return plan;
    if (await prefixIsTaken(tx, plan.value.certificatePrefix, '')) return refuse(prefixTaken('plan.certificatePrefix'));
    const id = await writeCompetition(tx, { unionId, copiedFrom: null }, plan.value, now);
    const target = { targetKind: 'competition', targetId: id, unionId };
    await recordAudit(tx, { actor: caller.actor, action: 'createCompetition', ...target, after: plan.value }, now);
    return accept(id);
  });
}

/**
 * Whether another competition has this prefix. Of two that take it at one instant the database stops the second, which
 * is refused when it is sent again.
 */
export async function prefixIsTaken(tx: Tx, prefix: string, id: string): Promise<boolean> {
  const rows: unknown[] = await tx.query('SELECT id FROM competition WHERE certificate_prefix = ? AND id <> ?', [
    prefix,
    id,
  ]);
  return rows.length > 0;
}
