import { z } from 'zod';
import type { JobDefinition } from '../../platform/jobs.ts';

/** Which roster import a job is about. */
export interface RosterPayload {
  importId: string;
}

const payload = z.object({ importId: z.string() });

export const checkRosterJob: JobDefinition<RosterPayload> = { name: 'check-roster', payload };

export const importRosterJob: JobDefinition<RosterPayload> = { name: 'import-roster', payload };
