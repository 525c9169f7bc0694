import type { MovedClock } from '../moved-clock.ts';
import { peopleAt } from '../people.ts';
import type { Stage } from '../stage.ts';
import { achievementsAreChecked } from './innovation-checking.ts';
import { achievementIsDeclared } from './innovation-declaring.ts';
import { honoursAreGiven } from './innovation-honours.ts';
import { reviewIsHeld } from './innovation-review.ts';
import { achievementIsRewarded } from './innovation-rewards.ts';
import { studioIsNamed } from './innovation-studio.ts';

/** A studio is named, and an achievement of it declared, reviewed and honoured by the moved clock, and rewarded today. */
export async function innovationIsHonoured(stage: Stage, clock: MovedClock): Promise<void> {
  const people = peopleAt(stage, clock);
  const studioId = await studioIsNamed(stage, people);
  const declared = await achievementIsDeclared(stage, people, studioId);
  await achievementsAreChecked(stage, people, declared);
  await reviewIsHeld(stage, people, declared);
  await honoursAreGiven(stage, people, { declared, studioId });
  await achievementIsRewarded(stage, people, declared);
}
