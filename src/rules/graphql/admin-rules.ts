import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { AdminContext } from '../../identity/context.ts';
import { Permission } from '../../identity/permission.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import { type Connection, connection } from '../../platform/graphql/connection.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../platform/graphql/mutation.ts';
import { PageArgs, pageAsked } from '../../platform/graphql/page.ts';
import { type RefusalView, refusalView } from '../../platform/graphql/refusal.ts';
import { IdScalar } from '../../platform/graphql/scalars.ts';
import { programmeInScope } from '../../unions/scope.ts';
import { discardDraft } from '../discard-draft.ts';
import { draftsOf } from '../draft-queries.ts';
import { publishDraft } from '../publish-draft.ts';
import { rulesOf } from '../queries.ts';
import { draftUnknown } from '../refusals.ts';
import { retireRule } from '../retire-rule.ts';
import { Rule } from '../rule.entity.ts';
import { RuleDraftRow } from '../rule-draft.entity.ts';
import { saveDraft } from '../save-draft.ts';
import { partOfProgramme } from '../scope.ts';
import { draftToSave, PublishRuleDraftArgs, SaveRuleDraftArgs } from './admin-rule-args.ts';
import {
  DiscardedRuleDraftView,
  RuleConnection,
  RuleDraftConnection,
  RuleDraftView,
  RuleView,
  ruleDraftView,
  ruleView,
} from './admin-rule-views.ts';

const SaveRuleDraftResult = resultType('SaveRuleDraft', RuleDraftView);
const DiscardRuleDraftResult = resultType('DiscardRuleDraft', DiscardedRuleDraftView);
const PublishRuleDraftResult = resultType('PublishRuleDraft', RuleView);
const RetireRuleResult = resultType('RetireRule', RuleView);

const NONE = { items: [], hasNextPage: false };
const DEFINITION =
  'EVENT_TYPE_UNKNOWN, UNION_UNKNOWN, ATTRIBUTE_NOT_OF_TYPE, ATTRIBUTE_KIND, ATTRIBUTE_NAME_MALFORMED, AWARD_OUT_OF_RANGE, AWARD_BEYOND_CEILING, TIERS_EMPTY, TIERS_TOO_MANY, TIER_REPEATED, TIER_VALUE_MALFORMED, TIER_NOT_A_CHOICE, TIER_NOT_OF_KIND, TIERS_OVERLAP, RANGE_BACKWARDS, OCCURRENCE_MALFORMED, OCCURRENCE_FIXED, CONDITION_MALFORMED, CONDITION_TOO_DEEP, CONDITIONS_TOO_MANY, CONDITION_VALUES, CONDITION_VALUE, CAP_OUT_OF_RANGE, CAPS_TOO_MANY, CAP_BELOW_AWARD, CAP_REPEATED, CAP_CONTRADICTS, PERIOD_BACKWARDS, RULE_BUDGET_OUT_OF_RANGE, BRANCH_BUDGETS_TOO_MANY, BRANCH_BUDGET_REPEATED, BRANCH_BUDGET_ABOVE_TOTAL, LIFE_OUT_OF_RANGE, NOTICE_OUT_OF_RANGE, GROUP_MALFORMED, PRIORITY_OUT_OF_RANGE, DEFINITION_TOO_LARGE, DEFINITION_MALFORMED (`at` names the place)';

@Resolver()
export class AdminRulesResolver {
  @Permission('rules:read')
  @Query(() => RuleConnection, {
    description: 'The rules of a programme that covers members of the branch, retired ones too, oldest first.',
  })
  async rules(
    @Ctx() context: AdminContext,
    @Arg('programmeId', () => IdScalar) programmeId: string,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<RuleView>> {
    const asked = pageAsked(page);
    const { manager } = context.deps.db;
    const part = await partOfProgramme(manager, context.caller, 'rules:read', programmeId);
    const rules = part.ok ? await rulesOf(manager, programmeId, asked) : NONE;
    return connection(rules, (rule) => rule.id, ruleView);
  }

  @Permission('rules:read')
  @Query(() => RuleView, {
    nullable: true,
    description: 'A rule of a programme that covers members of the branch; null when there is none of this id.',
  })
  async rule(@Ctx() { deps, caller }: AdminContext, @Arg('id', () => IdScalar) id: string): Promise<RuleView | null> {
    const { manager } = deps.db;
    const rule = await manager.findOneBy(Rule, { id });
    const part = rule && (await partOfProgramme(manager, caller, 'rules:read', rule.programmeId));
    return rule && part?.ok ? ruleView(rule) : null;
  }

  @Permission('rules:read')
  @Query(() => RuleDraftConnection, {
    description: 'The drafts of a programme of the branch, oldest first. Empty for any other programme.',
  })
  async ruleDrafts(
    @Ctx() context: AdminContext,
    @Arg('programmeId', () => IdScalar) programmeId: string,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<RuleDraftView>> {
    const asked = pageAsked(page);
    const { manager } = context.deps.db;
    const programme = await programmeInScope(manager, context.caller, 'rules:read', programmeId);
    const drafts = programme.ok ? await draftsOf(manager, programmeId, asked) : NONE;
    return connection(drafts, (draft) => draft.id, ruleDraftView);
  }

  @Permission('rules:write')
  @Mutation(() => SaveRuleDraftResult, {
    description: `Saves a draft in a programme of the branch: of a new rule (newRule); of the next version of a rule (ruleId), which has one draft at a time and gets this one in its place; or a draft anew (draftId). It judges nothing until it is published. Refusals: DRAFT_NOT_NAMED, DRAFT_UNKNOWN, PROGRAMME_UNKNOWN, RULE_UNKNOWN, RULE_RETIRED, NAME_MALFORMED, RULE_NAME_TAKEN, RULE_NAME_FIXED, AWARD_NOT_ONE, LIFE_NOT_ONE, CONDITION_NOT_ONE, ${DEFINITION}, ${KEY_REFUSALS}.`,
  })
  async saveRuleDraft(
    @Ctx() context: AdminContext,
    @Args(() => SaveRuleDraftArgs) args: SaveRuleDraftArgs,
  ): Promise<RuleDraftView | RefusalView> {
    const { deps, caller, language } = context;
    const input = draftToSave(args);
    const outcome = input.ok ? await saveDraft(deps, caller, args.key, input.value) : input;
    if (!outcome.ok) return refusalView(outcome.refusal, language);
    // The same key may come again when the draft has long been published.
    const draft = await deps.db.manager.findOneBy(RuleDraftRow, { id: outcome.value });
    return draft ? ruleDraftView(draft) : refusalView(draftUnknown, language);
  }

  @Permission('rules:write')
  @Mutation(() => DiscardRuleDraftResult, {
    description: `Throws a draft of the branch away. Refusals: DRAFT_UNKNOWN, ${KEY_REFUSALS}.`,
  })
  async discardRuleDraft(
    @Ctx() { deps, caller, language }: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('draftId', () => IdScalar) draftId: string,
  ): Promise<DiscardedRuleDraftView | RefusalView> {
    const outcome = await discardDraft(deps, caller, key, { draftId });
    if (!outcome.ok) return refusalView(outcome.refusal, language);
    return Object.assign(new DiscardedRuleDraftView(), { draftId: outcome.value });
  }

  @Permission('rules:write')
  @Mutation(() => PublishRuleDraftResult, {
    description: `Publishes a draft of the branch, as a new rule or as the next version of its rule. It judges events from effectiveFrom on and never changes; events that wait for a budget are judged again. Where the programme’s policy wants a second person, it is not the one who saved the draft last. Refusals: DRAFT_UNKNOWN, SECOND_PERSON_NEEDED, PUBLICATION_IN_PAST, PUBLICATION_TOO_FAR, PUBLICATION_BEFORE_OTHER, PERIOD_OVER, RULE_NAME_TAKEN, ${DEFINITION}, ${KEY_REFUSALS}.`,
  })
  async publishRuleDraft(
    @Ctx() context: AdminContext,
    @Args(() => PublishRuleDraftArgs) { key, draftId, effectiveFrom }: PublishRuleDraftArgs,
  ): Promise<RuleView | RefusalView> {
    const input = { draftId, effectiveFrom: effectiveFrom ?? undefined };
    return shownRule(context, await publishDraft(context.deps, context.caller, key, input));
  }

  @Permission('rules:write')
  @Mutation(() => RetireRuleResult, {
    description: `Takes a rule of the branch out of force, with its versions still to come and its draft. What it gave stands; events that wait for a budget are judged again without it. Retiring it again changes nothing. Refusals: RULE_UNKNOWN, ${KEY_REFUSALS}.`,
  })
  async retireRule(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('ruleId', () => IdScalar) ruleId: string,
  ): Promise<RuleView | RefusalView> {
    return shownRule(context, await retireRule(context.deps, context.caller, key, { ruleId }));
  }
}

async function shownRule({ deps, language }: AdminContext, outcome: Outcome): Promise<RuleView | RefusalView> {
  if (!outcome.ok) return refusalView(outcome.refusal, language);
  return ruleView(await deps.db.manager.findOneByOrFail(Rule, { id: outcome.value }));
}
