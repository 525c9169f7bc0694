import { beijingDay } from '../../platform/clock.ts';
import type { Deps } from '../../platform/deps.ts';
import { Failures } from '../../platform/failures.ts';
import type { ReportProgress } from '../../platform/jobs.ts';
import { milestonesOfDay } from './milestones-of-day.ts';
import { recordMilestones } from './record-milestones.ts';
import { beginRun, finishRun } from './runs.ts';
import { wantedTypes } from './wanted.ts';

interface Place {
  programmeId: string;
  /** The top of the programme's branch. */
  unionPath: string;
}

/**
 * Records the milestones that members lived, day by day since the last day that was looked at, in every programme. A
 * milestone is recorded on its own day, however late it is found, and what it earns is paid by a job soon after. Doing
 * it again, on two machines at once or after an end amid it, records nothing twice. A programme that fails keeps none of
 * the others from theirs. Resolves with how many are new; throws at the end when a programme failed.
 */
export async function findMilestones(deps: Deps, progress?: ReportProgress): Promise<number> {
  const places: Place[] = await deps.db.query(
    `SELECT p.id AS programmeId, u.path AS unionPath FROM programme p JOIN union_node u ON u.id = p.union_id
     ORDER BY p.id`,
  );
  let recorded = 0;
  const failures = new Failures(deps.log);
  for (const place of places) {
    const { programmeId } = place;
    await failures.keep({ programmeId }, 'the milestones of a programme could not be found', async () => {
      for await (const count of catchUp(deps, place)) {
        recorded += count;
        await progress?.({ done: recorded });
      }
    });
  }
  failures.throwAny('programmes failed');
  return recorded;
}

/** Does the runs of a programme that are not done, and tells after each page how many events are new. */
async function* catchUp(deps: Deps, { programmeId, unionPath }: Place): AsyncGenerator<number> {
  const { db, clock } = deps;
  for (;;) {
    const now = clock.now();
    const today = beijingDay(now);
    const run = await beginRun(db, programmeId, today, now);
    if (!run) return;
    const wanted = await wantedTypes(db.manager, programmeId, now);
    const search = { ...run, wanted, unionPath, today, now };
    for await (const found of milestonesOfDay(db.manager, search)) yield await recordMilestones(deps, search, found);
    await finishRun(db, run, clock.now());
  }
}
