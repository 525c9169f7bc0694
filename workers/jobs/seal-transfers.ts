import { z } from 'zod';
import { sealTransfers } from '../../src/ledger/seal.ts';
import type { Job } from '../../src/platform/jobs.ts';

/** Takes new transfers into the hash chain and the daily sums. */
export const sealTransfersJob: Job<object> = {
  definition: { name: 'seal-transfers', payload: z.object({}) },
  concurrency: 1,
  async run(deps) {
    await sealTransfers(deps);
  },
};
