import { makeStatementFiles } from '../../src/marketplace/settlement/files/make-files.ts';
import { makeStatementFilesDefinition } from '../../src/marketplace/settlement/job-definitions.ts';
import type { Job } from '../../src/platform/jobs.ts';

/** Makes the files of a statement; asked for when it is closed. */
export const makeStatementFilesWork: Job<{ statementId: string }> = {
  definition: makeStatementFilesDefinition,
  concurrency: 1,
  run: (deps, { statementId }) => makeStatementFiles(deps, statementId),
};
