import type { ZodType } from 'zod';
import type { Deps } from './deps.ts';

/** A kind of background work: its name and the form of its payload, which carries ids only. */
export interface JobDefinition<P> {
  readonly name: string;
  readonly payload: ZodType<P>;
}

/** What a job tells about how far it is; shown in the queue and in the admin API. */
export type ReportProgress = (progress: { done: number; of?: number }) => Promise<void>;

/** A job with the code that does it. Running it twice, or on two machines at once, must change nothing more than once. */
export interface Job<P> {
  readonly definition: JobDefinition<P>;
  /** How many of these one process runs at a time. */
  readonly concurrency: number;
  run(deps: Deps, payload: P, progress: ReportProgress): Promise<void>;
}
