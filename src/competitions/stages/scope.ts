import type { EntityManager } from 'typeorm';
import { type AdminCaller, mayIn } from '../../identity/caller.ts';
import { taskUnderWay } from '../../judging/tasks/ask-for-task.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import { unionPath } from '../../unions/queries.ts';
import { Competition } from '../plan/competition.entity.ts';
import { competitionOver } from '../plan/refusals.ts';
import { Stage } from '../plan/stage.entity.ts';
import { competitionNotPublished, stageBusy, stageUnknown } from './refusals.ts';
import { StageRun } from './stage-run.entity.ts';

/** A stage with its competition, and how it is run; null before it was opened. */
export interface StageAtHand {
  stage: Stage;
  competition: Competition;
  run: StageRun | null;
}

/** The stage, when the admin holds the permission in its union. Refusal: STAGE_UNKNOWN. */
export async function stageInScope(
  db: EntityManager,
  caller: AdminCaller,
  permission: string,
  id: string,
): Promise<Result<StageAtHand>> {
  const found = await findStage(db, id);
  const path = found ? await unionPath(db, found.stage.unionId) : undefined;
  return found && path !== undefined && mayIn(caller, permission, path) ? accept(found) : refuse(stageUnknown);
}

/**
 * `stageInScope` with competitions:write, of a competition that was published and is not over, as it stands now: the
 * competition is held and the stage locked until the commit. Refusals: STAGE_UNKNOWN, COMPETITION_DRAFT, COMPETITION_OVER,
 * STAGE_BUSY.
 */
export async function lockStageInScope(tx: Tx, caller: AdminCaller, id: string): Promise<Result<StageAtHand>> {
  await lockStage(tx, id, 'LOCK IN SHARE MODE');
  return stageToRun(tx, caller, id);
}

/** `lockStageInScope` with the competition locked too, for what changes it. */
export async function lockStageAndCompetition(tx: Tx, caller: AdminCaller, id: string): Promise<Result<StageAtHand>> {
  await lockStage(tx, id, 'FOR UPDATE');
  return stageToRun(tx, caller, id);
}

/** A stage as it stands now, with it and its competition locked; null for an id of none. */
export async function lockStageToSettle(tx: Tx, id: string): Promise<StageAtHand | null> {
  await lockStage(tx, id, 'FOR UPDATE');
  return findStage(tx, id);
}

/** A stage that is known to exist, as it stands now: its competition is held and it is locked until the commit. */
export async function holdStage(tx: Tx, id: string): Promise<StageAtHand> {
  await lockStage(tx, id, 'LOCK IN SHARE MODE');
  return (await findStage(tx, id))!;
}

/** A stage that has a run, as everything has that was opened. */
export function runOf({ stage, run }: StageAtHand): StageRun {
  if (!run) throw new Error(`the stage ${stage.id} is ${stage.state} and was never opened`);
  return run;
}

/** The competition first, as everything does that enters, amends or cancels. */
async function lockStage(tx: Tx, id: string, lock: 'LOCK IN SHARE MODE' | 'FOR UPDATE'): Promise<void> {
  const seen = await tx.findOneBy(Stage, { id });
  if (!seen) return;
  await tx.query(`SELECT id FROM competition WHERE id = ? ${lock}`, [seen.competitionId]);
  await tx.query('SELECT id FROM competition_stage WHERE id = ? FOR UPDATE', [id]);
}

async function stageToRun(tx: Tx, caller: AdminCaller, id: string): Promise<Result<StageAtHand>> {
  const found = await stageInScope(tx, caller, 'competitions:write', id);
  if (!found.ok) return found;
  const { state } = found.value.competition;
  if (state === 'draft') return refuse(competitionNotPublished);
  if (state === 'finished' || state === 'cancelled') return refuse({ ...competitionOver, at: 'stageId' });
  return (await isBusy(tx, found.value)) ? refuse(stageBusy) : found;
}

/** Whether a job is at something that concerns all candidates of a stage. */
export async function isBusy(db: EntityManager, { run }: StageAtHand): Promise<boolean> {
  return run !== null && (await taskUnderWay(db, run.panelId)) !== null;
}

async function findStage(db: EntityManager, id: string): Promise<StageAtHand | null> {
  const stage = await db.findOneBy(Stage, { id });
  if (!stage) return null;
  const competition = await db.findOneByOrFail(Competition, { id: stage.competitionId });
  return { stage, competition, run: await db.findOneBy(StageRun, { stageId: id }) };
}
