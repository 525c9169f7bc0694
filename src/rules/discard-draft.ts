import { act } from '../identity/act.ts';
import { recordAudit } from '../identity/audit.ts';
import type { AdminCaller } from '../identity/caller.ts';
import type { Outcome } from '../platform/db/idempotency.ts';
import type { Deps } from '../platform/deps.ts';
import { accept } from '../platform/result.ts';
import { lockDraftInScope } from './draft-scope.ts';

/** Throws a draft of the admin's branch (rules:write) away. Resolves with its id; audited. Refusal: DRAFT_UNKNOWN. */
export async function discardDraft(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  { draftId }: { draftId: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'discardRuleDraft', key, input: { draftId } }, async (tx, now) => {
    const found = await lockDraftInScope(tx, caller, draftId);
    if (!found.ok) return found;
    const { draft, programme } = found.value;
    await tx.query('DELETE FROM rule_draft WHERE id = ?', [draftId]);
    const { ruleId, eventType, name, definition } = draft;
    await recordAudit(
      tx,
      {
        actor: caller.actor,
        action: 'discardRuleDraft',
        targetKind: 'rule_draft',
        targetId: draftId,
        unionId: programme.unionId,
        before: { ruleId, eventType, name, definition },
      },
      now,
    );
    return accept(draftId);
  });
}
