import { z } from 'zod';
import { sweepEvidence } from '../../src/evidence/sweep-evidence.ts';
import type { Job } from '../../src/platform/jobs.ts';

/** Deletes uploaded evidence that nothing used for a day. */
export const sweepEvidenceJob: Job<object> = {
  definition: { name: 'sweep-evidence', payload: z.object({}) },
  concurrency: 1,
  async run(deps, _payload, progress) {
    const deleted = await sweepEvidence(deps, progress);
    if (deleted > 0) deps.log.info({ deleted }, 'unused evidence deleted');
  },
};
