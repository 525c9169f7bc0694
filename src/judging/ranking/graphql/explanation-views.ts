import { Field, Float, Int, ObjectType } from 'type-graphql';
import { IdScalar } from '../../../platform/graphql/scalars.ts';
import { ScoreScalar } from '../../graphql/score.ts';
import { MOST_CRITERIA, MOST_PER_ENTRY } from '../../limits.ts';
import type { CountedScore } from '../aggregate.ts';
import type { ExplainedCriterion, Explanation } from '../explain-places.ts';
import { inHundred } from '../marks.ts';

@ObjectType('PlaceScore', { description: 'A score that a place was made of.', simpleResolvers: true })
class PlaceScoreView {
  @Field(() => IdScalar, { nullable: true, description: 'One of the panel’s judges; null for an objective score.' })
  judgeId!: string | null;

  @Field(() => ScoreScalar, { description: 'As it was given.' })
  value!: number;

  @Field(() => Float, { description: 'What it counted for, 0 to 100; with Z_SCORE it may lie beyond.' })
  marks!: number;

  @Field(() => Boolean, { description: 'With TRIMMED_MEAN: whether it was left out as the highest or the lowest.' })
  isDropped!: boolean;
}

@ObjectType('PlaceCriterion', { description: 'What a candidate came to in a criterion.', simpleResolvers: true })
class PlaceCriterionView {
  @Field(() => Int, { description: 'The number of the criterion.' })
  number!: number;

  @Field(() => Int, { description: 'In hundredths of a percent: 2,500 is 25 %.' })
  weight!: number;

  @Field(() => Float, { description: 'The mean of the scores that were not dropped, 0 to 100.' })
  marks!: number;

  @Field(() => [PlaceScoreView], { description: `One for each judge, ${MOST_PER_ENTRY} at the most.` })
  scores!: PlaceScoreView[];
}

@ObjectType('PlaceSheet', {
  description: 'With RANK_SUM: where a judge’s sheet for the candidate stands among all of hers.',
  simpleResolvers: true,
})
class PlaceSheetView {
  @Field(() => IdScalar, { description: 'One of the panel’s judges.' })
  judgeId!: string;

  @Field(() => Int, { description: '1 for her best; equal ones share it.' })
  place!: number;

  @Field(() => Int, { description: 'How many others of hers are equal to it.' })
  equal!: number;

  @Field(() => Int, { description: 'How many she gave.' })
  of!: number;
}

@ObjectType('PlaceExplanation', { description: 'How a place came to be.', simpleResolvers: true })
export class PlaceExplanationView {
  @Field(() => [PlaceCriterionView], { description: `In order, ${MOST_CRITERIA} at the most.` })
  criteria!: PlaceCriterionView[];

  @Field(() => [PlaceSheetView], {
    description: `With RANK_SUM, where judges count by these and not by their marks: one for each judge, ${MOST_PER_ENTRY} at the most in a section. Else none.`,
  })
  sheets!: PlaceSheetView[];
}

export function placeExplanationView({ criteria, places }: Explanation): PlaceExplanationView {
  return Object.assign(new PlaceExplanationView(), {
    criteria: criteria.map(placeCriterionView),
    sheets: places.map(({ above, ...sheet }) => Object.assign(new PlaceSheetView(), { ...sheet, place: above + 1 })),
  });
}

function placeCriterionView({ number, weight, marks, scores }: ExplainedCriterion): PlaceCriterionView {
  return Object.assign(new PlaceCriterionView(), {
    ...{ number, weight, marks: inHundred(marks), scores: scores.map(placeScoreView) },
  });
}

function placeScoreView({ judgeId, value, marks, isDropped }: CountedScore): PlaceScoreView {
  return Object.assign(new PlaceScoreView(), {
    ...{ judgeId: judgeId || null, value, marks: inHundred(marks), isDropped },
  });
}
