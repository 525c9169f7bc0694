import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { MemberContext } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import type { Outcome } from '../../../platform/db/idempotency.ts';
import { type Connection, connection } from '../../../platform/graphql/connection.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../../platform/graphql/mutation.ts';
import { PageArgs, pageAsked } from '../../../platform/graphql/page.ts';
import { type RefusalView, refusalView } from '../../../platform/graphql/refusal.ts';
import { IdScalar } from '../../../platform/graphql/scalars.ts';
import { changeAchievement } from '../change-achievement.ts';
import { declareAchievement } from '../declare-achievement.ts';
import { achievementsOfMember, findAchievement } from '../queries.ts';
import { achievementOfMember } from '../scope.ts';
import { submitAchievement } from '../submit-achievement.ts';
import { withdrawAchievement } from '../withdraw-achievement.ts';
import { AchievementInput, ownContent } from './member-inputs.ts';
import { AchievementConnection, AchievementView, achievementView } from './member-views.ts';
import { COMPLETE, CONTENT } from './refusal-codes.ts';

const DeclareAchievementResult = resultType('DeclareAchievement', AchievementView);
const ChangeAchievementResult = resultType('ChangeAchievement', AchievementView);
const SubmitAchievementResult = resultType('SubmitAchievement', AchievementView);
const WithdrawAchievementResult = resultType('WithdrawAchievement', AchievementView);

/** What a member declares. */
@Resolver()
export class MemberAchievementsResolver {
  @Permission('self')
  @Query(() => AchievementConnection, {
    description:
      'The achievements that you declare, drafts too, and those of others of which you are an author, from their submission on; the newest first.',
  })
  async myAchievements(
    @Ctx() { deps, caller }: MemberContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<AchievementView>> {
    const found = await achievementsOfMember(deps.db.manager, caller.memberId, pageAsked(page));
    return connection(found, ({ id }) => id, achievementView);
  }

  @Permission('self')
  @Query(() => AchievementView, {
    nullable: true,
    description: 'An achievement that you declare or are an author of; null for any other id.',
  })
  async achievement(
    @Ctx() { deps, caller }: MemberContext,
    @Arg('id', () => IdScalar) id: string,
  ): Promise<AchievementView | null> {
    const found = await achievementOfMember(deps.db.manager, caller.memberId, id);
    return found.ok ? achievementView(found.value) : null;
  }

  @Permission('self')
  @Mutation(() => DeclareAchievementResult, {
    description: `Makes a draft, which nobody else knows of before you submit it. \`at\` names the place, "colleagues.2". Refusals: SEASON_UNKNOWN, SEASON_CLOSED, DRAFTS_TOO_MANY, ${CONTENT}; ${KEY_REFUSALS}.`,
  })
  async declareAchievement(
    @Ctx() context: MemberContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('seasonId', () => IdScalar) seasonId: string,
    @Arg('achievement', () => AchievementInput) given: AchievementInput,
  ): Promise<AchievementView | RefusalView> {
    const input = { seasonId, ...ownContent(given) };
    return shown(context, await declareAchievement(context.deps, context.caller, key, input));
  }

  @Permission('self')
  @Mutation(() => ChangeAchievementResult, {
    description: `Changes a draft of yours, or what was returned to you; give all of it anew. Refusals: ACHIEVEMENT_UNKNOWN, ACHIEVEMENT_FIXED (submitted, and not returned), COMPLETION_CLOSED (the review has begun), ${CONTENT}; ${KEY_REFUSALS}.`,
  })
  async changeAchievement(
    @Ctx() context: MemberContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('achievementId', () => IdScalar) achievementId: string,
    @Arg('achievement', () => AchievementInput) given: AchievementInput,
  ): Promise<AchievementView | RefusalView> {
    const input = { achievementId, ...ownContent(given) };
    return shown(context, await changeAchievement(context.deps, context.caller, key, input));
  }

  @Permission('self')
  @Mutation(() => SubmitAchievementResult, {
    description: `Submits a draft of yours, while the season takes declarations, or what was returned to you, before its review begins. Refusals: ${COMPLETE}; ${KEY_REFUSALS}.`,
  })
  async submitAchievement(
    @Ctx() context: MemberContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('achievementId', () => IdScalar) achievementId: string,
  ): Promise<AchievementView | RefusalView> {
    return shown(context, await submitAchievement(context.deps, context.caller, key, { achievementId }));
  }

  @Permission('self')
  @Mutation(() => WithdrawAchievementResult, {
    description: `Takes back what you declare: a draft at any time, else before the review begins. Its files may be attached to something else for 24 hours. Refusals: ACHIEVEMENT_UNKNOWN, NOT_WITHDRAWABLE; ${KEY_REFUSALS}.`,
  })
  async withdrawAchievement(
    @Ctx() context: MemberContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('achievementId', () => IdScalar) achievementId: string,
  ): Promise<AchievementView | RefusalView> {
    return shown(context, await withdrawAchievement(context.deps, context.caller, key, { achievementId }));
  }
}

/** What a mutation answers with: the achievement, which is the caller's own. */
async function shown({ deps, language }: MemberContext, outcome: Outcome): Promise<AchievementView | RefusalView> {
  return outcome.ok
    ? achievementView(await findAchievement(deps.db.manager, outcome.value))
    : refusalView(outcome.refusal, language);
}
