import { z } from 'zod';
import { makeScoreboards } from '../../src/competitions/stages/scoreboard/make-scoreboards.ts';
import type { Job } from '../../src/platform/jobs.ts';

/** Makes the scoreboards of live stages anew in which scores came in. */
export const makeScoreboardsJob: Job<object> = {
  definition: { name: 'make-scoreboards', payload: z.object({}) },
  concurrency: 1,
  async run(deps) {
    await makeScoreboards(deps);
  },
};
