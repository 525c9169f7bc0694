import type { Refusal } from '../../platform/result.ts';
import { type AwardPlan, type CompetitionPlan, subsidiesOf } from './plan.ts';
import { placesOverlap, pointsToNobody, skillOfNobody, subsidiesNotBudget } from './refusals-publishing.ts';

/** What is wrong with the awards of a plan: places that overlap, what nobody can get, a sum that is not the budget. */
export function troublesWithAwards(plan: CompetitionPlan): Refusal[] {
  const { awards, budgetFen } = plan;
  const sum = subsidiesOf(awards);
  return [
    ...awards.flatMap((award, i) => troublesWithAward(award, i, plan)),
    ...(sum === budgetFen ? [] : [subsidiesNotBudget(sum, budgetFen)]),
  ];
}

function troublesWithAward(award: AwardPlan, i: number, plan: CompetitionPlan): Refusal[] {
  const at = `plan.awards.${i}`;
  const { entrant, programmeId } = plan;
  const other = plan.awards.slice(0, i).find((one) => overlaps(one, award));
  const pointless = award.givesPoints && (entrant === 'firm' || programmeId === null);
  const skilled = award.skillLevel === null || (entrant !== 'firm' && tradeOf(award, plan) !== null);
  return [
    ...(other ? [placesOverlap(`${at}.fromPlace`, other.name)] : []),
    ...(pointless ? [pointsToNobody(`${at}.givesPoints`)] : []),
    ...(skilled ? [] : [skillOfNobody(`${at}.skillLevel`)]),
  ];
}

function overlaps(one: AwardPlan, other: AwardPlan): boolean {
  return one.stage === other.stage && one.fromPlace <= other.toPlace && other.fromPlace <= one.toPlace;
}

function tradeOf({ stage }: AwardPlan, { trade, divisions, stages }: CompetitionPlan): string | null {
  const { division } = stages[stage - 1]!;
  return (division === null ? null : divisions[division - 1]!.trade) ?? trade;
}
