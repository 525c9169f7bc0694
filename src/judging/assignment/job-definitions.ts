import { z } from 'zod';
import type { JobDefinition } from '../../platform/jobs.ts';

/** Which panel a job is about. */
export interface PanelPayload {
  panelId: string;
}

export const assignJudgesDefinition: JobDefinition<PanelPayload> = {
  name: 'assign-judges',
  payload: z.object({ panelId: z.string() }),
};
