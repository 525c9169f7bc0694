import { Args, Ctx, Field, Int, ObjectType, Query, Resolver } from 'type-graphql';
import type { MemberContext } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import { type Connection, connection, connectionType } from '../../../platform/graphql/connection.ts';
import { PageArgs, pageAsked } from '../../../platform/graphql/page.ts';
import { FenScalar, IdScalar, InstantScalar, PointsScalar } from '../../../platform/graphql/scalars.ts';
import { type OwnReward, rewardsOfMember } from '../queries.ts';

@ObjectType('InnovationReward', {
  description: '创新奖励: what you have of the reward of an achievement of yours.',
  simpleResolvers: true,
})
class OwnRewardView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => IdScalar)
  achievementId!: string;

  @Field(() => String, { description: 'Of the achievement.' })
  title!: string;

  @Field(() => FenScalar, { description: 'What all its authors get, points at their price.' })
  rewardFen!: number;

  @Field(() => Int, { description: 'Your share in hundredths of a per cent.' })
  share!: number;

  @Field(() => FenScalar, { description: 'What you get in money; your firm pays it.' })
  fen!: number;

  @Field(() => PointsScalar, { description: 'What you get in points.' })
  points!: number;

  @Field(() => IdScalar, { nullable: true, description: 'In whose points; null where all is money.' })
  programmeId!: string | null;

  @Field(() => InstantScalar, { description: 'When it was released for payment.' })
  releasedAt!: Date;
}

const OwnRewardConnection = connectionType(OwnRewardView, 'InnovationReward');

/** What a member is rewarded with for innovation. */
@Resolver()
export class MemberRewardsResolver {
  @Permission('self')
  @Query(() => OwnRewardConnection, { description: 'Your rewards for innovation, the newest first.' })
  async myInnovationRewards(
    @Ctx() { deps, caller }: MemberContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<OwnRewardView>> {
    const found = await rewardsOfMember(deps.db.manager, caller.memberId, pageAsked(page));
    return connection(found, ({ rewardId }) => rewardId, ownRewardView);
  }
}

function ownRewardView({ rewardId: id, ...reward }: OwnReward): OwnRewardView {
  return Object.assign(new OwnRewardView(), { id, ...reward });
}
