import type { EntityManager } from 'typeorm';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import { programmeInScope } from '../../unions/scope.ts';
import { TreatPlan } from './plan.entity.ts';
import { treatPlanUnknown } from './refusals.ts';

export interface PlanInScope {
  plan: TreatPlan;
  unionId: string;
}

/** The plan, when the admin holds the permission in its programme's union. Refusal: TREAT_PLAN_UNKNOWN. */
export async function planInScope(
  db: EntityManager,
  caller: AdminCaller,
  permission: string,
  id: string,
): Promise<Result<PlanInScope>> {
  const plan = await db.findOneBy(TreatPlan, { id });
  const programme = plan && (await programmeInScope(db, caller, permission, plan.programmeId));
  return plan && programme?.ok ? accept({ plan, unionId: programme.value.unionId }) : refuse(treatPlanUnknown);
}

/** `planInScope` with offers:write, the plan locked: no round is put up by it meanwhile. */
export async function planToChange(tx: Tx, caller: AdminCaller, id: string): Promise<Result<PlanInScope>> {
  await tx.query('SELECT id FROM treat_plan WHERE id = ? FOR UPDATE', [id]);
  return planInScope(tx, caller, 'offers:write', id);
}
