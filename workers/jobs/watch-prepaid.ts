import { watchPrepaidDefinition } from '../../src/marketplace/settlement/job-definitions.ts';
import { watchPrepaid } from '../../src/marketplace/settlement/prepaid/watch-prepaid.ts';
import type { Job } from '../../src/platform/jobs.ts';

/** Raises and clears the alerts of prepaid balances. */
export const watchPrepaidJob: Job<object> = {
  definition: watchPrepaidDefinition,
  concurrency: 1,
  async run(deps) {
    const open = await watchPrepaid(deps);
    if (open > 0) deps.log.warn({ open }, 'prepaid balances run low');
  },
};
