import { z } from 'zod';
import type { JobDefinition } from '../../../platform/jobs.ts';

export const countParticipationDefinition: JobDefinition<object> = {
  name: 'count-participation',
  payload: z.object({}),
};
