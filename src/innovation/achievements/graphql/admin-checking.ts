import { Arg, Args, Ctx, Mutation, Resolver } from 'type-graphql';
import type { AdminContext } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import type { Outcome } from '../../../platform/db/idempotency.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../../platform/graphql/mutation.ts';
import type { RefusalView } from '../../../platform/graphql/refusal.ts';
import { IdScalar } from '../../../platform/graphql/scalars.ts';
import { answer } from '../../../unions/graphql/admin-answers.ts';
import { changeAdoption } from '../change-adoption.ts';
import { changeGroup } from '../change-group.ts';
import { admitAchievement, returnAchievement, ruleOutAchievement } from '../check-achievement.ts';
import { LONGEST_REASON } from '../limits.ts';
import { achievementInScope } from '../scope.ts';
import { ChangeAdoptionArgs, ChangeGroupArgs, ReturnAchievementArgs } from './admin-inputs.ts';
import { AchievementView, achievementView } from './admin-views.ts';

const AdmitAchievementResult = resultType('AdmitAchievement', AchievementView);
const ReturnAchievementResult = resultType('ReturnAchievement', AchievementView);
const RuleOutAchievementResult = resultType('RuleOutAchievement', AchievementView);
const ChangeGroupResult = resultType('ChangeAchievementGroup', AchievementView);
const ChangeAdoptionResult = resultType('ChangeAdoption', AchievementView);

const CHECKING =
  'PERSON_NEEDED, ACHIEVEMENT_UNKNOWN, OWN_ACHIEVEMENT (you are an author), CHECK_CLOSED (the review has begun), ACHIEVEMENT_CHECKED';
const OF_SEASON = 'Wants achievements:check in the union of the season.';

/** The check of achievements before their review, and what firms make of proposals. */
@Resolver()
export class AdminCheckingResolver {
  @Permission('achievements:check')
  @Mutation(() => AdmitAchievementResult, {
    description: `资格审查通过: finds an achievement eligible; also one that was ruled out. ${OF_SEASON} Refusals: ${CHECKING}; ${KEY_REFUSALS}.`,
  })
  async admitAchievement(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('achievementId', () => IdScalar) achievementId: string,
  ): Promise<AchievementView | RefusalView> {
    return checked(context, await admitAchievement(context.deps, context.caller, key, { achievementId }));
  }

  @Permission('achievements:check')
  @Mutation(() => ReturnAchievementResult, {
    description: `退回补正: returns an achievement with what is missing. ${OF_SEASON} Refusals: MISSING_MALFORMED, ${CHECKING}; ${KEY_REFUSALS}.`,
  })
  async returnAchievement(
    @Ctx() context: AdminContext,
    @Args(() => ReturnAchievementArgs) { key, ...input }: ReturnAchievementArgs,
  ): Promise<AchievementView | RefusalView> {
    return checked(context, await returnAchievement(context.deps, context.caller, key, input));
  }

  @Permission('achievements:check')
  @Mutation(() => RuleOutAchievementResult, {
    description: `资格审查不通过: finds that an achievement cannot be reviewed. ${OF_SEASON} Refusals: REASON_MISSING, ${CHECKING}; ${KEY_REFUSALS}.`,
  })
  async ruleOutAchievement(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('achievementId', () => IdScalar) achievementId: string,
    @Arg('reason', () => String, { description: `1 to ${LONGEST_REASON} characters; who declared it reads it.` })
    reason: string,
  ): Promise<AchievementView | RefusalView> {
    return checked(context, await ruleOutAchievement(context.deps, context.caller, key, { achievementId, reason }));
  }

  @Permission('achievements:check')
  @Mutation(() => ChangeGroupResult, {
    description: `调整组别: puts an achievement into the other group, and so into another category. ${OF_SEASON} Refusals: REASON_MISSING, GROUP_UNCHANGED, CATEGORY_MISSING, ${CHECKING}; ${KEY_REFUSALS}.`,
  })
  async changeAchievementGroup(
    @Ctx() context: AdminContext,
    @Args(() => ChangeGroupArgs) { key, ...input }: ChangeGroupArgs,
  ): Promise<AchievementView | RefusalView> {
    return checked(context, await changeGroup(context.deps, context.caller, key, input));
  }

  @Permission('achievements:declare')
  @Mutation(() => ChangeAdoptionResult, {
    description: `登记采纳情况: the firm has taken a proposal of your branch further up, at any time after its submission. Refusals: ACHIEVEMENT_UNKNOWN, ADOPTION_OF_NO_PROPOSAL, ADOPTION_BACKWARDS, TEXT_TOO_LONG, EFFECT_MISSING; ${KEY_REFUSALS}.`,
  })
  async changeAdoption(
    @Ctx() context: AdminContext,
    @Args(() => ChangeAdoptionArgs) { key, achievementId, adoption, effectMeasured = null }: ChangeAdoptionArgs,
  ): Promise<AchievementView | RefusalView> {
    const input = { achievementId, adoption, effectMeasured };
    return shown(context, 'achievements:declare', await changeAdoption(context.deps, context.caller, key, input));
  }
}

/** What a check answers with: the achievement, which is of the branch of its season and so of the checker's. */
const checked = (context: AdminContext, outcome: Outcome) => shown(context, 'achievements:check', outcome);

async function shown(context: AdminContext, permission: string, outcome: Outcome) {
  const { deps, caller } = context;
  return answer(context, outcome, (id) => achievementInScope(deps.db.manager, caller, permission, id), achievementView);
}
