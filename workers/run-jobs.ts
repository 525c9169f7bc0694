import { type Processor, type Job as QueuedJob, UnrecoverableError } from 'bullmq';
import { type Deps, depsAbout } from '../src/platform/deps.ts';
import { describeError, isUnavailable } from '../src/platform/describe-error.ts';
import { isId } from '../src/platform/ids.ts';
import type { Job } from '../src/platform/jobs.ts';
import { jobRuns, jobSeconds } from '../src/platform/metrics/counted.ts';

/** How the failure of a job begins whose payload its code cannot read. Trying again does not help it. */
export const BAD_PAYLOAD = 'bad payload';

/**
 * What BullMQ calls for a job: reads the payload anew, does the work with a log that names the job, and then crosses it
 * off the outbox. When the work throws, that is logged, and BullMQ tries again; the outbox row stays until it is done.
 */
export function processorOf<P>(deps: Deps, work: Job<P>): Processor {
  const { name } = work.definition;
  return async (job) => {
    const about = { job: name, jobId: job.id, attempt: job.attemptsMade + 1 };
    const run = () => doJob(depsAbout(deps, about), work, job);
    const began = performance.now();
    try {
      await (deps.tracer ? deps.tracer.inSpan(`job ${name}`, about, run, { under: null }) : run());
      jobRuns.inc({ job: name, outcome: 'done' });
      jobSeconds.observe({ job: name }, (performance.now() - began) / 1000);
    } catch (error) {
      jobRuns.inc({ job: name, outcome: isUnavailable(error) ? 'away' : 'failed' });
      throw error;
    }
  };
}

async function doJob<P>(deps: Deps, work: Job<P>, job: QueuedJob): Promise<void> {
  const { db, log } = deps;
  const payload = work.definition.payload.safeParse(job.data);
  if (!payload.success) {
    log.error({ issues: payload.error.issues }, 'the job cannot read its payload and will not be tried again');
    throw new UnrecoverableError(`${BAD_PAYLOAD}: ${payload.error.message}`);
  }
  try {
    await work.run(deps, payload.data, (progress) => job.updateProgress(progress));
    // Periodic wake-ups have ids of BullMQ's making and no row.
    if (job.id && isId(job.id)) await db.query('DELETE FROM outbox WHERE id = ?', [job.id]);
  } catch (error) {
    const { stack, ...description } = describeError(error);
    if (isUnavailable(error)) log.warn({ error: description }, 'the job could not run and will be tried again');
    else log.error({ error: { ...description, stack } }, 'the job failed');
    throw error;
  }
}
