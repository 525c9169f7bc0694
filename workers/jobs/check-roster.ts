import type { Job } from '../../src/platform/jobs.ts';
import { checkRoster } from '../../src/unions/roster/check-roster.ts';
import { checkRosterJob, type RosterPayload } from '../../src/unions/roster/job-definitions.ts';

/** Reads an uploaded roster and writes down its problems; asked for by the upload. */
export const checkRosterWork: Job<RosterPayload> = {
  definition: checkRosterJob,
  concurrency: 1,
  run: (deps, { importId }, progress) => checkRoster(deps, importId, progress),
};
