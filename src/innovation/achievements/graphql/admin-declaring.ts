import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { AdminContext } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import type { Outcome } from '../../../platform/db/idempotency.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../../platform/graphql/mutation.ts';
import type { RefusalView } from '../../../platform/graphql/refusal.ts';
import { IdScalar } from '../../../platform/graphql/scalars.ts';
import { answer } from '../../../unions/graphql/admin-answers.ts';
import { changeDeclaredFor } from '../change-achievement.ts';
import { declareFor } from '../declare-achievement.ts';
import { achievementDeclaredFor } from '../scope.ts';
import { submitDeclaredFor } from '../submit-achievement.ts';
import { withdrawDeclaredFor } from '../withdraw-achievement.ts';
import { AchievementInput, declaredContent } from './admin-inputs.ts';
import { AchievementView, achievementView } from './admin-views.ts';
import { COMPLETE, CONTENT } from './refusal-codes.ts';

const DeclareAchievementResult = resultType('DeclareAchievement', AchievementView);
const ChangeAchievementResult = resultType('ChangeAchievement', AchievementView);
const SubmitAchievementResult = resultType('SubmitAchievement', AchievementView);
const WithdrawAchievementResult = resultType('WithdrawAchievement', AchievementView);

/** What admins declare for members of their branches. What a member declares herself is hers alone to change. */
@Resolver()
export class AdminDeclaringResolver {
  @Permission('achievements:declare')
  @Mutation(() => DeclareAchievementResult, {
    description: `Makes a draft for a member of your branch; only admins of her branch know of it before it is submitted. \`at\` names the place, "authors.2". Refusals: MEMBER_UNKNOWN, SEASON_UNKNOWN, SEASON_CLOSED, DRAFTS_TOO_MANY, ${CONTENT}; ${KEY_REFUSALS}.`,
  })
  async declareAchievement(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('seasonId', () => IdScalar) seasonId: string,
    @Arg('declarerId', () => IdScalar, { description: 'A member of your branch, one of the authors.' })
    declarerId: string,
    @Arg('achievement', () => AchievementInput) given: AchievementInput,
  ): Promise<AchievementView | RefusalView> {
    const input = { seasonId, declarerId, ...declaredContent(given) };
    return shown(context, await declareFor(context.deps, context.caller, key, input));
  }

  @Permission('achievements:declare')
  @Mutation(() => ChangeAchievementResult, {
    description: `Changes a draft, or what was returned, that an admin declared for a member of your branch; give all of it anew. Refusals: ACHIEVEMENT_UNKNOWN, ACHIEVEMENT_FIXED (submitted, and not returned), COMPLETION_CLOSED (the review has begun), ${CONTENT}; ${KEY_REFUSALS}.`,
  })
  async changeAchievement(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('achievementId', () => IdScalar) achievementId: string,
    @Arg('achievement', () => AchievementInput) given: AchievementInput,
  ): Promise<AchievementView | RefusalView> {
    const input = { achievementId, ...declaredContent(given) };
    return shown(context, await changeDeclaredFor(context.deps, context.caller, key, input));
  }

  @Permission('achievements:declare')
  @Mutation(() => SubmitAchievementResult, {
    description: `Submits a draft, while the season takes declarations, or what was returned, before its review begins. Refusals: ${COMPLETE}; ${KEY_REFUSALS}.`,
  })
  async submitAchievement(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('achievementId', () => IdScalar) achievementId: string,
  ): Promise<AchievementView | RefusalView> {
    return shown(context, await submitDeclaredFor(context.deps, context.caller, key, { achievementId }));
  }

  @Permission('achievements:declare')
  @Mutation(() => WithdrawAchievementResult, {
    description: `Takes back what an admin declared for a member of your branch: a draft at any time, else before the review begins. Refusals: ACHIEVEMENT_UNKNOWN, NOT_WITHDRAWABLE; ${KEY_REFUSALS}.`,
  })
  async withdrawAchievement(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('achievementId', () => IdScalar) achievementId: string,
  ): Promise<AchievementView | RefusalView> {
    return shown(context, await withdrawDeclaredFor(context.deps, context.caller, key, { achievementId }));
  }
}

/** What a mutation answers with: the achievement read anew. */
async function shown(context: AdminContext, outcome: Outcome): Promise<AchievementView | RefusalView> {
  const { deps, caller } = context;
  return answer(context, outcome, (id) => achievementDeclaredFor(deps.db.manager, caller, id), achievementView);
}
