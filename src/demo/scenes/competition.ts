import type { MovedClock } from '../moved-clock.ts';
import { peopleAt } from '../people.ts';
import type { Stage } from '../stage.ts';
import { awardsAreGiven, pursesBefore } from './competition-awards.ts';
import { teamsEnter } from './competition-entries.ts';
import { finalIsLive } from './competition-final.ts';
import { heatIsScored } from './competition-heat.ts';
import { judgesAreAssigned } from './competition-judges.ts';
import { heatIsSettled } from './competition-notice.ts';
import { othersEnter } from './competition-others.ts';
import { competitionIsPlanned } from './competition-plan.ts';

/** A small competition from its plan to paid awards, by the moved clock. */
export async function competitionIsHeld(stage: Stage, clock: MovedClock): Promise<void> {
  const people = peopleAt(stage, clock);
  const purses = await pursesBefore(stage).catch(() => undefined);
  const played = await competitionIsPlanned(stage, people);
  await teamsEnter(stage, people, played);
  await othersEnter(stage, people, played);
  const panelId = await judgesAreAssigned(stage, people, played);
  const heat = await heatIsScored(stage, people, { played, panelId });
  await heatIsSettled(stage, people, { played, heat });
  await finalIsLive(stage, people, played);
  await awardsAreGiven(stage, people, { played, purses });
}
