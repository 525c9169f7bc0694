import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { AdminContext } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import type { Outcome } from '../../../platform/db/idempotency.ts';
import { type Connection, connection } from '../../../platform/graphql/connection.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../../platform/graphql/mutation.ts';
import { pageAsked } from '../../../platform/graphql/page.ts';
import { type RefusalView, refusalView } from '../../../platform/graphql/refusal.ts';
import { IdScalar } from '../../../platform/graphql/scalars.ts';
import { answer, branches } from '../../../unions/graphql/admin-answers.ts';
import { amendCompetition } from '../amend-competition.ts';
import { cancelCompetition } from '../cancel-competition.ts';
import { changeCompetition } from '../change-competition.ts';
import { copyPlan } from '../copy-plan.ts';
import { createCompetition } from '../create-competition.ts';
import { LONGEST_REASON } from '../limits.ts';
import { publishCompetition } from '../publish-competition.ts';
import { competitionsIn } from '../queries.ts';
import { competitionInScope, competitionToRead } from '../scope.ts';
import { AmendCompetitionArgs, CompetitionPlanInput, CompetitionsArgs, CopyPlanArgs } from './admin-inputs.ts';
import { CompetitionConnection, CompetitionView, competitionView } from './admin-views.ts';
import { planGiven } from './plan-given.ts';

const CreateCompetitionResult = resultType('CreateCompetition', CompetitionView);
const ChangeCompetitionResult = resultType('ChangeCompetition', CompetitionView);
const PublishCompetitionResult = resultType('PublishCompetition', CompetitionView);
const AmendCompetitionResult = resultType('AmendCompetition', CompetitionView);
const CancelCompetitionResult = resultType('CancelCompetition', CompetitionView);
const CopyPlanResult = resultType('CopyPlan', CompetitionView);

const PLAN_REFUSALS =
  'TEXT_LENGTH, NUMBER_OUT_OF_RANGE, TOO_MANY, TEAM_MISMATCHED, PREFIX_MALFORMED, PREFIX_TAKEN, TIMES_OUT_OF_ORDER, NUMBER_UNKNOWN (of a division or stage that is named), UNION_UNKNOWN, PROGRAMME_UNKNOWN, ADVANCE_MISMATCHED; of criteria and judging CRITERIA_COUNT, CRITERION_REPEATED, SCALE_MALFORMED, TIE_BREAK_MALFORMED, TIE_BREAK_MISMATCHED; of conditions ELIGIBILITY_NOT_ASKABLE, CONDITION_NOT_ONE, CONDITION_MALFORMED, CONDITION_TOO_DEEP, CONDITIONS_TOO_MANY, CONDITION_VALUE, CONDITION_VALUES, ATTRIBUTE_KIND; `at` names the place, "plan.stages.3.unionId"';
const PUBLISH_REFUSALS =
  'ENTRY_OVER, WEIGHTS_NOT_WHOLE, STAGES_MISSING, STAGE_DIVISION, FINALS_NOT_ONE, FINAL_ROUND, FINAL_ADVANCES, PARENT_OF_OTHER_DIVISION, PARENT_NOT_HIGHER, UNION_OUTSIDE_PARENT, ADVANCE_MISSING, FIRST_STAGE_REPEATED, TIMETABLE_OUT_OF_ORDER, PLACES_OVERLAP, POINTS_TO_NOBODY, SKILL_OF_NOBODY, SUBSIDIES_NOT_BUDGET';

/** How competitions are planned. */
@Resolver()
export class AdminCompetitionsResolver {
  @Permission('competitions:read')
  @Query(() => CompetitionConnection, {
    description:
      'The competitions of your branches, and those published above that are open to them, newest first; of one union’s branch when unionId is given.',
  })
  async competitions(
    @Ctx() context: AdminContext,
    @Args(() => CompetitionsArgs) { unionId, year, state, ...page }: CompetitionsArgs,
  ): Promise<Connection<CompetitionView>> {
    const asked = pageAsked(page);
    const within = await branches(context, 'competitions:read', unionId);
    const filter = { year: year ?? undefined, state: state ?? undefined };
    const found = await competitionsIn(context.deps.db.manager, within, filter, asked);
    return connection(found, (one) => one.id, competitionView);
  }

  @Permission('competitions:read')
  @Query(() => CompetitionView, {
    nullable: true,
    description: 'A competition of your branches, or one published above that is open to them; null for any other id.',
  })
  async competition(
    @Ctx() { deps, caller }: AdminContext,
    @Arg('id', () => IdScalar) id: string,
  ): Promise<CompetitionView | null> {
    const found = await competitionToRead(deps.db.manager, caller, id);
    return found.ok ? competitionView(found.value.competition) : null;
  }

  @Permission('competitions:write')
  @Mutation(() => CreateCompetitionResult, {
    description: `Makes the draft of a competition, open to the whole branch of its union. What keeps it from being published stands in its \`troubles\`. Refusals: ${PLAN_REFUSALS}; ${KEY_REFUSALS}.`,
  })
  async createCompetition(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('unionId', () => IdScalar) unionId: string,
    @Arg('plan', () => CompetitionPlanInput) input: CompetitionPlanInput,
  ): Promise<CompetitionView | RefusalView> {
    const plan = planGiven(input);
    if (!plan.ok) return refusalView(plan.refusal, context.language);
    const asked = { unionId, plan: plan.value };
    return competition(context, await createCompetition(context.deps, context.caller, key, asked));
  }

  @Permission('competitions:write')
  @Mutation(() => ChangeCompetitionResult, {
    description: `Plans a draft anew, all of it. Refusals: COMPETITION_UNKNOWN, COMPETITION_PUBLISHED, COMPETITION_OVER, ${PLAN_REFUSALS}; ${KEY_REFUSALS}.`,
  })
  async changeCompetition(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('competitionId', () => IdScalar) competitionId: string,
    @Arg('plan', () => CompetitionPlanInput) input: CompetitionPlanInput,
  ): Promise<CompetitionView | RefusalView> {
    const plan = planGiven(input);
    if (!plan.ok) return refusalView(plan.refusal, context.language);
    const asked = { competitionId, plan: plan.value };
    return competition(context, await changeCompetition(context.deps, context.caller, key, asked));
  }

  @Permission('competitions:write')
  @Mutation(() => PublishCompetitionResult, {
    description: `Publishes a draft: members see it, it is entered in its time, and its plan is fixed. Refusals: COMPETITION_UNKNOWN, COMPETITION_PUBLISHED, COMPETITION_OVER; the first of its \`troubles\`: ${PUBLISH_REFUSALS}; ${KEY_REFUSALS}.`,
  })
  async publishCompetition(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('competitionId', () => IdScalar) competitionId: string,
  ): Promise<CompetitionView | RefusalView> {
    return competition(context, await publishCompetition(context.deps, context.caller, key, { competitionId }));
  }

  @Permission('competitions:write')
  @Mutation(() => AmendCompetitionResult, {
    description: `Changes what is harmless of a published competition, and leaves what is not given: its description, and until its first stage begins its deadlines, to later ones. Refusals: COMPETITION_UNKNOWN, COMPETITION_DRAFT, COMPETITION_OVER, COMPETITION_RUNNING, NOTHING_TO_CHANGE, TEXT_LENGTH, DEADLINE_EARLIER, TIMES_OUT_OF_ORDER, TIMETABLE_OUT_OF_ORDER, ${KEY_REFUSALS}.`,
  })
  async amendCompetition(
    @Ctx() context: AdminContext,
    @Args(() => AmendCompetitionArgs) { key, ...given }: AmendCompetitionArgs,
  ): Promise<CompetitionView | RefusalView> {
    const { competitionId, about, entryUntil, changeUntil } = given;
    const amendment = {
      ...(about && { about }),
      ...(entryUntil && { entryUntil }),
      ...(changeUntil && { changeUntil }),
    };
    const asked = { competitionId, ...amendment };
    return competition(context, await amendCompetition(context.deps, context.caller, key, asked));
  }

  @Permission('competitions:write')
  @Mutation(() => CancelCompetitionResult, {
    description: `Calls a competition off that is not finished; a draft is done away with so. Refusals: COMPETITION_UNKNOWN, COMPETITION_OVER, REASON_NEEDED, ${KEY_REFUSALS}.`,
  })
  async cancelCompetition(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('competitionId', () => IdScalar) competitionId: string,
    @Arg('reason', () => String, { description: `Members will read it: 1 to ${LONGEST_REASON} characters.` })
    reason: string,
  ): Promise<CompetitionView | RefusalView> {
    return competition(context, await cancelCompetition(context.deps, context.caller, key, { competitionId, reason }));
  }

  @Permission('competitions:write')
  @Mutation(() => CopyPlanResult, {
    description: `Makes a draft of a later year from the plan of a competition: its days and deadlines lie as many years later, and the year in name and prefix is replaced. Refusals: COMPETITION_UNKNOWN, YEAR_OF_COPY, PREFIX_TAKEN, PREFIX_MALFORMED, TIMES_OUT_OF_ORDER, ${KEY_REFUSALS}.`,
  })
  async copyPlan(
    @Ctx() context: AdminContext,
    @Args(() => CopyPlanArgs) { key, competitionId, year, certificatePrefix }: CopyPlanArgs,
  ): Promise<CompetitionView | RefusalView> {
    const asked = { competitionId, year, ...(certificatePrefix && { certificatePrefix }) };
    return competition(context, await copyPlan(context.deps, context.caller, key, asked));
  }
}

/** What a mutation of a competition answers with: the competition read anew. */
async function competition(context: AdminContext, outcome: Outcome): Promise<CompetitionView | RefusalView> {
  const { deps, caller } = context;
  const find = (id: string) => competitionInScope(deps.db.manager, caller, 'competitions:write', id);
  return answer(context, outcome, find, (found) => competitionView(found.competition));
}
