import { act } from '../../../identity/act.ts';
import { recordAudit } from '../../../identity/audit.ts';
import type { AdminCaller } from '../../../identity/caller.ts';
import { isSamePerson } from '../../../identity/same-person.ts';
import type { Outcome } from '../../../platform/db/idempotency.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import type { Deps } from '../../../platform/deps.ts';
import { accept, type Refusal, refuse } from '../../../platform/result.ts';
import type { SubsidyList } from './list.entity.ts';
import { listReleased, personNeeded, secondPersonNeeded, subsidiesNotBudget } from './refusals.ts';
import { lockListInScope } from './scope.ts';

/**
 * Releases a payment list (awards:pay in the union of its competition), by another person than the one who made it; the
 * unions that pay are to pay it then. Its lines are summed up once more and compared with the budget. Resolves with its
 * id; audited. Refusals: SUBSIDY_LIST_UNKNOWN, SUBSIDY_LIST_RELEASED, PERSON_NEEDED, SECOND_PERSON_NEEDED,
 * SUBSIDIES_NOT_BUDGET.
 */
export async function releaseSubsidyList(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { listId: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'releaseSubsidyList', key, input }, async (tx, now) => {
    const { listId: id } = input;
    const found = await lockListInScope(tx, caller, id);
    if (!found.ok) return found;
    const { list, union } = found.value;
    if (list.state === 'released') return refuse(listReleased);
    const trouble = (await troubleWithPerson(tx, caller, list)) ?? (await troubleWithSum(tx, list));
    if (trouble) return refuse(trouble);
    await tx.query("UPDATE subsidy_list SET state = 'released', released_at = ?, released_by = ? WHERE id = ?", [
      ...[now, caller.actor],
      id,
    ]);
    const target = { targetKind: 'subsidy_list', targetId: id, unionId: union.id };
    const change = { before: { state: 'made' }, after: { state: 'released', totalFen: list.totalFen } };
    await recordAudit(tx, { actor: caller.actor, action: 'releaseSubsidyList', ...target, ...change }, now);
    return accept(id);
  });
}

async function troubleWithPerson(tx: Tx, caller: AdminCaller, { madeBy }: SubsidyList): Promise<Refusal | undefined> {
  if (caller.operatorId === null) return personNeeded;
  return (await isSamePerson(tx, caller, madeBy)) ? secondPersonNeeded : undefined;
}

async function troubleWithSum(tx: Tx, { id, vacantFen, budgetFen }: SubsidyList): Promise<Refusal | undefined> {
  const [row] = await tx.query<{ sum: string | null }[]>('SELECT SUM(fen) AS sum FROM subsidy_line WHERE list_id = ?', [
    id,
  ]);
  const sum = Number(row!.sum ?? 0);
  return sum + vacantFen === budgetFen ? undefined : subsidiesNotBudget(sum, vacantFen, budgetFen);
}
