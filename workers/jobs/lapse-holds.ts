import { z } from 'zod';
import { lapseHolds } from '../../src/marketplace/counter/lapse-holds.ts';
import type { Job } from '../../src/platform/jobs.ts';

/** Writes down which held charges were not confirmed in time. */
export const lapseHoldsJob: Job<object> = {
  definition: { name: 'lapse-holds', payload: z.object({}) },
  concurrency: 1,
  async run(deps) {
    const lapsed = await lapseHolds(deps);
    if (lapsed > 0) deps.log.info({ lapsed }, 'held charges lapsed');
  },
};
