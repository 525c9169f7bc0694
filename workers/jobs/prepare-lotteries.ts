import { z } from 'zod';
import { prepareLotteries } from '../../src/lotteries/prepare-lotteries.ts';
import type { Job } from '../../src/platform/jobs.ts';

/** Makes, opens and fills the lotteries that are due, and refunds the tickets of void ones. */
export const prepareLotteriesJob: Job<object> = {
  definition: { name: 'prepare-lotteries', payload: z.object({}) },
  concurrency: 1,
  run: (deps) => prepareLotteries(deps),
};
