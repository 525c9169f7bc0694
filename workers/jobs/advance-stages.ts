import { z } from 'zod';
import { advanceStages } from '../../src/competitions/stages/advance-stages.ts';
import type { Job } from '../../src/platform/jobs.ts';

/** Makes the rankings of stages final whose notice is over, lets those go on who advance, and gives the awards. */
export const advanceStagesJob: Job<object> = {
  definition: { name: 'advance-stages', payload: z.object({}) },
  concurrency: 1,
  async run(deps, _payload, progress) {
    const changed = await advanceStages(deps, progress);
    if (changed > 0) deps.log.info({ changed }, 'stages advanced');
  },
};
