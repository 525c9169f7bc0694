import type { EntityManager } from 'typeorm';
import type { Award } from './award.entity.ts';
import type { Competition } from './competition.entity.ts';
import type { Division } from './division.entity.ts';
import type { AwardPlan, CompetitionPlan, StagePlan, TeamPlan } from './plan.ts';
import { awardsOf, divisionsOf, stagesInAll } from './queries.ts';
import type { Stage } from './stage.entity.ts';

/** The plan of a competition as it was set up, or as it was amended since. */
export async function readPlan(db: EntityManager, competition: Competition): Promise<CompetitionPlan> {
  return (await readPlans(db, [competition])).get(competition.id)!;
}

/** The plans of competitions by their ids. Three statements, however many. */
export async function readPlans(
  db: EntityManager,
  competitions: readonly Competition[],
): Promise<Map<string, CompetitionPlan>> {
  const ids = competitions.map(({ id }) => id);
  const divisions = await divisionsOf(db, ids);
  const stages = await stagesInAll(db, ids);
  const awards = await awardsOf(db, ids);
  return new Map(
    competitions.map((one) => {
      const parts = [divisions.get(one.id) ?? [], stages.get(one.id) ?? [], awards.get(one.id) ?? []] as const;
      return [one.id, planOf(one, ...parts)];
    }),
  );
}

function planOf(
  competition: Competition,
  divisions: readonly Division[],
  stages: readonly Stage[],
  awards: readonly Award[],
): CompetitionPlan {
  const { name, year, about, entrant, entryFrom, entryUntil, changeUntil, trade, eligibility } = competition;
  const { criteria, judging, noticeWorkingDays, programmeId, budgetFen, certificatePrefix, unionId } = competition;
  const divisionNumbers = numbersById(divisions);
  const stageNumbers = numbersById(stages);
  return {
    ...{
      name,
      year,
      about,
      entrant,
      team: teamOf(competition),
      entryFrom,
      entryUntil,
      changeUntil,
      trade,
      eligibility,
    },
    ...{ criteria, judging, noticeWorkingDays, programmeId, budgetFen, certificatePrefix },
    divisions: divisions.map((one) => ({ name: one.name, trade: one.trade, eligibility: one.eligibility })),
    stages: stages.map((stage) => stagePlan(stage, divisionNumbers, stageNumbers)),
    awards: awards.map((award) => awardPlan(award, stageNumbers, unionId)),
  };
}

/** How large teams are; null where none enter. */
export function teamOf({ teamMin, teamMax, substitutesAtMost }: Competition): TeamPlan | null {
  return teamMin === null || teamMax === null ? null : { min: teamMin, max: teamMax, substitutesAtMost };
}

type Numbers = ReadonlyMap<string | null, number>;

function numbersById(rows: readonly { id: string; number: number }[]): Numbers {
  return new Map(rows.map(({ id, number }) => [id, number]));
}

function stagePlan(stage: Stage, divisions: Numbers, stages: Numbers): StagePlan {
  const { name, level, round, unionId, startsOn, endsOn, advance, wildCards, isLive, criteria, judging } = stage;
  const way = { division: divisions.get(stage.divisionId) ?? null, parent: stages.get(stage.parentId) ?? null };
  return { ...way, name, level, round, unionId, startsOn, endsOn, advance, wildCards, isLive, criteria, judging };
}

function awardPlan(award: Award, stages: Numbers, unionId: string): AwardPlan {
  const { stageId, name, honourName, fromPlace, toPlace, givesPoints, skillLevel, subsidyFen } = award;
  const payerUnionId = award.payerUnionId === unionId ? null : award.payerUnionId;
  const stage = stages.get(stageId)!;
  return { stage, name, honourName, fromPlace, toPlace, givesPoints, skillLevel, subsidyFen, payerUnionId };
}
