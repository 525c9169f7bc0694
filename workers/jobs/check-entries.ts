import { checkEntries } from '../../src/competitions/entries/import/check-entries.ts';
import {
  checkEntriesDefinition,
  type EntryImportPayload,
} from '../../src/competitions/entries/import/job-definitions.ts';
import type { Job } from '../../src/platform/jobs.ts';

/** Reads an uploaded file of entries and writes down its problems; asked for by the upload. */
export const checkEntriesWork: Job<EntryImportPayload> = {
  definition: checkEntriesDefinition,
  concurrency: 1,
  run: (deps, { importId }, progress) => checkEntries(deps, importId, progress),
};
