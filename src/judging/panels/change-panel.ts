import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { lockPanelInScope } from '../scope.ts';
import { Panel } from './panel.entity.ts';
import { termsOf } from './queries.ts';
import { deadlineOver, panelNotPreparing } from './refusals.ts';
import { type PanelTerms, wrongTerms } from './terms.ts';
import { writeCriteria } from './write-panel.ts';

/**
 * Writes new terms over those of a panel that is being prepared, in a union where the admin holds judging:write; audited.
 * Resolves with the panel's id. Refusals: PANEL_UNKNOWN, PANEL_NOT_PREPARING, DEADLINE_OVER, those of wrongTerms.
 */
export async function changePanel(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { panelId: string; terms: PanelTerms },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'changePanel', key, input }, async (tx, now) => {
    const { panelId, terms } = input;
    const found = await lockPanelInScope(tx, caller, panelId);
    if (!found.ok) return found;
    const { state, unionId } = found.value;
    if (state !== 'preparing') return refuse(panelNotPreparing);
    const wrong = wrongTerms(terms);
    if (wrong) return refuse(wrong);
    const { criteria, ...settings } = terms;
    if (settings.scoreUntil && settings.scoreUntil <= now) return refuse(deadlineOver('terms.scoreUntil'));
    const before = await termsOf(tx, found.value);
    await tx.update(Panel, { id: panelId }, settings);
    await tx.query('DELETE FROM panel_criterion WHERE panel_id = ?', [panelId]);
    await writeCriteria(tx, panelId, criteria);
    const target = { targetKind: 'panel', targetId: panelId, unionId };
    await recordAudit(tx, { actor: caller.actor, action: 'changePanel', ...target, before, after: terms }, now);
    return accept(panelId);
  });
}
