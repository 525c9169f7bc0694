import { z } from 'zod';
import { start } from '../src/start.ts';
import { jobs } from './jobs.ts';

/** What the parent process asks for: one turn of a job as if it were that instant. */
const turn = z.object({ job: z.enum(jobs.map(({ definition }) => definition.name)), at: z.iso.datetime() });

/**
 * Takes single turns of jobs by a clock that the parent process sets, without any queue: the demo moves the clock.
 * It is forked, takes one message for each turn, answers each with `{ error }`, null when all went well, and ends with
 * its parent. In production it does nothing.
 */
async function runTurns(): Promise<void> {
  // Before all else: the parent may be gone by the time the database is open. A turn may be cut off anywhere.
  process.once('disconnect', () => process.exit());
  const deps = await start();
  process.on('message', async (message) => {
    try {
      const { job, at } = turn.parse(message);
      const aheadMs = Date.parse(at) - Date.now();
      const clock = { now: () => new Date(Date.now() + aheadMs) };
      await jobs.find(({ definition }) => definition.name === job)!.run({ ...deps, clock }, {}, async () => {});
      process.send?.({ error: null });
    } catch (error) {
      process.send?.({ error: (error as Error).message });
    }
  });
}

if ((process.env.NODE_ENV ?? 'production') === 'production') process.exitCode = 1;
else await runTurns();
