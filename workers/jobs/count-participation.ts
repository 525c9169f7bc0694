import { countChangedParticipation } from '../../src/competitions/entries/participation/count-participation.ts';
import { countParticipationDefinition } from '../../src/competitions/entries/participation/job-definitions.ts';
import type { Job } from '../../src/platform/jobs.ts';

/** Counts anew who takes part in competitions whose entries may have changed. */
export const countParticipationJob: Job<object> = {
  definition: countParticipationDefinition,
  concurrency: 1,
  async run(deps, _payload, progress) {
    await countChangedParticipation(deps, progress);
  },
};
