import { z } from 'zod';
import type { PanelPayload } from '../../judging/assignment/job-definitions.ts';
import type { JobDefinition } from '../../platform/jobs.ts';

export const runStageDefinition: JobDefinition<PanelPayload> = {
  name: 'run-stage',
  payload: z.object({ panelId: z.string() }),
};
