import { enterStaged } from '../../src/competitions/entries/import/enter-staged.ts';
import {
  type EntryImportPayload,
  importEntriesDefinition,
} from '../../src/competitions/entries/import/job-definitions.ts';
import type { Job } from '../../src/platform/jobs.ts';

/** Enters the good rows of a checked file; asked for by importEntries. */
export const importEntriesWork: Job<EntryImportPayload> = {
  definition: importEntriesDefinition,
  concurrency: 1,
  run: (deps, { importId }, progress) => enterStaged(deps, importId, progress),
};
