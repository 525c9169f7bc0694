import { z } from 'zod';
import type { JobDefinition } from '../platform/jobs.ts';

/** Issues the cards of a batch and writes its file. */
export const issueBatchDefinition: JobDefinition<{ batchId: string }> = {
  name: 'issue-cards',
  payload: z.object({ batchId: z.string() }),
};
