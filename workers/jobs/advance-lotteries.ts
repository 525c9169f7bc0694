import { z } from 'zod';
import { advanceLotteries } from '../../src/lotteries/advance-lotteries.ts';
import type { Job } from '../../src/platform/jobs.ts';

/** Freezes, counts, draws, pays and settles lotteries, each as far as its time has come. */
export const advanceLotteriesJob: Job<object> = {
  definition: { name: 'advance-lotteries', payload: z.object({}) },
  concurrency: 1,
  async run(deps, _payload, progress) {
    const steps = await advanceLotteries(deps, progress);
    if (steps > 0) deps.log.info({ steps }, 'lotteries advanced');
  },
};
