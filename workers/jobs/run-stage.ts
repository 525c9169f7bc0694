import { runStageDefinition } from '../../src/competitions/stages/job-definitions.ts';
import { runLargeStage } from '../../src/competitions/stages/stage-task.ts';
import type { PanelPayload } from '../../src/judging/assignment/job-definitions.ts';
import type { Job } from '../../src/platform/jobs.ts';

/** Opens, starts, closes or ranks a stage of many thousands; asked for by the mutations that do so. */
export const runStageWork: Job<PanelPayload> = {
  definition: runStageDefinition,
  concurrency: 1,
  run: (deps, { panelId }, progress) => runLargeStage(deps, panelId, progress),
};
