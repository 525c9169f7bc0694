import { Counter, Histogram, Registry } from 'prom-client';

/**
 * What this process counts and times as it works. Every label has few values: doors, root fields of the schemas, codes,
 * jobs and batches that the program names, routes; never what a client made up.
 */
export const counted = new Registry();

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const registers = [counted];

export const requestSeconds = new Histogram({
  name: 'xingfu_request_seconds',
  help: 'Requests, from their first byte to the last of the answer. operation: root field, or route of a file address.',
  labelNames: ['door', 'operation'] as const,
  buckets: SECONDS,
  registers,
});

export const refusals = new Counter({
  name: 'xingfu_refusals_total',
  help: 'Refusals that root fields answered with.',
  labelNames: ['door', 'operation', 'code'] as const,
  registers,
});

export const errors = new Counter({
  name: 'xingfu_errors_total',
  help: 'Errors that clients were given: their own mistakes by code, faults as INTERNAL or UNAVAILABLE.',
  labelNames: ['door', 'code'] as const,
  registers,
});

export const batchCommands = new Histogram({
  name: 'xingfu_batch_commands',
  help: 'Commands that were committed together.',
  labelNames: ['batch'] as const,
  buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256],
  registers,
});

export const batchSeconds = new Histogram({
  name: 'xingfu_batch_seconds',
  help: 'A batch from BEGIN to the end of its COMMIT.',
  labelNames: ['batch'] as const,
  buckets: SECONDS,
  registers,
});

export const jobRuns = new Counter({
  name: 'xingfu_job_runs_total',
  help: 'Runs of jobs. outcome: done, failed, or away when the database or Redis was not there.',
  labelNames: ['job', 'outcome'] as const,
  registers,
});

export const jobSeconds = new Histogram({
  name: 'xingfu_job_seconds',
  help: 'Runs of jobs that were done.',
  labelNames: ['job'] as const,
  buckets: [0.01, 0.1, 1, 10, 60, 600, 3600],
  registers,
});
