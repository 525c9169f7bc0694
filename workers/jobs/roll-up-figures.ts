import { rollUpFiguresDefinition } from '../../src/marketplace/figures/job-definitions.ts';
import { rollUpFigures } from '../../src/marketplace/figures/roll-up-figures.ts';
import type { Job } from '../../src/platform/jobs.ts';

/** Brings the figures of the programmes up to now. */
export const rollUpFiguresJob: Job<object> = {
  definition: rollUpFiguresDefinition,
  concurrency: 1,
  async run(deps, _payload, progress) {
    await rollUpFigures(deps, progress);
  },
};
