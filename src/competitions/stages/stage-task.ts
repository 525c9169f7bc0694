import { MOST_AT_ONCE } from '../../judging/limits.ts';
import { Panel } from '../../judging/panels/panel.entity.ts';
import { askForTask } from '../../judging/tasks/ask-for-task.ts';
import type { PanelTask, TaskKind } from '../../judging/tasks/panel-task.entity.ts';
import { type ReportSteps, runTask, type TaskWork } from '../../judging/tasks/run-task.ts';
import { enqueue } from '../../platform/db/outbox.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import type { ReportProgress } from '../../platform/jobs.ts';
import { accept, type Result } from '../../platform/result.ts';
import { type Asked, doStageTask, type StageTask } from './do-stage-task.ts';
import { runStageDefinition } from './job-definitions.ts';
import type { StageRun } from './stage-run.entity.ts';

/**
 * Does a task of a locked stage that has a run: at once where it has 5,000 candidates at the most, so that the admin sees
 * what came of it; for more a job does it with the very same code, the run shows how far it is, and nothing else can be
 * done with the stage meanwhile. A refusal leaves everything as it was. Refusals: those of `doStageTask`, for more
 * candidates kept with the task.
 */
export async function doNowOrLater(
  tx: Tx,
  run: Pick<StageRun, 'stageId' | 'panelId'>,
  task: StageTask,
  { by, at }: Asked,
): Promise<Result<void>> {
  const { candidateCount } = await tx.findOneByOrFail(Panel, { id: run.panelId });
  return doOrAsk(tx, run, task, { by, at, candidates: candidateCount, steps: 2 * candidateCount });
}

/** `doNowOrLater` for the candidates of a panel that has none yet. */
export function fillNowOrLater(
  tx: Tx,
  run: Pick<StageRun, 'stageId' | 'panelId'>,
  asked: Asked & { candidates: number },
): Promise<Result<void>> {
  return doOrAsk(tx, run, { kind: 'fill' }, { ...asked, steps: asked.candidates });
}

async function doOrAsk(
  tx: Tx,
  { stageId, panelId }: Pick<StageRun, 'stageId' | 'panelId'>,
  task: StageTask,
  { by, at, candidates, steps }: Asked & { candidates: number; steps: number },
): Promise<Result<void>> {
  if (candidates <= MOST_AT_ONCE) return doStageTask(tx, stageId, task, { by, at });
  const { kind, ...input } = task;
  await askForTask(tx, { panelId, kind, input: { ...input, stageId }, askedBy: by, total: steps }, at);
  await enqueue(tx, runStageDefinition, { panelId }, at);
  return accept(undefined);
}

const KINDS: readonly TaskKind[] = ['fill', 'start', 'close', 'rank', 'disqualify'];

/** The work of the job run-stage: does what the stage of a panel waits for. */
export function runLargeStage(deps: Deps, panelId: string, progress: ReportProgress): Promise<void> {
  const work: TaskWork = (tx, { kind, input, askedBy }: PanelTask, report: ReportSteps) => {
    const { stageId, ...rest } = input as { stageId: string };
    return doStageTask(tx, stageId, { kind, ...rest } as StageTask, { by: askedBy, at: deps.clock.now() }, report);
  };
  return runTask(deps, panelId, Object.fromEntries(KINDS.map((kind) => [kind, work])), progress);
}
