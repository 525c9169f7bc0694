import { z } from 'zod';
import { expireLots } from '../../src/ledger/expire-lots.ts';
import type { Job } from '../../src/platform/jobs.ts';

/** Moves the points of lapsed lots to breakage. */
export const expireLotsJob: Job<object> = {
  definition: { name: 'expire-lots', payload: z.object({}) },
  concurrency: 1,
  async run(deps, _payload, progress) {
    const expired = await expireLots(deps, progress);
    if (expired > 0) deps.log.info({ expired }, 'lots expired');
  },
};
