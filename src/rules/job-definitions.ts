import { z } from 'zod';
import type { JobDefinition } from '../platform/jobs.ts';

/** How many events are recorded in one call and paid in one transaction. */
export const EVENTS_AT_ONCE = 500;

/** Pays what some recorded events earn. */
export const accrueDefinition: JobDefinition<{ eventIds: string[] }> = {
  name: 'accrue',
  payload: z.object({ eventIds: z.array(z.string()).min(1).max(EVENTS_AT_ONCE) }),
};

/** Pays the events of a programme that wait for its budget. */
export const payWaitingDefinition: JobDefinition<{ programmeId: string }> = {
  name: 'pay-waiting',
  payload: z.object({ programmeId: z.string() }),
};
