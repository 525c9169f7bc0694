import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { AdminContext } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import type { Outcome } from '../../../platform/db/idempotency.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../../platform/graphql/mutation.ts';
import type { RefusalView } from '../../../platform/graphql/refusal.ts';
import { IdScalar, InstantScalar } from '../../../platform/graphql/scalars.ts';
import { answer } from '../../../unions/graphql/admin-answers.ts';
import { CategoryView, categoryView } from '../../seasons/graphql/admin-part-views.ts';
import { SeasonView, seasonView } from '../../seasons/graphql/admin-views.ts';
import { LONGEST_REASON } from '../../seasons/limits.ts';
import { seasonInScope } from '../../seasons/scope.ts';
import { closeCategory } from '../close-category.ts';
import { inviteExperts } from '../invite-experts.ts';
import { openReview } from '../open-review.ts';
import { rankCategoryAgain } from '../rank-category-again.ts';
import { reopenCategory } from '../reopen-category.ts';
import { categoryInScope } from '../scope.ts';
import { startCategory } from '../start-category.ts';
import { strikeAchievement } from '../strike-achievement.ts';

const OpenReviewResult = resultType('OpenReview', SeasonView);
const InviteExpertsResult = resultType('InviteExperts', CategoryView);
const StartCategoryResult = resultType('StartCategory', CategoryView);
const CloseCategoryResult = resultType('CloseCategory', CategoryView);
const ReopenCategoryResult = resultType('ReopenCategory', CategoryView);
const RankCategoryAgainResult = resultType('RankCategoryAgain', CategoryView);
const StrikeAchievementResult = resultType('StrikeAchievement', CategoryView);

const CATEGORY_REFUSALS = 'CATEGORY_UNKNOWN, SEASON_DRAFT, SEASON_OVER';
const REASON = { description: `Members will read it: 1 to ${LONGEST_REASON} characters.` };
const SCORE_UNTIL = { description: 'From then on nobody scores any more; extendScoring can move it.' };

/** How the review of a season is run. Judges and their work stand with the panel of each category. */
@Resolver()
export class AdminReviewResolver {
  @Permission('achievements:check')
  @Mutation(() => OpenReviewResult, {
    description: `Opens the review of a season once declarations are over and all were checked: makes a panel for each category in which anything may be judged. What was returned and not submitted again takes no part. Refusals: SEASON_UNKNOWN, SEASON_DRAFT, SEASON_OVER, REVIEW_BEGUN, DECLARATIONS_STILL_OPEN, CHECKS_WAITING, DEADLINE_OVER, ACHIEVEMENTS_MISSING, ${KEY_REFUSALS}.`,
  })
  async openReview(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('seasonId', () => IdScalar) seasonId: string,
    @Arg('scoreUntil', () => InstantScalar, SCORE_UNTIL) scoreUntil: Date,
  ): Promise<SeasonView | RefusalView> {
    const { deps, caller } = context;
    const outcome = await openReview(deps, caller, key, { seasonId, scoreUntil });
    const find = (id: string) => seasonInScope(deps.db.manager, caller, 'achievements:check', id);
    return answer(context, outcome, find, (found) => seasonView(found.season));
  }

  @Permission('achievements:check')
  @Mutation(() => InviteExpertsResult, {
    description: `Invites all registered experts of a category’s fields to its panel who were not invited before; wants judging:write too. Refusals: ${CATEGORY_REFUSALS}, CATEGORY_NOT_OPEN, PANEL_UNKNOWN, PANEL_BUSY, EXPERTS_MISSING, ${KEY_REFUSALS}.`,
  })
  async inviteExperts(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('categoryId', () => IdScalar) categoryId: string,
  ): Promise<CategoryView | RefusalView> {
    return category(context, await inviteExperts(context.deps, context.caller, key, { categoryId }));
  }

  @Permission('achievements:check')
  @Mutation(() => StartCategoryResult, {
    description: `Lets the judges of a category score, once they were assigned. Refusals: ${CATEGORY_REFUSALS}, CATEGORY_NOT_OPEN, WEIGHTS_NOT_WHOLE, DEADLINE_OVER, CANDIDATES_MISSING, CRITERIA_OVERLAP, NOT_ENOUGH_JUDGES, JUDGE_IN_CONFLICT, ${KEY_REFUSALS}.`,
  })
  async startCategory(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('categoryId', () => IdScalar) categoryId: string,
  ): Promise<CategoryView | RefusalView> {
    return category(context, await startCategory(context.deps, context.caller, key, { categoryId }));
  }

  @Permission('achievements:check')
  @Mutation(() => CloseCategoryResult, {
    description: `Ends the scoring of a category and ranks it. Refusals: ${CATEGORY_REFUSALS}, CATEGORY_NOT_SCORING, SCORES_MISSING, CONFLICT_SCORED, ${KEY_REFUSALS}.`,
  })
  async closeCategory(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('categoryId', () => IdScalar) categoryId: string,
  ): Promise<CategoryView | RefusalView> {
    return category(context, await closeCategory(context.deps, context.caller, key, { categoryId }));
  }

  @Permission('achievements:check')
  @Mutation(() => ReopenCategoryResult, {
    description: `Lets the judges of a category score again what was declared void, as long as its ranking is not final; close it again for a new version. Refusals: ${CATEGORY_REFUSALS}, CATEGORY_NOT_RANKED, REASON_NEEDED, DEADLINE_OVER, ${KEY_REFUSALS}.`,
  })
  async reopenCategory(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('categoryId', () => IdScalar) categoryId: string,
    @Arg('scoreUntil', () => InstantScalar, SCORE_UNTIL) scoreUntil: Date,
    @Arg('reason', () => String, REASON) reason: string,
  ): Promise<CategoryView | RefusalView> {
    const input = { categoryId, scoreUntil, reason };
    return category(context, await reopenCategory(context.deps, context.caller, key, input));
  }

  @Permission('achievements:check')
  @Mutation(() => RankCategoryAgainResult, {
    description: `Makes a new version of a ranking that is not final from the scores as they are now; make a new list of honours of it then. Refusals: ${CATEGORY_REFUSALS}, CATEGORY_NOT_RANKED, REASON_NEEDED, SCORES_MISSING, ${KEY_REFUSALS}.`,
  })
  async rankCategoryAgain(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('categoryId', () => IdScalar) categoryId: string,
    @Arg('reason', () => String, REASON) reason: string,
  ): Promise<CategoryView | RefusalView> {
    return category(context, await rankCategoryAgain(context.deps, context.caller, key, { categoryId, reason }));
  }

  @Permission('achievements:check')
  @Mutation(() => StrikeAchievementResult, {
    description: `Takes an achievement out of a review whose honours are not given; where its category is ranked, a new version is made without it, of which a new list of honours is to be made. Refusals: ACHIEVEMENT_UNKNOWN, OWN_ACHIEVEMENT, SEASON_OVER, REASON_NEEDED, SCORES_MISSING, ${KEY_REFUSALS}.`,
  })
  async strikeAchievement(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('achievementId', () => IdScalar) achievementId: string,
    @Arg('reason', () => String, REASON) reason: string,
  ): Promise<CategoryView | RefusalView> {
    return category(context, await strikeAchievement(context.deps, context.caller, key, { achievementId, reason }));
  }
}

/** What a mutation of a category answers with: the category read anew. */
function category(context: AdminContext, outcome: Outcome): Promise<CategoryView | RefusalView> {
  const { deps, caller } = context;
  const find = (id: string) => categoryInScope(deps.db.manager, caller, 'achievements:check', id);
  return answer(context, outcome, find, (found) => categoryView(found.category));
}
