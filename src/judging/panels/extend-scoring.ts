import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { lockPanelInScope } from '../scope.ts';
import { deadlineOver, panelNotScoring } from './refusals.ts';

/**
 * Sets another end of scoring for a panel that is scoring (judging:write in its union), also when the one before is over;
 * audited. Resolves with the panel's id. Refusals: PANEL_UNKNOWN, PANEL_NOT_SCORING, DEADLINE_OVER.
 */
export async function extendScoring(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { panelId: string; scoreUntil: Date },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'extendScoring', key, input }, async (tx, now) => {
    const { panelId, scoreUntil } = input;
    const found = await lockPanelInScope(tx, caller, panelId);
    if (!found.ok) return found;
    const { state, unionId, scoreUntil: before } = found.value;
    if (state !== 'scoring') return refuse(panelNotScoring);
    if (scoreUntil <= now) return refuse(deadlineOver('scoreUntil'));
    await tx.query('UPDATE panel SET score_until = ? WHERE id = ?', [scoreUntil, panelId]);
    const target = { targetKind: 'panel', targetId: panelId, unionId };
    const change = { before: { scoreUntil: before }, after: { scoreUntil } };
    await recordAudit(tx, { actor: caller.actor, action: 'extendScoring', ...target, ...change }, now);
    return accept(panelId);
  });
}
