import { act } from '../identity/act.ts';
import { recordAudit } from '../identity/audit.ts';
import type { AdminCaller } from '../identity/caller.ts';
import type { Outcome } from '../platform/db/idempotency.ts';
import type { Deps } from '../platform/deps.ts';
import { accept } from '../platform/result.ts';
import { draftOfRule } from './draft-queries.ts';
import { enqueueOverBudget } from './pay-waiting.ts';
import { lockRuleInScope } from './scope.ts';

/**
 * Takes a rule of the admin's branch (rules:write) out of force, with its versions still to come and its draft: it judges
 * no more events, and those that wait for a budget are judged again without it. What it gave stands. Resolves with the
 * rule's id, also when it was retired before; audited. Refusal: RULE_UNKNOWN.
 */
export async function retireRule(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  { ruleId }: { ruleId: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'retireRule', key, input: { ruleId } }, async (tx, now) => {
    const found = await lockRuleInScope(tx, caller, ruleId);
    if (!found.ok) return found;
    const { rule, programme } = found.value;
    if (rule.retiredAt) return accept(ruleId);
    const draft = await draftOfRule(tx, ruleId);
    await tx.query('UPDATE rule SET retired_at = ? WHERE id = ?', [now, ruleId]);
    await tx.query('DELETE FROM rule_draft WHERE rule_id = ?', [ruleId]);
    await enqueueOverBudget(tx, programme.id, now);
    const target = { targetKind: 'rule', targetId: ruleId, unionId: programme.unionId };
    await recordAudit(
      tx,
      {
        actor: caller.actor,
        action: 'retireRule',
        ...target,
        before: { name: rule.name, draft: draft?.definition },
        after: { retiredAt: now },
      },
      now,
    );
    return accept(ruleId);
  });
}
