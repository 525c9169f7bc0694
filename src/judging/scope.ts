import type { EntityManager } from 'typeorm';
import { type AdminCaller, mayIn } from '../identity/caller.ts';
import type { Tx } from '../platform/db/transaction.ts';
import { accept, type Result, refuse } from '../platform/result.ts';
import { unionPath } from '../unions/queries.ts';
import { Judge } from './judges/judge.entity.ts';
import { judgeUnknown, personNeeded } from './judges/refusals.ts';
import { lockPanel } from './panels/lock-panel.ts';
import { Panel } from './panels/panel.entity.ts';
import { panelUnknown } from './panels/refusals.ts';

/** The panel, when the admin holds the permission in its union. Refusal: PANEL_UNKNOWN. */
export async function panelInScope(
  db: EntityManager,
  caller: AdminCaller,
  permission: string,
  id: string,
): Promise<Result<Panel>> {
  const panel = await db.findOneBy(Panel, { id });
  const path = panel ? await unionPath(db, panel.unionId) : undefined;
  return panel && path !== undefined && mayIn(caller, permission, path) ? accept(panel) : refuse(panelUnknown);
}

/** `panelInScope` with judging:write and the panel locked. */
export async function lockPanelInScope(tx: Tx, caller: AdminCaller, id: string): Promise<Result<Panel>> {
  await lockPanel(tx, id);
  return panelInScope(tx, caller, 'judging:write', id);
}

/** A judge with the panel on which she is. */
export interface Seat {
  judge: Judge;
  panel: Panel;
}

/** A judge, when the admin holds judging:write in the union of her panel. Refusal: JUDGE_UNKNOWN. */
export async function judgeInScope(db: EntityManager, caller: AdminCaller, judgeId: string): Promise<Result<Seat>> {
  const judge = await db.findOneBy(Judge, { id: judgeId });
  if (!judge) return refuse(judgeUnknown);
  const panel = await panelInScope(db, caller, 'judging:write', judge.panelId);
  return panel.ok ? accept({ judge, panel: panel.value }) : refuse(judgeUnknown);
}

/** `judgeInScope` with the panel locked. */
export async function lockJudgeInScope(tx: Tx, caller: AdminCaller, judgeId: string): Promise<Result<Seat>> {
  const seen = await tx.findOneBy(Judge, { id: judgeId });
  // Everybody takes this lock who changes a judge, so what is read after it stays so.
  if (seen) await lockPanel(tx, seen.panelId);
  return judgeInScope(tx, caller, judgeId);
}

/**
 * The caller's own seat on a panel, as long as she may score in its branch; `hold` locks the panel as it is needed.
 * Refusals: PERSON_NEEDED for an API token, PANEL_UNKNOWN.
 */
export async function ownSeat(
  db: EntityManager,
  caller: AdminCaller,
  panelId: string,
  hold: (id: string) => Promise<unknown> = async () => {},
): Promise<Result<Seat>> {
  if (caller.operatorId === null) return refuse(personNeeded);
  await hold(panelId);
  const panel = await panelInScope(db, caller, 'scores:submit', panelId);
  if (!panel.ok) return panel;
  const judge = await db.findOneBy(Judge, { panelId, operatorId: caller.operatorId });
  return judge ? accept({ judge, panel: panel.value }) : refuse(panelUnknown);
}
