import type { Job } from '../../src/platform/jobs.ts';
import { findMilestonesDefinition } from '../../src/rules/job-definitions.ts';
import { findMilestones } from '../../src/rules/milestones/find-milestones.ts';

/** Records the milestones of every day that was not looked at yet. */
export const findMilestonesJob: Job<object> = {
  definition: findMilestonesDefinition,
  concurrency: 1,
  async run(deps, _payload, progress) {
    const recorded = await findMilestones(deps, progress);
    if (recorded > 0) deps.log.info({ recorded }, 'milestones recorded');
  },
};
