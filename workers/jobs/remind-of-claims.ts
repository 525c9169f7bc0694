import { z } from 'zod';
import type { Job } from '../../src/platform/jobs.ts';
import { remindOfClaims } from '../../src/rules/claims/remind-of-claims.ts';

/** Counts in the morning for each approver the claims that wait for her. */
export const remindOfClaimsJob: Job<object> = {
  definition: { name: 'remind-of-claims', payload: z.object({}) },
  concurrency: 1,
  async run(deps) {
    const reminded = await remindOfClaims(deps);
    if (reminded > 0) deps.log.info({ reminded }, 'approvers reminded of claims');
  },
};
