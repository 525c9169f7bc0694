import type { Refusal } from '../../platform/result.ts';
import type { CompetitionPlan, StagePlan } from './plan.ts';
import {
  advanceMissing,
  finalAdvances,
  finalRound,
  finalsNotOne,
  firstStageRepeated,
  parentNotHigher,
  parentOfOtherDivision,
  stageDivision,
  stagesMissing,
  unionOutsideParent,
} from './refusals-publishing.ts';
import { STAGE_LEVELS, STAGE_ROUNDS } from './stage.entity.ts';

/**
 * What is wrong with the stages of a plan. Those of each division form a tree, whose root is its one final: every stage
 * feeds into a higher one, so that there are no rings. An entry knows where it begins: at the first stage of its division
 * that is of the nearest union.
 */
export function troublesWithStages(
  { divisions, stages }: Pick<CompetitionPlan, 'divisions' | 'stages'>,
  paths: ReadonlyMap<string, string>,
): Refusal[] {
  if (stages.length === 0) return [stagesMissing];
  const misplaced = stages.flatMap(({ division }, i) =>
    (division === null) === (divisions.length === 0) ? [] : [stageDivision(`plan.stages.${i}.division`)],
  );
  // Whether a division has its final can be told once each stage has its division.
  if (misplaced.length > 0) return misplaced;
  return [
    ...troublesWithFinals(divisions, stages),
    ...stages.flatMap((stage, i) => troublesWithWay(stage, `plan.stages.${i}`, stages, paths)),
    ...troublesWithFirstStages(stages),
  ];
}

/** The stages that no other feeds into, with their numbers: where entries begin. */
export function firstStages<T extends { parent: number | null }>(stages: readonly T[]): [T, number][] {
  const fed = new Set(stages.map(({ parent }) => parent));
  return stages.flatMap((stage, i): [T, number][] => (fed.has(i + 1) ? [] : [[stage, i + 1]]));
}

function troublesWithFinals(divisions: CompetitionPlan['divisions'], stages: readonly StagePlan[]): Refusal[] {
  const names: [number | null, string | undefined][] =
    divisions.length === 0 ? [[null, undefined]] : divisions.map(({ name }, i) => [i + 1, name]);
  return names.flatMap(([number, name]) => {
    const finals = stages.filter(({ division, parent }) => division === number && parent === null);
    return finals.length === 1 ? [] : [finalsNotOne(name, finals.length)];
  });
}

function troublesWithWay(
  stage: StagePlan,
  at: string,
  stages: readonly StagePlan[],
  paths: ReadonlyMap<string, string>,
): Refusal[] {
  if (stage.parent === null) {
    const last = stage.advance !== null || stage.wildCards > 0 ? [finalAdvances(`${at}.advance`)] : [];
    return stage.round === 'final' ? last : [finalRound(`${at}.round`), ...last];
  }
  const parent = stages[stage.parent - 1]!;
  const inside = paths.get(stage.unionId)!.startsWith(paths.get(parent.unionId)!);
  return [
    ...(stage.division === parent.division ? [] : [parentOfOtherDivision(`${at}.parent`)]),
    ...(isHigher(parent, stage) ? [] : [parentNotHigher(`${at}.parent`)]),
    ...(inside ? [] : [unionOutsideParent(`${at}.unionId`)]),
    ...(stage.advance === null ? [advanceMissing(`${at}.advance`)] : []),
  ];
}

function isHigher(upper: StagePlan, lower: StagePlan): boolean {
  const levels = STAGE_LEVELS.indexOf(upper.level) - STAGE_LEVELS.indexOf(lower.level);
  return levels > 0 || (levels === 0 && STAGE_ROUNDS.indexOf(upper.round) > STAGE_ROUNDS.indexOf(lower.round));
}

function troublesWithFirstStages(stages: readonly StagePlan[]): Refusal[] {
  const seen = new Set<string>();
  return firstStages(stages).flatMap(([{ division, unionId }, number]) => {
    const place = `${division} ${unionId}`;
    if (seen.has(place)) return [firstStageRepeated(`plan.stages.${number - 1}.unionId`)];
    seen.add(place);
    return [];
  });
}
