import type { Job } from '../../src/platform/jobs.ts';
import { accrue } from '../../src/rules/accrue.ts';
import { accrueDefinition } from '../../src/rules/job-definitions.ts';

/** Pays what events earn; asked for by `recordEvents`. */
export const accrueWork: Job<{ eventIds: string[] }> = {
  definition: accrueDefinition,
  concurrency: 2,
  run: (deps, { eventIds }) => accrue(deps, eventIds),
};
