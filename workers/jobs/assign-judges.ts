import { assignLargePanel } from '../../src/judging/assignment/assign-judges.ts';
import { assignJudgesDefinition, type PanelPayload } from '../../src/judging/assignment/job-definitions.ts';
import type { Job } from '../../src/platform/jobs.ts';

/** Says who judges whom on a panel of many thousands; asked for by assignJudges. */
export const assignJudgesWork: Job<PanelPayload> = {
  definition: assignJudgesDefinition,
  concurrency: 1,
  run: (deps, { panelId }, progress) => assignLargePanel(deps, panelId, progress),
};
