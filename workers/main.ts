import { closeOnSignal } from '../src/platform/process.ts';
import { start } from '../src/start.ts';
import { jobs } from './jobs.ts';
import { startWorkers } from './start-workers.ts';

/** The job process: works until SIGTERM or SIGINT, and ends when the jobs under way are done. */
const deps = await start('xingfu-jobs');
try {
  const workers = await startWorkers(deps, deps.config.redisUrl);
  closeOnSignal(deps.log, async () => {
    await workers.close();
    await deps.db.destroy();
    await deps.tracer?.close();
  });
  const told = workers.url === undefined ? '' : `  ${workers.url}/readyz`;
  console.log(`Xingfu works: ${jobs.map((job) => job.definition.name).join(', ')}${told}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
