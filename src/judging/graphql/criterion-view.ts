import { Field, Int, ObjectType } from 'type-graphql';
import type { Criterion, CriterionKind } from '../panels/criterion.entity.ts';
import { ScoreScalar } from './score.ts';
import { CriterionKindWord } from './words.ts';

@ObjectType('Criterion', { description: '指标: what a panel scores.', simpleResolvers: true })
export class CriterionView {
  @Field(() => Int, { description: '1 for the first.' })
  number!: number;

  @Field(() => String)
  name!: string;

  @Field(() => String, { description: 'What is looked at; may be empty.' })
  about!: string;

  @Field(() => CriterionKindWord)
  kind!: CriterionKind;

  @Field(() => Int, { description: 'In hundredths of a percent: 2,500 is 25 %.' })
  weight!: number;

  @Field(() => ScoreScalar, { description: 'The least score that can be given.' })
  scaleMin!: number;

  @Field(() => ScoreScalar, { description: 'The highest score that can be given.' })
  scaleMax!: number;

  @Field(() => String, { description: 'What evidence candidates are asked for; may be empty.' })
  evidenceAsked!: string;
}

export function criterionView(criterion: Omit<Criterion, 'panelId'>): CriterionView {
  const { number, name, about, kind, weight, scaleMin, scaleMax, evidenceAsked } = criterion;
  return Object.assign(new CriterionView(), {
    ...{ number, name, about, kind, weight, scaleMin, scaleMax, evidenceAsked },
  });
}
