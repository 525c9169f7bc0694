import { z } from 'zod';
import { putUpTreats } from '../../src/marketplace/treats/put-up-treats.ts';
import type { Job } from '../../src/platform/jobs.ts';

/** Puts up the treats of the month whose day comes near, and those that were missed. */
export const putUpTreatsJob: Job<object> = {
  definition: { name: 'put-up-treats', payload: z.object({}) },
  concurrency: 1,
  async run(deps, _payload, progress) {
    const rounds = await putUpTreats(deps, progress);
    if (rounds > 0) deps.log.info({ rounds }, 'treats put up');
  },
};
