import { z } from 'zod';
import { sweepStatementFiles } from '../../src/marketplace/settlement/files/sweep-files.ts';
import type { Job } from '../../src/platform/jobs.ts';

/** Deletes files of settlement statements that no statement names any more. */
export const sweepStatementFilesJob: Job<object> = {
  definition: { name: 'sweep-statement-files', payload: z.object({}) },
  concurrency: 1,
  async run(deps) {
    const deleted = await sweepStatementFiles(deps);
    if (deleted > 0) deps.log.info({ deleted }, 'statement files that no statement names deleted');
  },
};
