import { z } from 'zod';
import { advanceInnovation } from '../../src/innovation/advance-innovation.ts';
import type { Job } from '../../src/platform/jobs.ts';

/** Makes results of innovation final whose notice is over, and ends the names of studios whose term is. */
export const advanceInnovationJob: Job<object> = {
  definition: { name: 'advance-innovation', payload: z.object({}) },
  concurrency: 1,
  async run(deps, _payload, progress) {
    const changed = await advanceInnovation(deps, progress);
    if (changed > 0) deps.log.info({ changed }, 'innovation advanced');
  },
};
