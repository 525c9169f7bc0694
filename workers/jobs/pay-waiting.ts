import type { Job } from '../../src/platform/jobs.ts';
import { payWaitingDefinition } from '../../src/rules/job-definitions.ts';
import { payWaiting } from '../../src/rules/pay-waiting.ts';

/** Pays the events that waited for their programme's budget; asked for when the budget is set. */
export const payWaitingWork: Job<{ programmeId: string }> = {
  definition: payWaitingDefinition,
  concurrency: 1,
  run: (deps, { programmeId }, progress) => payWaiting(deps, programmeId, progress),
};
