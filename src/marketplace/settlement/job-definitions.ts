import { z } from 'zod';
import type { JobDefinition } from '../../platform/jobs.ts';

/** Closes the months that are due, in every programme. */
export const closeMonthsDefinition: JobDefinition<object> = { name: 'close-months', payload: z.object({}) };

/** Makes the files of a statement that was closed. */
export const makeStatementFilesDefinition: JobDefinition<{ statementId: string }> = {
  name: 'make-statement-files',
  payload: z.object({ statementId: z.string() }),
};

/** Looks for prepaid merchants of whose balance little is left. */
export const watchPrepaidDefinition: JobDefinition<object> = { name: 'watch-prepaid', payload: z.object({}) };
