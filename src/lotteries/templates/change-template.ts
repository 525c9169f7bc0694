import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { type TemplateAsked, wrongTemplate } from './create-template.ts';
import { LotteryTemplate } from './template.entity.ts';
import { templateToChange } from './template-scope.ts';

/**
 * Sets up a template anew, all of it (lotteries:write in its programme's union); resolves with its id; audited.
 * Lotteries that were made from it stay as they are. Refusals: TEMPLATE_UNKNOWN, those of wrongTemplate.
 */
export async function changeTemplate(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: TemplateAsked & { templateId: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'changeLotteryTemplate', key, input }, async (tx, now) => {
    const { templateId, ...after } = input;
    const found = await templateToChange(tx, caller, templateId);
    if (!found.ok) return found;
    const { template, unionId } = found.value;
    const wrong = await wrongTemplate(tx, template.programmeId, after);
    if (wrong) return refuse(wrong);
    await tx.update(LotteryTemplate, { id: templateId }, { name: after.name, terms: after.terms });
    const target = { targetKind: 'lottery_template', targetId: templateId, unionId };
    const before = { name: template.name, terms: template.terms };
    await recordAudit(tx, { actor: caller.actor, action: 'changeLotteryTemplate', ...target, before, after }, now);
    return accept(templateId);
  });
}
