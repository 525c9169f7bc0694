import { issueBatch } from '../../src/cards/issue-batch.ts';
import { issueBatchDefinition } from '../../src/cards/job-definitions.ts';
import type { Job } from '../../src/platform/jobs.ts';

/** Issues the cards of a batch; asked for by issueCards. */
export const issueCardsWork: Job<{ batchId: string }> = {
  definition: issueBatchDefinition,
  concurrency: 1,
  run: (deps, { batchId }, progress) => issueBatch(deps, batchId, progress),
};
