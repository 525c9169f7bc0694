import { z } from 'zod';
import { releaseAllDue } from '../../src/marketplace/releases/release-due.ts';
import type { Job } from '../../src/platform/jobs.ts';

/** Counts releases that are due into the stock of their offers. */
export const releaseStockJob: Job<object> = {
  definition: { name: 'release-stock', payload: z.object({}) },
  concurrency: 1,
  async run(deps, _payload, progress) {
    const released = await releaseAllDue(deps, progress);
    if (released > 0) deps.log.info({ released }, 'stock released');
  },
};
