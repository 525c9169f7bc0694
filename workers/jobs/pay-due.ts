import { z } from 'zod';
import type { Job } from '../../src/platform/jobs.ts';
import { payAllWaiting } from '../../src/rules/pay-waiting.ts';

/** Pays what was awarded and whose notice period is over, and what a budget has become large enough for. */
export const payDueJob: Job<object> = {
  definition: { name: 'pay-due', payload: z.object({}) },
  concurrency: 1,
  run: (deps, _payload, progress) => payAllWaiting(deps, progress),
};
