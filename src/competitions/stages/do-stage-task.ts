import { recordAudit } from '../../identity/audit.ts';
import { addCandidates } from '../../judging/panels/add-candidates.ts';
import { closeScoring } from '../../judging/panels/close-scoring.ts';
import { openScoring } from '../../judging/panels/open-scoring.ts';
import { withdrawCandidate } from '../../judging/panels/withdraw-candidate.ts';
import { rankPanel } from '../../judging/ranking/rank-panel.ts';
import type { ReportSteps } from '../../judging/tasks/run-task.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import { competitionOver } from '../plan/refusals.ts';
import { Stage, type StageState } from '../plan/stage.entity.ts';
import { readCandidates } from './read-candidates.ts';
import { holdStage } from './scope.ts';
import { StageRun } from './stage-run.entity.ts';

/** What is to be done with all candidates of a stage. */
export type StageTask =
  | { kind: 'fill' | 'start' | 'close' }
  | { kind: 'rank'; reason: string }
  | { kind: 'disqualify'; entryId: string; reason: string };

/** Who asks for it, as an actor, and when. */
export interface Asked {
  by: string;
  at: Date;
}

/** What became of a stage. */
interface Done {
  state: StageState;
  /** As the audit trail tells it, besides the state. */
  after: { rankingId?: string } & object;
}

const ACTIONS: Record<StageTask['kind'], string> = {
  fill: 'openStage',
  start: 'startScoring',
  close: 'closeStage',
  rank: 'rankAgain',
  disqualify: 'disqualifyEntry',
};

/**
 * Does a task of a stage that has a run, for all its candidates: half a million take a minute or two, so the stage is
 * locked only at the end; audited. May refuse after it has written, which the caller takes back. Refusals: COMPETITION_OVER, and by
 * kind those of `openScoring`, `closeScoring` and `rankPanel`.
 */
export async function doStageTask(
  tx: Tx,
  stageId: string,
  task: StageTask,
  { by, at }: Asked,
  report: ReportSteps = async () => {},
): Promise<Result<void>> {
  const run = await tx.findOneByOrFail(StageRun, { stageId });
  const done = await work(tx, run, task, { by, at }, report);
  // Whoever asks names the stage and not its panel.
  if (!done.ok) return refuse({ ...done.refusal, at: 'stageId' });
  const { stage, competition } = await holdStage(tx, stageId);
  if (competition.state === 'cancelled') return refuse({ ...competitionOver, at: 'stageId' });
  const { state, after } = done.value;
  await tx.update(Stage, { id: stageId }, { state });
  if (after.rankingId !== undefined)
    await tx.update(StageRun, { stageId }, { rankingId: after.rankingId, reopenedFor: null });
  const target = { targetKind: 'stage', targetId: stageId, unionId: stage.unionId };
  const change = { before: { state: stage.state }, after: { state, ...after } };
  await recordAudit(tx, { actor: by, action: ACTIONS[task.kind], ...target, ...change }, at);
  return accept(undefined);
}

async function work(tx: Tx, run: StageRun, task: StageTask, asked: Asked, report: ReportSteps): Promise<Result<Done>> {
  const { stageId, panelId, reopenedFor } = run;
  const rank = async (reason: string | null, told: object = {}): Promise<Result<Done>> => {
    const made = await rankPanel(tx, panelId, { actor: asked.by, reason }, asked.at, report);
    return made.ok ? accept({ state: 'ranked', after: { rankingId: made.value, ...told } }) : made;
  };
  switch (task.kind) {
    case 'fill':
      return accept({ state: 'open', after: { panelId, candidates: await addAll(tx, panelId, stageId, report) } });
    case 'start': {
      const opened = await openScoring(tx, panelId, asked.at);
      return opened.ok ? accept({ state: 'scoring', after: {} }) : opened;
    }
    case 'close': {
      const closed = await closeScoring(tx, panelId, asked.at);
      return closed.ok ? rank(reopenedFor) : closed;
    }
    case 'rank':
      return rank(task.reason, { reason: task.reason });
    case 'disqualify': {
      await withdrawCandidate(tx, panelId, task.entryId);
      return rank(task.reason, { disqualified: task.entryId, reason: task.reason });
    }
  }
}

async function addAll(tx: Tx, panelId: string, stageId: string, report: ReportSteps): Promise<number> {
  let count = 0;
  for await (const candidates of readCandidates(tx, stageId)) {
    await addCandidates(tx, panelId, candidates);
    count += candidates.length;
    await report(count);
  }
  return count;
}
