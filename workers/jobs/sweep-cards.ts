import { z } from 'zod';
import { sweepCodes } from '../../src/cards/sweep-codes.ts';
import { sweepFiles } from '../../src/cards/sweep-files.ts';
import type { Job } from '../../src/platform/jobs.ts';

/** Forgets used card codes that are too old to be shown again, and deletes printer files after their 30 days. */
export const sweepCardsJob: Job<object> = {
  definition: { name: 'sweep-cards', payload: z.object({}) },
  concurrency: 1,
  async run(deps) {
    await sweepCodes(deps);
    const deleted = await sweepFiles(deps);
    if (deleted > 0) deps.log.info({ deleted }, 'printer files of cards deleted');
  },
};
