import { z } from 'zod';
import type { JobDefinition } from '../../platform/jobs.ts';

/** Brings the figures of all programmes up to now. */
export const rollUpFiguresDefinition: JobDefinition<object> = { name: 'roll-up-figures', payload: z.object({}) };
