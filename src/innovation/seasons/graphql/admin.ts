import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { AdminContext } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import type { Outcome } from '../../../platform/db/idempotency.ts';
import { type Connection, connection } from '../../../platform/graphql/connection.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../../platform/graphql/mutation.ts';
import { pageAsked } from '../../../platform/graphql/page.ts';
import type { RefusalView } from '../../../platform/graphql/refusal.ts';
import { IdScalar } from '../../../platform/graphql/scalars.ts';
import { answer, branches } from '../../../unions/graphql/admin-answers.ts';
import { cancelSeason } from '../cancel-season.ts';
import { changeSeason } from '../change-season.ts';
import { copySeason } from '../copy-season.ts';
import { createSeason } from '../create-season.ts';
import { LONGEST_REASON } from '../limits.ts';
import { openSeason } from '../open-season.ts';
import { seasonsIn } from '../queries.ts';
import { seasonInScope, seasonToRead } from '../scope.ts';
import { CopySeasonArgs, SeasonPlanInput, SeasonsArgs } from './admin-inputs.ts';
import { SeasonConnection, SeasonView, seasonView } from './admin-views.ts';
import { planGiven } from './plan-given.ts';

const CreateSeasonResult = resultType('CreateSeason', SeasonView);
const ChangeSeasonResult = resultType('ChangeSeason', SeasonView);
const OpenSeasonResult = resultType('OpenSeason', SeasonView);
const CancelSeasonResult = resultType('CancelSeason', SeasonView);
const CopySeasonResult = resultType('CopySeason', SeasonView);

const PLAN_REFUSALS =
  'TEXT_LENGTH, NUMBER_OUT_OF_RANGE, TOO_MANY, LIST_MALFORMED, PREFIX_MALFORMED, PREFIX_TAKEN, TIMES_OUT_OF_ORDER, PROGRAMME_UNKNOWN, RESERVE_OF_ALL; of criteria and judging CRITERIA_COUNT (there are none, or too many), CRITERION_REPEATED, SCALE_MALFORMED, TIE_BREAK_MALFORMED; `at` names the place, "plan.categories.3.criteria"';
const OPEN_REFUSALS =
  'DECLARATION_OVER, CATEGORIES_MISSING, CATEGORY_COVERED, WEIGHTS_NOT_WHOLE, RESERVES_BEYOND_HONOURS, GRADES_NOT_HONOURS, POINTS_TO_NOBODY';

/** How seasons of innovation are planned. */
@Resolver()
export class AdminSeasonsResolver {
  @Permission('achievements:read')
  @Query(() => SeasonConnection, {
    description:
      'The seasons of your branches, and those opened above that take their declarations, newest first; of one union’s branch when unionId is given.',
  })
  async seasons(
    @Ctx() context: AdminContext,
    @Args(() => SeasonsArgs) { unionId, year, state, ...page }: SeasonsArgs,
  ): Promise<Connection<SeasonView>> {
    const asked = pageAsked(page);
    const within = await branches(context, 'achievements:read', unionId);
    const filter = { year: year ?? undefined, state: state ?? undefined };
    const found = await seasonsIn(context.deps.db.manager, within, filter, asked);
    return connection(found, (one) => one.id, seasonView);
  }

  @Permission('achievements:read')
  @Query(() => SeasonView, {
    nullable: true,
    description: 'A season of your branches, or one opened above that takes their declarations; null for any other id.',
  })
  async season(
    @Ctx() { deps, caller }: AdminContext,
    @Arg('id', () => IdScalar) id: string,
  ): Promise<SeasonView | null> {
    const found = await seasonToRead(deps.db.manager, caller, id);
    return found.ok ? seasonView(found.value.season) : null;
  }

  @Permission('achievements:check')
  @Mutation(() => CreateSeasonResult, {
    description: `Makes the draft of a season, open to the whole branch of its union. What keeps it from being opened stands in its \`troubles\`. Refusals: UNION_UNKNOWN, ${PLAN_REFUSALS}; ${KEY_REFUSALS}.`,
  })
  async createSeason(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('unionId', () => IdScalar) unionId: string,
    @Arg('plan', () => SeasonPlanInput) plan: SeasonPlanInput,
  ): Promise<SeasonView | RefusalView> {
    const asked = { unionId, plan: planGiven(plan) };
    return season(context, await createSeason(context.deps, context.caller, key, asked));
  }

  @Permission('achievements:check')
  @Mutation(() => ChangeSeasonResult, {
    description: `Plans a draft anew, all of it. Refusals: SEASON_UNKNOWN, SEASON_OPENED, SEASON_OVER, ${PLAN_REFUSALS}; ${KEY_REFUSALS}.`,
  })
  async changeSeason(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('seasonId', () => IdScalar) seasonId: string,
    @Arg('plan', () => SeasonPlanInput) plan: SeasonPlanInput,
  ): Promise<SeasonView | RefusalView> {
    const asked = { seasonId, plan: planGiven(plan) };
    return season(context, await changeSeason(context.deps, context.caller, key, asked));
  }

  @Permission('achievements:check')
  @Mutation(() => OpenSeasonResult, {
    description: `Opens a draft for declarations: members see it, and its plan is fixed. Refusals: SEASON_UNKNOWN, SEASON_OPENED, SEASON_OVER; the first of its \`troubles\`: ${OPEN_REFUSALS}; ${KEY_REFUSALS}.`,
  })
  async openSeason(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('seasonId', () => IdScalar) seasonId: string,
  ): Promise<SeasonView | RefusalView> {
    return season(context, await openSeason(context.deps, context.caller, key, { seasonId }));
  }

  @Permission('achievements:check')
  @Mutation(() => CancelSeasonResult, {
    description: `Calls a season off that is not final; a draft is done away with so, and an open notice is withdrawn. Refusals: SEASON_UNKNOWN, SEASON_OVER, REASON_NEEDED, ${KEY_REFUSALS}.`,
  })
  async cancelSeason(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('seasonId', () => IdScalar) seasonId: string,
    @Arg('reason', () => String, { description: `Members will read it: 1 to ${LONGEST_REASON} characters.` })
    reason: string,
  ): Promise<SeasonView | RefusalView> {
    return season(context, await cancelSeason(context.deps, context.caller, key, { seasonId, reason }));
  }

  @Permission('achievements:check')
  @Mutation(() => CopySeasonResult, {
    description: `Makes a draft of a later year from the plan of a season: its time for declarations lies as many years later, and the year in names and prefix is replaced. Refusals: SEASON_UNKNOWN, YEAR_OF_COPY, PREFIX_TAKEN, PREFIX_MALFORMED, ${KEY_REFUSALS}.`,
  })
  async copySeason(
    @Ctx() context: AdminContext,
    @Args(() => CopySeasonArgs) { key, seasonId, year, certificatePrefix }: CopySeasonArgs,
  ): Promise<SeasonView | RefusalView> {
    const asked = { seasonId, year, ...(certificatePrefix && { certificatePrefix }) };
    return season(context, await copySeason(context.deps, context.caller, key, asked));
  }
}

/** What a mutation of a season answers with: the season read anew. */
async function season(context: AdminContext, outcome: Outcome): Promise<SeasonView | RefusalView> {
  const { deps, caller } = context;
  const find = (id: string) => seasonInScope(deps.db.manager, caller, 'achievements:check', id);
  return answer(context, outcome, find, (found) => seasonView(found.season));
}
