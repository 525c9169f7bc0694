import type { EntityManager } from 'typeorm';
import { type AdminCaller, mayIn } from '../identity/caller.ts';
import type { Tx } from '../platform/db/transaction.ts';
import { accept, type Result, refuse } from '../platform/result.ts';
import { unionPath } from '../unions/queries.ts';
import { Judge } from './judges/judge.entity.ts';
import { judgeUnknown, personNeeded } from './judges/refusals.ts';
import { lockPanel } from './panels/lock-panel.ts';
import { Panel } from './panels/panel.entity.ts';
import { panelBusy, panelUnknown } from './panels/refusals.ts';
import { taskUnderWay } from './tasks/ask-for-task.ts';

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

/** `panelInScope` with judging:write and the panel locked. Refusals: PANEL_UNKNOWN, PANEL_BUSY. */
export async function lockPanelInScope(tx: Tx, caller: AdminCaller, id: string): Promise<Result<Panel>> {
  const isBusy = await lockUnlessBusy(tx, id, lockPanel);
  const found = await panelInScope(tx, caller, 'judging:write', id);
  return found.ok && isBusy ? refuse(panelBusy) : found;
}

/** Locks a panel unless a job is at it, which holds it for minutes: nobody waits for that. Whether one is. */
async function lockUnlessBusy(tx: Tx, id: string, lock: (tx: Tx, id: string) => Promise<unknown>): Promise<boolean> {
  if ((await taskUnderWay(tx, id)) !== null) return true;
  await lock(tx, id);
  return false;
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

/** `judgeInScope` with the panel locked. Refusals: JUDGE_UNKNOWN, PANEL_BUSY. */
export async function lockJudgeInScope(tx: Tx, caller: AdminCaller, judgeId: string): Promise<Result<Seat>> {
  const seen = await tx.findOneBy(Judge, { id: judgeId });
  // Everybody takes this lock who changes a judge, so what is read after it stays so.
  const isBusy = seen !== null && (await lockUnlessBusy(tx, seen.panelId, lockPanel));
  const found = await judgeInScope(tx, caller, judgeId);
  return found.ok && isBusy ? refuse({ ...panelBusy, at: 'judgeId' }) : found;
}

/** `ownSeat` with the panel locked as it is needed. Refusals: PERSON_NEEDED, PANEL_UNKNOWN, PANEL_BUSY. */
export async function lockOwnSeat(
  tx: Tx,
  caller: AdminCaller,
  panelId: string,
  lock: (tx: Tx, id: string) => Promise<unknown>,
): Promise<Result<Seat>> {
  const isBusy = caller.operatorId !== null && (await lockUnlessBusy(tx, panelId, lock));
  const found = await ownSeat(tx, caller, panelId);
  return found.ok && isBusy ? refuse(panelBusy) : found;
}

/**
 * The caller's own seat on a panel, as long as she may score in its branch. Refusals: PERSON_NEEDED for an API token,
 * PANEL_UNKNOWN.
 */
export async function ownSeat(db: EntityManager, caller: AdminCaller, panelId: string): Promise<Result<Seat>> {
  if (caller.operatorId === null) return refuse(personNeeded);
  const panel = await panelInScope(db, caller, 'scores:submit', panelId);
  if (!panel.ok) return panel;
  const judge = await db.findOneBy(Judge, { panelId, operatorId: caller.operatorId });
  return judge ? accept({ judge, panel: panel.value }) : refuse(panelUnknown);
}
