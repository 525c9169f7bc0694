import { Arg, Ctx, createUnionType, Field, FieldResolver, Int, ObjectType, Query, Resolver, Root } from 'type-graphql';
import type { AdminContext } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import { RefusalView, refusalView } from '../../../platform/graphql/refusal.ts';
import { IdScalar, PointsScalar } from '../../../platform/graphql/scalars.ts';
import { type Points, points } from '../../../platform/points.ts';
import { ActivityEventView } from '../../graphql/admin-views.ts';
import { type Explained, explain, explanationOf, type OutcomeKind } from '../explanation.ts';
import { tryDraft } from '../try-draft.ts';
import { TrialInput, trialGiven } from './admin-inputs.ts';
import { OutcomeKindWord } from './words.ts';

@ObjectType('RuleOutcome', { description: 'What one rule made of an event.', simpleResolvers: true })
class RuleOutcomeView {
  @Field(() => IdScalar, { description: 'The rule; the draft, when its rule does not exist yet.' })
  ruleId!: string;

  @Field(() => String, { description: 'Its name, e.g. 学历提升.' })
  ruleName!: string;

  @Field(() => Int, { description: 'Which of its versions looked at the event; 0 for a draft.' })
  ruleVersion!: number;

  @Field(() => String, { description: 'What that version says, in one sentence.' })
  ruleInWords!: string;

  @Field(() => OutcomeKindWord)
  kind!: OutcomeKind;

  @Field(() => PointsScalar, { description: 'What it gave; 0 when nothing.' })
  points!: Points;

  @Field(() => String, { description: 'What it gave, or the first thing that kept it from giving, for a person.' })
  inWords!: string;
}

@ObjectType('RuleTrial', { description: 'What a draft would make of an event.', simpleResolvers: true })
class RuleTrialView {
  @Field(() => PointsScalar, { description: 'What all the rules together would give.' })
  points!: Points;

  @Field(() => [RuleOutcomeView], {
    description: 'The rules in force for the event’s type, and last the draft in the place of its rule.',
  })
  outcomes!: RuleOutcomeView[];
}

const TryRuleDraftResult = createUnionType({
  name: 'TryRuleDraftResult',
  types: () => [RuleTrialView, RefusalView] as const,
});

@Resolver(() => ActivityEventView)
export class AdminExplainResolver {
  @FieldResolver(() => [RuleOutcomeView], {
    description: 'Why: each rule that looked at the event, and what it made of it; empty for some seconds at first.',
  })
  async explanation(@Root() event: ActivityEventView, @Ctx() context: AdminContext): Promise<RuleOutcomeView[]> {
    return (await explanationOf(context, event.judged)).map(outcomeView);
  }

  @Permission('rules:write')
  @Query(() => TryRuleDraftResult, {
    description:
      'Tries a draft of the branch on an event that did not happen. Nothing is written, and budgets are not asked. Refusals: DRAFT_UNKNOWN, MEMBER_UNKNOWN, UNION_UNKNOWN, DAY_IMPOSSIBLE, TRIAL_MEMBER_NOT_ONE, ATTRIBUTE_MISSING, ATTRIBUTE_UNKNOWN, ATTRIBUTE_MALFORMED.',
  })
  async tryRuleDraft(
    @Ctx() context: AdminContext,
    @Arg('draftId', () => IdScalar) draftId: string,
    @Arg('event', () => TrialInput) input: TrialInput,
  ): Promise<RuleTrialView | RefusalView> {
    const { deps, caller, language } = context;
    const trial = trialGiven(input);
    if (!trial.ok) return refusalView(trial.refusal, language);
    const tried = await tryDraft(deps.db.manager, caller, { draftId, trial: trial.value }, deps.clock.now());
    if (!tried.ok) return refusalView(tried.refusal, language);
    const outcomes = (await explain(context, tried.value.event, tried.value.outcomes)).map(outcomeView);
    const sum = points(outcomes.reduce((all, outcome) => all + outcome.points, 0));
    return Object.assign(new RuleTrialView(), { points: sum, outcomes });
  }
}

function outcomeView({ rule, kind, points, inWords, ruleInWords }: Explained): RuleOutcomeView {
  const { ruleId, name: ruleName, number: ruleVersion } = rule;
  return Object.assign(new RuleOutcomeView(), { ruleId, ruleName, ruleVersion, ruleInWords, kind, points, inWords });
}
