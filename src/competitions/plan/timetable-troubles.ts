import { endOfDay, startOfDay } from '../../platform/clock.ts';
import type { Refusal } from '../../platform/result.ts';
import type { CompetitionPlan } from './plan.ts';
import { changeAfterEnd, stageBeforeEntry, stageBeforeHeat } from './refusals-publishing.ts';
import { firstStages } from './stage-troubles.ts';

/** What of a plan its timetable is made of. */
export type Timetable = Pick<CompetitionPlan, 'entryUntil' | 'changeUntil'> & {
  stages: readonly Pick<CompetitionPlan['stages'][number], 'name' | 'parent' | 'startsOn' | 'endsOn'>[];
};

/**
 * What is wrong with the order of a timetable: entry closes before the first stages begin, a stage begins on the day on
 * which the last that feeds into it ends, or later, and changes are taken to the end of the last stage at the most.
 */
export function troublesWithTimetable({ entryUntil, changeUntil, stages }: Timetable): Refusal[] {
  const early = firstStages(stages).flatMap(([{ startsOn }, number]) =>
    startOfDay(startsOn) < entryUntil ? [stageBeforeEntry(`plan.stages.${number - 1}.startsOn`)] : [],
  );
  const hasty = stages.flatMap(({ startsOn }, i) => {
    const heat = stages.find(({ parent, endsOn }) => parent === i + 1 && endsOn > startsOn);
    return heat ? [stageBeforeHeat(`plan.stages.${i}.startsOn`, heat.name)] : [];
  });
  const late = stages.length > 0 && stages.every(({ endsOn }) => endOfDay(endsOn) < changeUntil);
  return [...early, ...hasty, ...(late ? [changeAfterEnd] : [])];
}
