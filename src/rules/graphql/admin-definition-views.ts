import { Ctx, Field, Int, ObjectType } from 'type-graphql';
import { type AdminContext, loader } from '../../identity/context.ts';
import { DayScalar, IdScalar, PointsScalar } from '../../platform/graphql/scalars.ts';
import type { Points } from '../../platform/points.ts';
import { unionLoader } from '../../unions/loaders.ts';
import { ApprovalWord } from '../claims/graphql/words.ts';
import { conditionInWords } from '../condition-in-words.ts';
import { MOST_CONDITIONS } from '../conditions.ts';
import {
  type Approval,
  type Cap,
  type CapPeriod,
  MOST_BRANCH_BUDGETS,
  MOST_CAPS,
  MOST_OCCURRENCE_ATTRIBUTES,
  type RuleDefinition,
} from '../definition.ts';
import { awardView, PointsAwardView } from './admin-award-views.ts';
import { ConditionView, conditionViews } from './admin-condition-views.ts';
import { unionNamesOf } from './union-names.ts';
import { CapKindWord, CapPeriodWord, OccurrenceKindWord } from './words.ts';

@ObjectType('Occurrence', { description: 'How often a rule pays a member.', simpleResolvers: true })
export class OccurrenceView {
  @Field(() => OccurrenceKindWord)
  kind!: RuleDefinition['occurrence']['kind'];

  @Field(() => [String], {
    description: `With VALUES: the attributes whose values count, ${MOST_OCCURRENCE_ATTRIBUTES} at the most; else empty.`,
  })
  attributes!: string[];
}

@ObjectType('RuleCap', {
  description: 'What the rule gives one member at the most in a period.',
  simpleResolvers: true,
})
export class RuleCapView {
  @Field(() => CapKindWord)
  of!: Cap['of'];

  @Field(() => CapPeriodWord)
  period!: CapPeriod;

  @Field(() => Int, { description: 'So many points, or so many times.' })
  most!: number;
}

@ObjectType('RulePeriod', {
  description: 'The days on which things must have happened, both inclusive.',
  simpleResolvers: true,
})
export class RulePeriodView {
  @Field(() => DayScalar, { nullable: true, description: 'The first; null when there is none.' })
  from!: string | null;

  @Field(() => DayScalar, { nullable: true, description: 'The last; null when there is none.' })
  until!: string | null;
}

@ObjectType('BranchBudget', {
  description: 'What the rule may give to the members of a branch.',
  simpleResolvers: true,
})
export class BranchBudgetView {
  @Field(() => IdScalar, { description: 'The top of the branch.' })
  unionId!: string;

  @Field(() => PointsScalar)
  points!: Points;

  @Field(() => String, { description: 'The name of the union at the top of the branch.' })
  async unionName(@Ctx() context: AdminContext): Promise<string> {
    return (await loader(context, unionLoader).load(this.unionId))?.name ?? '';
  }
}

@ObjectType('RuleBudget', {
  description: 'What the rule may give to all members together. Beyond it events wait.',
  simpleResolvers: true,
})
export class RuleBudgetView {
  @Field(() => PointsScalar, { nullable: true, description: 'In all; null when only the programme’s budget counts.' })
  total!: Points | null;

  @Field(() => [BranchBudgetView], { description: `Of single branches, ${MOST_BRANCH_BUDGETS} at the most.` })
  branches!: BranchBudgetView[];
}

@ObjectType('PointsLife', {
  description: 'How long the points can be spent. Both null: as long as the programme says.',
  simpleResolvers: true,
})
export class PointsLifeView {
  @Field(() => Int, { nullable: true, description: 'So many days, that of the payment being day 1.' })
  days!: number | null;

  @Field(() => Int, { nullable: true, description: 'To the end of this year (0), of the next (1), or a later one.' })
  yearsAhead!: number | null;
}

@ObjectType('ExclusiveGroup', {
  description: 'Of the rules of one group that fall on an event only the one that comes first gives points.',
  simpleResolvers: true,
})
export class ExclusiveGroupView {
  @Field(() => String, { description: 'The name of the group within the programme.' })
  group!: string;

  @Field(() => Int, { description: '1 comes first.' })
  priority!: number;
}

@ObjectType('RuleDefinition', { description: 'What a rule says.', simpleResolvers: true })
export class RuleDefinitionView {
  @Field(() => PointsAwardView)
  award!: typeof PointsAwardView;

  @Field(() => OccurrenceView)
  occurrence!: OccurrenceView;

  definition!: RuleDefinition;

  @Field(() => String, { nullable: true, description: 'Which events it looks at, as members read it; null: all.' })
  async conditionInWords(@Ctx() context: AdminContext): Promise<string | null> {
    const { condition } = this.definition;
    return condition && conditionInWords(condition, await unionNamesOf(context, this.definition))[context.language];
  }

  @Field(() => [ConditionView], {
    description: `Its conditions, each before those inside it, ${MOST_CONDITIONS} at the most; empty: it looks at every event.`,
  })
  async conditions(@Ctx() context: AdminContext): Promise<ConditionView[]> {
    const { condition } = this.definition;
    return condition ? conditionViews(condition, await unionNamesOf(context, this.definition), context.language) : [];
  }

  @Field(() => [RuleCapView], { description: `For each member, ${MOST_CAPS} at the most.` })
  caps!: RuleCapView[];

  @Field(() => RulePeriodView)
  period!: RulePeriodView;

  @Field(() => RuleBudgetView)
  budget!: RuleBudgetView;

  @Field(() => PointsLifeView)
  life!: PointsLifeView;

  @Field(() => Boolean, { description: 'Whether a member who claims such an event must show evidence.' })
  evidence!: boolean;

  @Field(() => ApprovalWord)
  approval!: Approval;

  @Field(() => Int, { description: 'How many days the award is in public view before it is paid; 0 pays at once.' })
  noticeDays!: number;

  @Field(() => ExclusiveGroupView, { nullable: true, description: 'Null when it gives points beside all others.' })
  exclusive!: ExclusiveGroupView | null;
}

export function definitionView(definition: RuleDefinition): RuleDefinitionView {
  const { occurrence, caps, period, budget, life, evidence, approval, noticeDays, exclusive } = definition;
  return Object.assign(new RuleDefinitionView(), {
    definition,
    award: awardView(definition.award),
    occurrence: Object.assign(new OccurrenceView(), {
      kind: occurrence.kind,
      attributes: occurrence.kind === 'values' ? occurrence.attributes : [],
    }),
    caps: caps.map((cap) => Object.assign(new RuleCapView(), cap)),
    period: Object.assign(new RulePeriodView(), period),
    budget: Object.assign(new RuleBudgetView(), {
      total: budget.total,
      branches: budget.branches.map((branch) => Object.assign(new BranchBudgetView(), branch)),
    }),
    life: Object.assign(new PointsLifeView(), {
      days: life.kind === 'days' ? life.days : null,
      yearsAhead: life.kind === 'year_end' ? life.yearsAhead : null,
    }),
    evidence,
    approval,
    noticeDays,
    exclusive: exclusive && Object.assign(new ExclusiveGroupView(), exclusive),
  });
}
