import type { Job } from '../../src/platform/jobs.ts';
import { importMembers } from '../../src/unions/roster/import-members.ts';
import { importRosterJob, type RosterPayload } from '../../src/unions/roster/job-definitions.ts';

/** Writes the good rows of a checked roster into the roll; asked for by importRoster. */
export const importRosterWork: Job<RosterPayload> = {
  definition: importRosterJob,
  concurrency: 1,
  run: (deps, { importId }, progress) => importMembers(deps, importId, progress),
};
