import { Field, Float, InputType, Int } from 'type-graphql';
import { DayScalar, IdScalar, PointsScalar } from '../../platform/graphql/scalars.ts';
import type { Points } from '../../platform/points.ts';
import { ApprovalWord } from '../claims/graphql/words.ts';
import type { Comparison, Fact } from '../conditions.ts';
import type { Approval, Cap, CapPeriod, RuleDefinition } from '../definition.ts';
import { CapKindWord, CapPeriodWord, ComparisonWord, FactWord, OccurrenceKindWord } from './words.ts';

@InputType({ description: 'One value of the attribute, and the points that it earns.' })
export class TierInput {
  @Field(() => String, { description: 'What the attribute must be, 1 to 40 characters; a number as its digits.' })
  value!: string;

  @Field(() => PointsScalar, { description: '1 to 1,000,000.' })
  points!: Points;
}

@InputType({ description: 'Points by the value of one attribute of the event.' })
export class TieredPointsInput {
  @Field(() => String, { description: 'The name of the attribute, as members read it: 学历层次.' })
  attribute!: string;

  @Field(() => [TierInput], { description: '1 to 50, each value once.' })
  tiers!: TierInput[];
}

@InputType({ description: 'Numbers from one to another, both inclusive, and the points that they earn.' })
export class PointsRangeInput {
  @Field(() => Float, { nullable: true, description: 'A whole number; leave it out for no lower end.' })
  from?: number | null;

  @Field(() => Float, { nullable: true, description: 'A whole number; leave it out for no upper end.' })
  to?: number | null;

  @Field(() => PointsScalar, { description: '1 to 1,000,000.' })
  points!: Points;
}

@InputType({ description: 'Points by the range in which one attribute of the event, a whole number, lies.' })
export class RangedPointsInput {
  @Field(() => String, { description: 'The name of the attribute: 年数.' })
  attribute!: string;

  @Field(() => [PointsRangeInput], { description: '1 to 50 that do not overlap.' })
  ranges!: PointsRangeInput[];
}

@InputType({ description: 'Points for each unit of one attribute of the event, a whole number.' })
export class PointsPerUnitInput {
  @Field(() => String, { description: 'The name of the attribute: 时长小时.' })
  attribute!: string;

  @Field(() => PointsScalar, { description: 'For each unit, 1 to 1,000,000.' })
  points!: Points;

  @Field(() => PointsScalar, { description: 'What one event earns at the most, 1 to 1,000,000.' })
  most!: Points;
}

@InputType({ description: 'What a rule pays: give one of the four.' })
export class AwardInput {
  @Field(() => PointsScalar, { nullable: true, description: 'The same for every event, 1 to 1,000,000.' })
  fixed?: Points | null;

  @Field(() => TieredPointsInput, { nullable: true })
  tiered?: TieredPointsInput | null;

  @Field(() => RangedPointsInput, { nullable: true })
  ranged?: RangedPointsInput | null;

  @Field(() => PointsPerUnitInput, { nullable: true })
  perUnit?: PointsPerUnitInput | null;
}

@InputType({ description: 'How often a rule pays a member.' })
export class OccurrenceInput {
  @Field(() => OccurrenceKindWord)
  kind!: RuleDefinition['occurrence']['kind'];

  @Field(() => [String], { nullable: true, description: 'With VALUES only: 1 to 5 names of attributes.' })
  attributes?: string[] | null;
}

const VALUES =
  'With BETWEEN two, the lower first; with ONE_OF 1 to 50; else one. Whole numbers as their digits, days as YYYY-MM-DD.';

@InputType({ description: 'A question about an attribute of the event.' })
export class AttributeConditionInput {
  @Field(() => String, { description: 'The name of the attribute, as the event type declares it.' })
  name!: string;

  @Field(() => ComparisonWord)
  is!: Comparison;

  @Field(() => [String], { description: VALUES })
  values!: string[];
}

@InputType({ description: 'A question about the member, or the day of the event.' })
export class FactConditionInput {
  @Field(() => FactWord)
  fact!: Fact;

  @Field(() => ComparisonWord)
  is!: Comparison;

  @Field(() => [String], { description: VALUES })
  values!: string[];
}

@InputType({
  description:
    'Which events a rule looks at: give one of the seven. Up to 6 stand inside one another, and a rule has up to 60.',
})
export class ConditionInput {
  @Field(() => [ConditionInput], { nullable: true, description: 'All of these hold.' })
  all?: ConditionInput[] | null;

  @Field(() => [ConditionInput], { nullable: true, description: 'At least one of these holds.' })
  any?: ConditionInput[] | null;

  @Field(() => ConditionInput, { nullable: true, description: 'This does not hold.' })
  not?: ConditionInput | null;

  @Field(() => AttributeConditionInput, { nullable: true })
  attribute?: AttributeConditionInput | null;

  @Field(() => FactConditionInput, { nullable: true })
  fact?: FactConditionInput | null;

  @Field(() => [IdScalar], {
    nullable: true,
    description: 'The member’s union lies in one of the branches of these 1 to 50 unions.',
  })
  branches?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'The member bears one of these 1 to 50 tags.' })
  tags?: string[] | null;
}

@InputType({ description: 'What the rule gives one member at the most in a period.' })
export class RuleCapInput {
  @Field(() => CapKindWord)
  of!: Cap['of'];

  @Field(() => CapPeriodWord)
  period!: CapPeriod;

  @Field(() => Int, {
    description: 'So many points, at least what a single event can earn, up to 1,000,000,000; or 1 to 1,000,000 times.',
  })
  most!: number;
}

@InputType({ description: 'The days on which things must have happened, both inclusive.' })
export class RulePeriodInput {
  @Field(() => DayScalar, { nullable: true, description: 'The first; leave it out for none.' })
  from?: string | null;

  @Field(() => DayScalar, { nullable: true, description: 'The last, not before today; leave it out for none.' })
  until?: string | null;
}

@InputType({ description: 'What the rule may give to the members of a branch.' })
export class BranchBudgetInput {
  @Field(() => IdScalar, { description: 'The top of the branch, below the union of the programme.' })
  unionId!: string;

  @Field(() => PointsScalar, { description: 'At least 1, and not above the total.' })
  points!: Points;
}

@InputType({ description: 'What the rule may give to all members together. Beyond it events wait.' })
export class RuleBudgetInput {
  @Field(() => PointsScalar, { nullable: true, description: 'In all, at least 1; leave it out for no limit.' })
  total?: Points | null;

  @Field(() => [BranchBudgetInput], { defaultValue: [], description: '100 at the most, each union once.' })
  branches!: BranchBudgetInput[];
}

@InputType({ description: 'How long the points can be spent: give one of the two.' })
export class PointsLifeInput {
  @Field(() => Int, { nullable: true, description: 'So many days, that of the payment being day 1: 1 to 36,500.' })
  days?: number | null;

  @Field(() => Int, { nullable: true, description: 'To the end of this year (0), of the next (1), up to 10 years on.' })
  yearsAhead?: number | null;
}

@InputType({
  description: 'Of the rules of one group that fall on an event only the one that comes first gives points.',
})
export class ExclusiveGroupInput {
  @Field(() => String, { description: '1 to 40 characters; rules of the programme with the same text are one group.' })
  group!: string;

  @Field(() => Int, { description: '1 to 999; 1 comes first, and of two with the same number the older rule.' })
  priority!: number;
}

@InputType({ description: 'What a rule says.' })
export class RuleDefinitionInput {
  @Field(() => AwardInput)
  award!: AwardInput;

  @Field(() => OccurrenceInput, { description: 'The same for all versions of a rule.' })
  occurrence!: OccurrenceInput;

  @Field(() => ConditionInput, { nullable: true, description: 'Leave it out to look at every event of the type.' })
  condition?: ConditionInput | null;

  @Field(() => [RuleCapInput], {
    defaultValue: [],
    description: '10 at the most, each kind once for each period; a longer period must not allow less.',
  })
  caps!: RuleCapInput[];

  @Field(() => RulePeriodInput, { nullable: true })
  period?: RulePeriodInput | null;

  @Field(() => RuleBudgetInput, { nullable: true })
  budget?: RuleBudgetInput | null;

  @Field(() => PointsLifeInput, { nullable: true, description: 'Leave it out for as long as the programme says.' })
  life?: PointsLifeInput | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Whether a member who claims such an event must show evidence.',
  })
  evidence!: boolean;

  @Field(() => ApprovalWord, { defaultValue: ApprovalWord.BRANCH })
  approval!: Approval;

  @Field(() => Int, {
    defaultValue: 0,
    description: 'How many days the award is in public view before it is paid: 0, which pays at once, to 90.',
  })
  noticeDays!: number;

  @Field(() => ExclusiveGroupInput, { nullable: true, description: 'Leave it out to give points beside all others.' })
  exclusive?: ExclusiveGroupInput | null;
}
