import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { newId } from '../../platform/ids.ts';
import { accept, type Refusal, type Result, refuse } from '../../platform/result.ts';
import { MOST_JUDGES } from '../limits.ts';
import type { Panel } from '../panels/panel.entity.ts';
import { criteriaOf } from '../panels/queries.ts';
import { panelClosed } from '../panels/refusals.ts';
import { lockPanelInScope } from '../scope.ts';
import { fitJudges } from './at-hand.ts';
import { Judge } from './judge.entity.ts';
import { criteriaFixed, criteriaUnfit, judgeOnPanel, judgesTooMany, judgeUnfit } from './refusals.ts';

export interface Invitation {
  panelId: string;
  /** The admin, who holds scores:submit in the panel's union. */
  adminId: string;
  /** The numbers of the criteria that she is to judge; null for all that are judged. */
  criteria: readonly number[] | null;
}

/**
 * Invites an admin to judge on a panel (judging:write in its union) that is not closed; audited. One who declined or
 * withdrew may be invited again. Resolves with the judge's id. Refusals: PANEL_UNKNOWN, PANEL_CLOSED, JUDGE_UNFIT,
 * JUDGE_ON_PANEL, JUDGES_TOO_MANY, CRITERIA_UNFIT, CRITERIA_FIXED.
 */
export async function inviteJudge(deps: Deps, caller: AdminCaller, key: string, input: Invitation): Promise<Outcome> {
  return act(deps, caller, { operation: 'inviteJudge', key, input }, async (tx, now) => {
    const found = await lockPanelInScope(tx, caller, input.panelId);
    if (!found.ok) return found;
    const panel = found.value;
    const invited = await addJudge(tx, panel, { ...input, invitedBy: caller.actor }, now);
    if (!invited.ok) return invited;
    const { id, criteria } = invited.value;
    const target = { targetKind: 'judge', targetId: id, unionId: panel.unionId };
    const after = { panelId: panel.id, adminId: input.adminId, criteria };
    await recordAudit(tx, { actor: caller.actor, action: 'inviteJudge', ...target, after }, now);
    return accept(id);
  });
}

/**
 * Puts an admin on a panel that is locked, invited by an actor; resolves with the judge's id and criteria. Refusals:
 * PANEL_CLOSED, JUDGE_UNFIT, JUDGE_ON_PANEL, JUDGES_TOO_MANY, CRITERIA_UNFIT, CRITERIA_FIXED.
 */
export async function addJudge(
  tx: Tx,
  panel: Panel,
  { adminId, invitedBy, ...asked }: Pick<Invitation, 'adminId' | 'criteria'> & { invitedBy: string },
  now: Date,
): Promise<Result<Pick<Judge, 'id' | 'criteria'>>> {
  const criteria = asked.criteria && [...asked.criteria].sort((a, b) => a - b);
  const before = await tx.findOneBy(Judge, { panelId: panel.id, operatorId: adminId });
  const trouble = await troubleWith(tx, panel, before, adminId, criteria);
  if (trouble) return refuse(trouble);
  const invited = { criteria, state: 'invited' as const, invitedAt: now, invitedBy };
  const fresh = { ...invited, answeredAt: null, withdrawnAt: null, withdrawnReason: null };
  const id = before?.id ?? newId();
  if (before) await tx.update(Judge, { id }, fresh);
  else await tx.insert(Judge, { id, panelId: panel.id, operatorId: adminId, ...fresh });
  return accept({ id, criteria });
}

async function troubleWith(
  tx: Tx,
  panel: Panel,
  before: Judge | null,
  adminId: string,
  criteria: readonly number[] | null,
): Promise<Refusal | undefined> {
  if (panel.state === 'closed') return panelClosed;
  const [fit] = await fitJudges(tx, panel.unionId, { adminId }, { first: 1, after: undefined });
  if (!fit) return judgeUnfit;
  if (before?.state === 'invited' || before?.state === 'accepted') return judgeOnPanel;
  if (!before && (await tx.countBy(Judge, { panelId: panel.id })) >= MOST_JUDGES) return judgesTooMany;
  if (before && panel.state === 'scoring' && JSON.stringify(before.criteria) !== JSON.stringify(criteria))
    return criteriaFixed;
  return criteria && !(await areJudged(tx, panel.id, criteria)) ? criteriaUnfit : undefined;
}

async function areJudged(tx: Tx, panelId: string, numbers: readonly number[]): Promise<boolean> {
  const judged = (await criteriaOf(tx, panelId)).filter(({ kind }) => kind === 'judged').map(({ number }) => number);
  return numbers.length > 0 && new Set(numbers).size === numbers.length && numbers.every((one) => judged.includes(one));
}
