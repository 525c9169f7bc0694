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

/** Replays a programme's past by the rules of a back-test. */
export const backtestDefinition: JobDefinition<{ backtestId: string }> = {
  name: 'run-backtest',
  payload: z.object({ backtestId: z.string() }),
};

/** Finds the milestones of the days that were not looked at yet, in every programme. */
export const findMilestonesDefinition: JobDefinition<object> = { name: 'find-milestones', payload: z.object({}) };
