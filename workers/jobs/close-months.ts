import { closeMonths } from '../../src/marketplace/settlement/close-months.ts';
import { closeMonthsDefinition } from '../../src/marketplace/settlement/job-definitions.ts';
import type { Job } from '../../src/platform/jobs.ts';

/** Closes the months of all programmes whose settlement day has come, and those that were missed. */
export const closeMonthsJob: Job<object> = {
  definition: closeMonthsDefinition,
  concurrency: 1,
  async run(deps, _payload, progress) {
    const statements = await closeMonths(deps, progress);
    if (statements > 0) deps.log.info({ statements }, 'settlement statements drawn up');
  },
};
