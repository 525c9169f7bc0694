import { Ctx, Field, FieldResolver, Int, ObjectType, Resolver, Root } from 'type-graphql';
import type { MemberContext } from '../../../identity/context.ts';
import { IdScalar, PointsScalar } from '../../../platform/graphql/scalars.ts';
import type { Points } from '../../../platform/points.ts';
import { MemberActivityEvent } from '../../graphql/member.ts';
import { type Explained, explanationOf, type OutcomeKind } from '../explanation.ts';
import { OutcomeKindWord } from './words.ts';

@ObjectType('RuleOutcome', { description: 'What one rule made of an event.', simpleResolvers: true })
export class MemberRuleOutcome {
  @Field(() => IdScalar, { description: 'The rule.' })
  ruleId!: string;

  @Field(() => String, { description: 'Its name, e.g. 学历提升.' })
  ruleName!: string;

  @Field(() => Int, { description: 'Which of its versions looked at the event.' })
  ruleVersion!: number;

  @Field(() => String, { description: 'What that version says, in one sentence.' })
  ruleInWords!: string;

  @Field(() => OutcomeKindWord)
  kind!: OutcomeKind;

  @Field(() => PointsScalar, { description: 'What it gave; 0 when nothing.' })
  points!: Points;

  @Field(() => String, {
    description: 'What it gave, or the first thing that kept it from giving, for the member to read.',
  })
  inWords!: string;
}

@Resolver(() => MemberActivityEvent)
export class MemberExplainResolver {
  @FieldResolver(() => [MemberRuleOutcome], {
    description: 'Why: each rule that looked at the event, and what it made of it; empty for some seconds at first.',
  })
  async explanation(@Root() event: MemberActivityEvent, @Ctx() context: MemberContext): Promise<MemberRuleOutcome[]> {
    return (await explanationOf(context, event.judged)).map(memberRuleOutcome);
  }
}

function memberRuleOutcome({ rule, kind, points, inWords, ruleInWords }: Explained): MemberRuleOutcome {
  const { ruleId, name: ruleName, number: ruleVersion } = rule;
  const fields = { ruleId, ruleName, ruleVersion, ruleInWords, kind, points, inWords };
  return Object.assign(new MemberRuleOutcome(), fields);
}
