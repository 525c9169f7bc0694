import { z } from 'zod';
import type { JobDefinition } from '../../../platform/jobs.ts';

/** Which import of entries a job is about. */
export interface EntryImportPayload {
  importId: string;
}

const payload = z.object({ importId: z.string() });

export const checkEntriesDefinition: JobDefinition<EntryImportPayload> = { name: 'check-entries', payload };

export const importEntriesDefinition: JobDefinition<EntryImportPayload> = { name: 'import-entries', payload };
