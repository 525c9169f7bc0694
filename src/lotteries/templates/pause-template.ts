import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept } from '../../platform/result.ts';
import { LotteryTemplate } from './template.entity.ts';
import { templateToChange } from './template-scope.ts';

/**
 * Pauses a template, so that nothing is made from it, or has it go on (lotteries:write in its programme's union);
 * resolves with its id; audited when something changed. Draws that lay in the pause are not made up for; lotteries that
 * were made stay. Refusal: TEMPLATE_UNKNOWN.
 */
export async function pauseTemplate(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { templateId: string; paused: boolean },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'pauseLotteryTemplate', key, input }, async (tx, now) => {
    const { templateId, paused } = input;
    const found = await templateToChange(tx, caller, templateId);
    if (!found.ok) return found;
    const { template, unionId } = found.value;
    const state = paused ? 'paused' : 'active';
    if (template.state === state) return accept(templateId);
    await tx.update(LotteryTemplate, { id: templateId }, { state, ...(!paused && { activeSince: now }) });
    const target = { targetKind: 'lottery_template', targetId: templateId, unionId };
    const [before, after] = [{ state: template.state }, { state }];
    await recordAudit(tx, { actor: caller.actor, action: 'pauseLotteryTemplate', ...target, before, after }, now);
    return accept(templateId);
  });
}
